"""The piece of a text that shows why it was found, as words and the rest. No Django, and no markup inside."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from agreements.finding import places_of

LENGTH = 260  # characters
_LEAD = 60  # of them before the first word, at most
_ENDS = ". ", "! ", "? ", "\n", "• "


class Piece(NamedTuple):
    """A stretch of text; lit when it is one of the words."""

    text: str
    is_lit: bool


class Snippet(NamedTuple):
    """Pieces that are the text to the letter, but for white space."""

    pieces: tuple[Piece, ...]
    begins_inside: bool
    ends_inside: bool
    words: tuple[str, ...]  # those of the whole text that were found, folded, each once


def snippet(text: str, words: Collection[str]) -> Snippet:
    """Cut the stretch of a text in which most of these words (folded) stand, with its beginning."""
    places = places_of(text, words)
    found = [text[start:end] for start, end in places]
    start, end = _stretch(text, places)
    inside = [place for place in places if start <= place[0] and place[1] <= end]
    return Snippet(
        pieces=tuple(_pieces(text, start, end, inside)),
        begins_inside=bool(text[:start].strip()),
        ends_inside=bool(text[end:].strip()),
        words=tuple(dict.fromkeys(word.casefold() for word in found)),
    )


def _stretch(text: str, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Where most different words stand together, from the beginning of a sentence if that is near."""
    if len(text) <= LENGTH:
        return 0, len(text)
    first = _densest(text, places)
    near = text[max(first - _LEAD, 0) : first]
    begins = [near.rindex(end) + len(end) for end in _ENDS if end in near]
    start = (
        first - len(near) + max(begins) if begins else _word_after(text, first - len(near), first)
    )
    if first < _LEAD:
        start = 0
    end = min(start + LENGTH, len(text))
    if end < len(text):
        space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = space if space > first + 20 else end
    return start, end


def _densest(text: str, places: Sequence[tuple[int, int]]) -> int:
    best, most = 0, (0, 0)
    for number, (start, _) in enumerate(places):
        inside = [
            text[a:b].casefold()
            for a, b in places[number : number + 40]
            if b <= start + LENGTH - _LEAD
        ]
        score = (len(set(inside)), len(inside))
        if score > most:
            best, most = start, score
    return best


def _word_after(text: str, start: int, limit: int) -> int:
    if start == 0:
        return 0
    space = text.find(" ", start, limit)
    return space + 1 if space >= 0 else limit


def _pieces(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], start
    for a, b in places:
        pieces += [Piece(text[at:a], False), Piece(text[a:b], True)]
        at = b
    pieces.append(Piece(text[at:end], False))
    return [piece for piece in pieces if piece.text]
