"""What a mayor or contact finds first: the own municipality, its neighbours, what the region lacks, what is new."""

from dataclasses import dataclass
from datetime import datetime

from assessments.models import Assessment, Level, PublishedAdvice
from municipalities.models import Coalition, Formation, FormationState
from overview import sentences
from overview.region import Head, matrix_rows
from overview.then_and_now import previous
from overview.white_spots import white_spots_of_region
from themes.models import Theme

SPOTS = 5
NEWS = 6


@dataclass(frozen=True)
class OwnTheme:
    """One theme of the own municipality in one sentence, with the level of now and what it was."""

    theme: Theme
    assessment: Assessment | None
    sentence: str
    change: str


@dataclass(frozen=True)
class Lack:
    """A focus point that many are silent about, and what the own agreement does with it."""

    spot: object
    own: str


@dataclass(frozen=True)
class News:
    """Something that was published."""

    at: datetime
    theme: Theme | None
    assessment: Assessment | None = None
    advice: PublishedAdvice | None = None


@dataclass(frozen=True)
class OwnMunicipality:
    """All of the own municipality that the start page shows."""

    coalition: Coalition
    themes: list
    sentence: str
    neighbours: list  # rows of the matrix, the own municipality first
    heads: list  # of that matrix
    lacks: list


def own_municipality(coalition):
    """Gather what the start page says of one coalition, in a constant number of queries."""
    term = coalition.term
    published = (
        Assessment.objects.published().order_by().only("level", "summary", "theme", "coalition")
    )
    now = {a.theme_id: a for a in published.filter(coalition=coalition)}
    before = previous(coalition)
    then = dict(published.filter(coalition=before).values_list("theme", "level")) if before else {}
    year = before.term.start_year if before else 0
    themes = list(Theme.objects.all())
    levels = {
        theme.name: (then.get(theme.pk), now[theme.pk].level if theme.pk in now else None)
        for theme in themes
    }
    of_now = sentences.of_municipality({name: level for name, (_, level) in levels.items()})
    of_changes = sentences.of_changes(levels, year=year)
    near = set(coalition.municipality.neighbours.values_list("pk", flat=True))
    rows = matrix_rows(term)
    own = [row for row in rows if row.coalition == coalition]
    return OwnMunicipality(
        coalition=coalition,
        themes=[
            OwnTheme(
                theme,
                now.get(theme.pk),
                sentences.first(now[theme.pk].summary) if theme.pk in now else "",
                sentences.of_level_before(*levels[theme.name], year=year, words=Level.labels),
            )
            for theme in themes
        ],
        sentence=f"{of_now} {of_changes}".strip(),
        neighbours=own + [row for row in rows if row.coalition.municipality_id in near],
        heads=[Head(theme) for theme in themes],
        lacks=[
            Lack(spot, _own(spot, coalition))
            for spot in white_spots_of_region(term)[:SPOTS]
            if spot.silent
        ],
    )


def _own(spot, coalition):
    treatment = spot.treatment_by(coalition.municipality_id)
    return "is nog niet beoordeeld" if treatment is None else treatment.label


def news(since=None):
    """What was published after this moment, the newest first, and how much more there is.

    Without a moment the newest of all.
    """
    assessments = Assessment.objects.published().for_display().order_by("-published_at")
    advice = PublishedAdvice.objects.public().select_related("theme").order_by("-published_at")
    if since:
        assessments = assessments.filter(published_at__gt=since)
        advice = advice.filter(published_at__gt=since)
    found = [
        *(News(a.published_at, a.theme, assessment=a) for a in assessments[: NEWS + 1]),
        *(News(a.published_at, a.theme, advice=a) for a in advice[: NEWS + 1]),
    ]
    found.sort(key=lambda item: item.at, reverse=True)
    return found[:NEWS], len(found) > NEWS


@dataclass(frozen=True)
class UnderWay:
    """A term of which not every agreement is adopted: per state who is there."""

    own: Formation | None
    states: list  # [(state, [municipality, ...]), ...] in the order in which they go

    @property
    def is_own(self):
        """Whether the own municipality is still at it."""
        return self.own is not None and self.own.state != FormationState.ADOPTED

    @property
    def others(self):
        """Who hasn't an adopted agreement, with how far they are: [(municipality, state), ...]."""
        return [
            (municipality, state)
            for state, there in self.states
            if state != FormationState.ADOPTED
            for municipality in there
        ]


def formations_under_way(coalition):
    """How far the coalitions of this term are; nothing as soon as every council has adopted an agreement.

    A formation that isn't known doesn't count.
    """
    formations = list(
        Formation.objects.filter(coalition__term=coalition.term_id, state__isnull=False)
        .select_related("coalition__municipality")
        .order_by("coalition__municipality__name")
    )
    if all(each.state == FormationState.ADOPTED for each in formations):
        return None
    return UnderWay(
        own=next((each for each in formations if each.coalition_id == coalition.pk), None),
        states=[
            (state, [each.coalition.municipality for each in formations if each.state == state])
            for state in FormationState
        ],
    )
