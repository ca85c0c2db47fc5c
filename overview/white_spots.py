"""White spots: per focus point which municipalities are silent about it, and who could help them."""

from dataclasses import dataclass, field

from assessments.models import Assessment
from overview import sentences
from overview.places import places_of
from overview.treatment import Treatment, treatments
from themes.models import FocusPoint

WORKS_ON_IT = (Treatment.ELABORATED, Treatment.CONCRETE, Treatment.FUNDED)


@dataclass(frozen=True)
class Allies:
    """Who works on a focus point, besides the municipality that asks."""

    neighbours: list
    others: list

    @property
    def sentence(self):
        return sentences.of_allies(
            [place.name for place in self.neighbours], [place.name for place in self.others]
        )


@dataclass(frozen=True)
class Spot:
    """How the municipalities of a term treat one focus point, each named once."""

    point: FocusPoint
    by_treatment: dict  # Treatment -> Places
    unjudged: list = field(default_factory=list)

    @property
    def judged(self):
        """How many the others are counted against; who isn't judged yet is not among them."""
        return sum(len(places) for places in self.by_treatment.values())

    @property
    def silent(self):
        return self.by_treatment[Treatment.SILENT]

    @property
    def at_work(self):
        """Who elaborates it or has a measure, in the order of their names."""
        found = [place for treatment in WORKS_ON_IT for place in self.by_treatment[treatment]]
        return sorted(found, key=lambda place: place.name)

    @property
    def sentence(self):
        """What to say of it where its name stands beside it."""
        return self._said()

    @property
    def named_sentence(self):
        return self._said(about=self.point.name)

    def _said(self, about=""):
        return sentences.of_focus_point(
            silent=len(self.silent),
            judged=self.judged,
            funded=[place.name for place in self.by_treatment[Treatment.FUNDED]],
            concrete=[place.name for place in self.by_treatment[Treatment.CONCRETE]],
            about=about,
        )

    def treatment_by(self, municipality):
        """The Treatment by a municipality (a key); None when it isn't judged yet."""
        for treatment, places in self.by_treatment.items():
            if any(place.municipality == municipality for place in places):
                return treatment
        return None

    def allies_of(self, municipality, neighbours=()):
        """Who else works on it; neighbours (keys) apart, as they come first."""
        others = [place for place in self.at_work if place.municipality != municipality]
        return Allies(
            [place for place in others if place.municipality in neighbours],
            [place for place in others if place.municipality not in neighbours],
        )


def spots_of(points, places, *, judged, treated):
    """The Spot of each focus point.

    `judged` are pairs (coalition, theme) of what is published, and `treated` is what `treatments` gives.
    """
    spots = []
    for point in points:
        spot = Spot(point, {treatment: [] for treatment in Treatment})
        for place in places:
            if (place.coalition, point.theme_id) not in judged:
                spot.unjudged.append(place)
                continue
            key = (place.coalition, point.theme_id, point.slug)
            spot.by_treatment[treated.get(key, Treatment.SILENT)].append(place)
        spots.append(spot)
    return spots


def white_spots(term):
    """The Spot of every focus point of a term, in the order of the themes; in four queries."""
    published = Assessment.objects.published().for_term(term).order_by()
    judged = dict.fromkeys(published.values_list("coalition", "theme"))
    return spots_of(
        FocusPoint.objects.for_term(term),
        places_of(term).values(),
        judged=judged,
        treated=treatments(published),
    )


def white_spots_of_region(term):
    """What the region lacks: the focus points about which something is published, most silence first."""
    known = [spot for spot in white_spots(term) if spot.judged]
    return sorted(known, key=lambda spot: -len(spot.silent) / spot.judged)


# The columns of the table: the word above it, and the shade of a level.
COLUMNS = (
    (Treatment.SILENT, "zwijgt", 0),
    (Treatment.MENTIONED, "noemt het", 1),
    (Treatment.ELABORATED, "werkt het uit", 2),
    (Treatment.CONCRETE, "maatregel", 3),
    (Treatment.FUNDED, "maatregel met geld", 3),
)
NOT_YET = "nog niet beoordeeld"


@dataclass(frozen=True)
class Cell:
    """Who stands in one column of the table: one's own municipality apart, so that it can be marked."""

    label: str
    number: int
    own: str
    others: str


@dataclass(frozen=True)
class SpotRow:
    """A focus point as a row of the table; `own` and `allies` only for a reader of a municipality."""

    spot: Spot
    cells: list
    own: str = ""
    is_wanting: bool = False  # one's own agreement is silent, or names it and no more
    allies: Allies | None = None


def rows_for(spots, *, municipality=None, neighbours=()):
    """The table of these spots, with allies for one municipality (a key)."""
    rows = []
    for spot in spots:
        cells = [
            _cell(label, spot.by_treatment[treatment], municipality)
            for treatment, label, _ in COLUMNS
        ]
        cells.append(_cell(NOT_YET, spot.unjudged, municipality))
        if municipality:
            own = spot.treatment_by(municipality)
            label = NOT_YET if own is None else own.label
            is_wanting = own in (Treatment.SILENT, Treatment.MENTIONED)
            allies = spot.allies_of(municipality, neighbours)
            rows.append(SpotRow(spot, cells, label, is_wanting, allies))
        else:
            rows.append(SpotRow(spot, cells))
    return rows


def _cell(label, places, municipality):
    own = [place.name for place in places if place.municipality == municipality]
    others = [place.name for place in places if place.municipality != municipality]
    return Cell(label, len(places), ", ".join(own), ", ".join(others))
