"""Proposes stretches of a text for a theme, by adding the weights of the terms that stand in them.

Pure: no Django, no database. The sum is the whole explanation: a stretch is proposed for a theme when
the weights of the theme's terms in it, each term once, come to LIMIT or more. A term with a negative
weight takes away: "wooncrisis" makes up for the "crisis" in it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from themes.lookup import Lookup, Part
from themes.stretches import stretches
from themes.terms import parts_of

METHOD = (
    "woordgewichten-1"  # stored with every suggestion; another way of adding gets another number
)
LIMIT = 1.0  # from here a stretch is proposed
SEARCH_WEIGHT = 0.5  # from here a term is worth a search of its own; below it only supports

THEMES = (
    "zorg_veiligheid_straf",
    "ondermijning",
    "digitale_kwetsbaarheid",
    "toezicht_handhaving",
    "crisisbeheersing",
    "brandweer",
)


@dataclass(frozen=True)
class Weighted:
    """A term of a theme, and what it adds where it is found."""

    theme: str
    text: str
    weight: float


@dataclass(frozen=True)
class Reason:
    """A term that was found, what it adds, and the first word it was found in."""

    term: str
    weight: float
    word: str


@dataclass(frozen=True)
class Proposal:
    """A stretch that may be about a theme; offsets in characters of the text."""

    theme: str
    start: int
    end: int
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Term:
    theme: str
    text: str
    weight: float
    parts: tuple[Part, ...]


class Detector:
    """Knows the terms of the themes; terms that can't be used are passed over."""

    def __init__(self, terms: Iterable[Weighted]) -> None:
        self._by_first_part: dict[Part, list[_Term]] = defaultdict(list)
        parts: dict[Part, None] = {}
        for weighted in terms:
            term = _Term(weighted.theme, weighted.text, weighted.weight, parts_of(weighted.text))
            if term.parts:
                self._by_first_part[term.parts[0]].append(term)
                parts.update(dict.fromkeys(term.parts))
        self._lookup = Lookup(parts)

    def detect(self, text: str) -> list[Proposal]:
        """The proposals for this text in reading order, those of one stretch in the order of the themes."""
        limits = stretches(text)
        return [
            Proposal(theme, start, end, _sum(reasons), reasons)
            for (start, end), places in zip(limits, self._places(text, limits), strict=True)
            for theme, reasons in self._reasons(text, places).items()
            if _sum(reasons) >= LIMIT
        ]

    def score(self, text: str, theme: str) -> float:
        """What the terms of one theme add up to in a stretch or a passage."""
        return _sum(self.explain(text).get(theme, ()))

    def themes_of(self, text: str) -> list[str]:
        """The themes of a passage as a whole, in their fixed order."""
        return [theme for theme, reasons in self.explain(text).items() if _sum(reasons) >= LIMIT]

    def explain(self, text: str) -> dict[str, tuple[Reason, ...]]:
        """Per theme the terms that stand in a passage, each once; the heaviest first."""
        found: dict[str, dict[str, Reason]] = {}
        for places in self._places(text, stretches(text)):
            for theme, reasons in self._reasons(text, places).items():
                for reason in reasons:
                    found.setdefault(theme, {}).setdefault(reason.term, reason)
        return {
            theme: tuple(sorted(found[theme].values(), key=_heaviest_first))
            for theme in dict.fromkeys((*THEMES, *found))
            if theme in found
        }

    def _places(
        self, text: str, limits: list[tuple[int, int]]
    ) -> list[dict[Part, tuple[int, int]]]:
        """For each stretch, the first place of every part that stands in it."""
        starts = [start for start, _ in limits]
        found: list[dict[Part, tuple[int, int]]] = [{} for _ in limits]
        for part, spans in self._lookup.places(text).items():
            for start, end in spans:
                number = bisect_right(starts, start) - 1
                if number >= 0 and end <= limits[number][1]:
                    found[number].setdefault(part, (start, end))
        return found

    def _reasons(
        self, text: str, places: dict[Part, tuple[int, int]]
    ) -> dict[str, tuple[Reason, ...]]:
        found: dict[str, list[Reason]] = {theme: [] for theme in THEMES}
        for part in places:
            for term in self._by_first_part.get(part, ()):
                if all(other in places for other in term.parts):
                    start, end = min(places[other] for other in term.parts)
                    word = text[start:end]
                    found.setdefault(term.theme, []).append(Reason(term.text, term.weight, word))
        return {
            theme: tuple(sorted(reasons, key=_heaviest_first))
            for theme, reasons in found.items()
            if reasons
        }


def _sum(reasons: Iterable[Reason]) -> float:
    return round(sum(reason.weight for reason in reasons), 2)


def _heaviest_first(reason: Reason) -> tuple[float, str]:
    return -reason.weight, reason.term
