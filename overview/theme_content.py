"""What the page of a theme shows, put together from what is published.

It names fourteen municipalities and their quotes, so it asks for values instead of rows and computes each
address once.
"""

from dataclasses import dataclass

from assessments.models import Assessment, Level, Reply
from assessments.quotes import strongest_first
from assessments.standing import Ground, editions_of, standings_on
from overview import sentences
from overview.content import Footing, footing_of
from overview.places import Place, neighbours_of, places_of
from overview.theme_quotes import chosen_among, quotes_among
from overview.white_spots import rows_for, spots_of
from themes.models import Ambition, FocusPoint

SHOWN = 3  # quotes per municipality; the others stand on the page of the municipality


@dataclass(frozen=True)
class Said:
    """What a municipality said of a published judgement; the text stands on its own page."""

    position: str  # in words; empty when nothing was said in time
    has_text: bool


@dataclass(frozen=True)
class Row:
    """One municipality: its published judgement on the theme, and how it was in the term before."""

    place: Place
    assessment: Assessment
    level: str
    before: str  # the level in words, or nothing
    footing: Footing
    said: Said | None
    quotes: list  # the strongest
    total: int  # of all its quotes
    is_own: bool


@dataclass(frozen=True)
class ThemePage:
    """One theme in one term: what the region asks, and what every municipality has."""

    ambition: str
    focus_points: list
    rows: list
    waiting: list  # Places without a published judgement
    strongest: list  # Quotes that the editor chose
    white_spots: list  # SpotRows
    before: dict  # levels of the term before, by the key of the municipality
    changes: list  # sentences
    own: Place | None  # of the reader

    @property
    def advised(self):
        """The Places to whom VRT gave an advice on it."""
        return [row.place for row in self.rows if row.assessment.advice]

    @property
    def waiting_before(self):
        return len(self.rows) + len(self.waiting) - len(self.before)

    @property
    def levels(self):
        return [row.assessment.level for row in self.rows]

    @property
    def spread(self):
        """Per level how many municipalities have it now, and had it in the term before; not yet judged
        stands apart, outside the whole.
        """
        before = list(self.before.values())
        return [(level, self.levels.count(level), before.count(level)) for level in Level]


def theme_page(theme, term, *, before=None, municipality=None):
    """Gather a theme's page in a constant number of queries.

    `before` is the term before, if there is one; `municipality` the key of the reader's own, if they have one.
    """
    places = places_of(term)
    judged = {a.coalition_id: a for a in _published(theme, term)}
    editions = editions_of(judged)
    points = {point.pk: point for point in _points(theme, term)}
    quotes, treated = quotes_among(judged.values(), places, points, editions)
    footings, said = _footings(judged.values(), quotes, editions), _said(judged.values())
    levels_before = _levels_before(theme, before) if before else {}
    rows = [
        Row(
            place=place,
            assessment=assessment,
            level=Level(assessment.level).label,
            before=_in_words(levels_before.get(place.municipality)),
            footing=footings[assessment.pk],
            said=said.get(assessment.pk),
            quotes=(found := strongest_first(quotes.get(pk, ())))[:SHOWN],
            total=len(found),
            is_own=place.municipality == municipality,
        )
        for pk, place in places.items()
        if (assessment := judged.get(pk))
    ]
    asked = [point for point in points.values() if not point.is_dropped]
    spots = spots_of(
        asked,
        places.values(),
        judged={(coalition, theme.pk) for coalition in judged},
        treated={
            (coalition, theme.pk, points[point].slug): treatment
            for (coalition, point), treatment in treated.items()
            if point in points
        },
    )
    return ThemePage(
        ambition=_ambition(theme, term),
        focus_points=asked,
        rows=rows,
        waiting=[place for pk, place in places.items() if pk not in judged],
        strongest=chosen_among(quotes, theme, term),
        white_spots=rows_for(
            spots, municipality=municipality, neighbours=neighbours_of(municipality)
        ),
        before=levels_before,
        changes=_changes(rows, levels_before, year=before.start_year) if before else [],
        own=next((p for p in places.values() if p.municipality == municipality), None),
    )


def _points(theme, term):
    """Also those that were dropped: a quote may still have one."""
    return FocusPoint.objects.filter(regional_input__term=term, theme=theme).order_by("position")


def _ambition(theme, term):
    texts = Ambition.objects.filter(regional_input__term=term, theme=theme).order_by()
    return texts.values_list("text", flat=True).first() or ""


def _published(theme, term):
    words = (
        "coalition_id",
        "level",
        "summary",
        "advice",
        "revision",
        "change_note",
        "published_at",
    )
    return (
        Assessment.objects.published()
        .for_term(term)
        .filter(theme=theme)
        .order_by()
        .select_related("absence")
        .only(*words, "absence__terms", "absence__versions", "absence__hits")
    )


def _footings(assessments, quotes, editions):
    grounds = [
        Ground.on(assessment, quotes.get(assessment.coalition_id, ())) for assessment in assessments
    ]
    return {pk: footing_of(standing) for pk, standing in standings_on(grounds, editions).items()}


def _said(assessments):
    """The last round of reply that has an outcome, by the key of the assessment."""
    rounds = Reply.objects.with_outcome().filter(assessment__in=[a.pk for a in assessments])
    rows = rounds.order_by("pk").values_list("assessment", "position", "given_at", "text")
    return {
        pk: Said(Reply.Position(position).label if given_at else "", bool(text))
        for pk, position, given_at, text in rows
    }


def _levels_before(theme, term):
    """The published levels of that term by the key of the municipality."""
    published = Assessment.objects.published().for_term(term).filter(theme=theme)
    return dict(published.order_by().values_list("coalition__municipality", "level"))


def _in_words(level):
    return "" if level is None else Level(level).label


def _changes(rows, before, *, year):
    """A sentence for each pair of levels, of those that are judged in both terms and differ."""
    changed = {}
    for row in rows:
        then, now = before.get(row.place.municipality), row.assessment.level
        if then is not None and then != now:
            changed.setdefault((then, now), []).append(row.place.name)
    return [
        sentences.of_change(Level(then).label, Level(now).label, names, year=year)
        for (then, now), names in sorted(changed.items())
    ]
