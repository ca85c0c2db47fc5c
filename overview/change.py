"""What became of a wish of the region from one agreement to the next. No Django inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from overview.sentences import begin, in_words


class Change(Enum):
    """The verdict on then and now. Only the first six are a comparison; the others say why there is none."""

    NEW = "nieuw"
    KEPT = "gebleven"
    STRONGER = "sterker"
    WEAKER = "zwakker"
    DROPPED = "vervallen"
    SILENT = "beide keren niet genoemd"
    NOT_ASKED_THEN = "toen nog geen aandachtspunt"
    NOT_ASKED_NOW = "nu geen aandachtspunt meer"
    NOT_COMPARABLE = "nog niet te vergelijken"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Side:
    """One of the two terms: how strongly something is treated there, or None where nothing is published;
    and whether the region asked for it at all. A focus point that wasn't asked can't be new or dropped.
    """

    strength: int | None
    is_asked: bool = True


def decide(then: Side, now: Side) -> Change:
    """Compare two treatments, or two levels, of which 0 is silence."""
    if then.strength is None or now.strength is None:
        return Change.NOT_COMPARABLE
    if not then.is_asked:
        return Change.NOT_ASKED_THEN
    if not now.is_asked:
        return Change.NOT_ASKED_NOW
    if then.strength == now.strength:
        return Change.KEPT if now.strength else Change.SILENT
    if then.strength < now.strength:
        return Change.STRONGER if then.strength else Change.NEW
    return Change.WEAKER if now.strength else Change.DROPPED


_COUNTED = [Change.NEW, Change.KEPT, Change.STRONGER, Change.WEAKER, Change.DROPPED]


def of_changes(changes: Iterable[Change]) -> str:
    """Say how many focus points had which fate: "Twee aandachtspunten zijn nieuw, één is sterker."

    Empty when nothing was compared.
    """
    found = list(changes)
    parts: list[str] = []
    for change in _COUNTED:
        count = found.count(change)
        if count:
            noun = "" if parts else f" {_points(count)}"
            parts.append(f"{in_words(count)}{noun} {_are(count)} {change}")
    sentences = [f"{begin(', '.join(parts))}."] if parts else []
    silent = found.count(Change.SILENT)
    if silent and not parts:
        sentences.append("De aandachtspunten zijn beide keren niet genoemd.")
    elif silent:
        sentences.append(f"{begin(in_words(silent))} {_are(silent)} {Change.SILENT}.")
    if unasked := found.count(Change.NOT_ASKED_THEN):
        was = "was" if unasked == 1 else "waren"
        sentences.append(f"{begin(in_words(unasked))} {was} {Change.NOT_ASKED_THEN}.")
    if gone := found.count(Change.NOT_ASKED_NOW):
        sentences.append(f"{begin(in_words(gone))} {_are(gone)} {Change.NOT_ASKED_NOW}.")
    return " ".join(sentences)


def of_level(then: str, now: str) -> str:
    """Say two levels in words: "Was genoemd, nu concreet"."""
    return f"Toen en nu {now}" if then == now else f"Was {then}, nu {now}"


def why_not(term: str, *, has_then: bool, has_now: bool, earlier: str) -> str:
    """Say why there is no comparison; `earlier` is the term before, empty where there is none."""
    if not earlier:
        return "Er is geen eerdere raadsperiode bekend."
    if not has_now and not has_then:
        return f"Over {earlier} en over {term} is dit nog niet gepubliceerd."
    return f"Over {term if has_then else earlier} is dit nog niet gepubliceerd."


def _points(count: int) -> str:
    return "aandachtspunt" if count == 1 else "aandachtspunten"


def _are(count: int) -> str:
    return "is" if count == 1 else "zijn"
