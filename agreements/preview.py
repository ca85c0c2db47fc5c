"""What other terms of a theme would do to the suggestions, for a person to look at before saving."""

from dataclasses import dataclass

from agreements.effect import effects
from agreements.models import AgreementVersion, Suggestion
from themes.detection import SEARCH_WEIGHT, Detector, Weighted
from themes.models import Theme
from themes.term_list import Difference, Line, differences

SHOWN = 50


@dataclass(frozen=True)
class Stretch:
    """A suggestion that would come or go, with its text; `after` is what the new terms add up to."""

    suggestion: Suggestion
    quote: str
    after: float


@dataclass(frozen=True)
class Stretches:
    """The first of some stretches, and how many there are."""

    total: int
    shown: list[Stretch]


@dataclass(frozen=True)
class Preview:
    """The effect on the open suggestions in the current versions; nothing is saved yet."""

    differences: list[Difference]
    documents: int
    before: int
    coming: Stretches
    going: Stretches
    changed: int  # still proposed, by another sum
    searched_more: list[str]
    searched_less: list[str]

    @property
    def after(self):
        return self.before + self.coming.total - self.going.total


def preview(theme: Theme, *, before: list[Line], after: list[Line]) -> Preview:
    """Look at all current versions with these terms instead of those; of this theme alone."""
    versions = list(
        AgreementVersion.objects.current()
        .select_related("agreement__coalition__municipality", "agreement__coalition__term")
        .defer("sections")
        .order_by(
            "-agreement__coalition__term__start_year",
            "agreement__coalition__municipality__name",
            "agreement",
        )
    )
    detector = Detector(Weighted(theme.key, line.text, float(line.weight)) for line in after)
    found = effects(detector, on=versions, themes=[theme])
    searched_before, searched_after = _searched(before), _searched(after)
    return Preview(
        differences=differences(before, after),
        documents=len(versions),
        before=Suggestion.objects.open().filter(theme=theme).in_current_versions().count(),
        coming=_stretches(
            [(effect.version, row) for effect in found for row in effect.coming], detector, theme
        ),
        going=_stretches(
            [(effect.version, row) for effect in found for row in effect.gone], detector, theme
        ),
        changed=sum(len(effect.changed) for effect in found),
        searched_more=sorted(searched_after - searched_before),
        searched_less=sorted(searched_before - searched_after),
    )


def _searched(lines):
    """What a proof of absence searches for."""
    return {line.text for line in lines if line.weight >= SEARCH_WEIGHT}


def _stretches(rows, detector, theme):
    shown = []
    for version, row in rows[:SHOWN]:
        row.version = version  # with its agreement, which the row may not have fetched
        quote = version.text[row.start : row.end]
        shown.append(Stretch(row, quote, detector.score(quote, theme.key)))
    return Stretches(len(rows), shown)
