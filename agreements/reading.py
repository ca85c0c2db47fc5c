"""Lays out a version's text for reading: pages, paragraphs, headings, and the marks over them.

Pure: no Django, no database. A paragraph is cut wherever a mark begins or ends, so that overlapping
marks stay legible; the pieces together are the paragraph's text to the letter, which is what lets a
selection on screen be turned back into offsets. A long document has thousands of pieces, so these are
tuples: they are made three times as fast as dataclasses.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from agreements.citation import PageSpan
from agreements.finding import places_of

PASSAGE, SUGGESTION, FOUND = "p", "s", "w"
FOUND_PER_PAGE = 1000  # the number of a found word: its page, and which of that page


class Mark(NamedTuple):
    """A passage, an open suggestion or a word that was searched: its offsets, and per theme key, letter and name."""

    id: int
    start: int
    end: int
    themes: tuple[tuple[str, str, str], ...]
    kind: str = PASSAGE

    @property
    def anchor(self) -> str:
        """Where an address of this mark leads to."""
        if self.kind == FOUND:
            page, nth = divmod(self.id, FOUND_PER_PAGE)
            return f"gevonden-{page}" + (f"-{nth + 1}" if nth else "")
        return f"{'passage' if self.kind == PASSAGE else 'voorstel'}-{self.id}"


class Piece(NamedTuple):
    """A stretch of text under the same marks."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]  # marks that begin here
    ends: tuple[Mark, ...]  # marks that end here
    lit: bool

    @property
    def themes(self) -> list[str]:
        """The keys of the themes over this piece, each once; those of passages come first."""
        marks = self.marks
        if len(marks) > 1:
            marks = tuple(sorted(marks, key=lambda mark: mark.kind))
        return list(dict.fromkeys(key for mark in marks for key, _, _ in mark.themes))

    @property
    def is_only_suggested(self) -> bool:
        """Whether no person has marked this piece yet."""
        return all(mark.kind == SUGGESTION for mark in self.marks)

    @property
    def is_found(self) -> bool:
        """Whether this is a word that somebody searched."""
        return any(mark.kind == FOUND for mark in self.marks)


class Paragraph(NamedTuple):
    """A paragraph, bullet or heading (level 1 to 6; 0 is not a heading)."""

    start: int
    level: int
    is_bullet: bool
    pieces: tuple[Piece, ...]


class ReadingPage(NamedTuple):
    """A page of text as it is read, with the marks that touch it."""

    number: int
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[Mark, ...]


def lay_out(
    text: str,
    pages: Iterable[PageSpan],
    headings: dict[int, int],
    marks: Sequence[Mark],
    lit: str | None = None,
) -> list[ReadingPage]:
    """Lay out these pages of a text.

    `headings` gives the level of each heading by its offset; `lit` is the passage to stand out, as it
    stands in an address: any text, of which only a passage's number means something.
    """
    ordered = _InOrder(marks)
    return [
        ReadingPage(
            number=page.number,
            paragraphs=tuple(
                Paragraph(
                    start=start,
                    level=headings.get(start, 0),
                    is_bullet=text.startswith("• ", start),
                    pieces=tuple(_pieces(text, start, end, ordered.over(start, end), lit)),
                )
                for start, end in _paragraphs(text, page.start, page.end)
            ),
            marks=ordered.over(page.start, page.end),
        )
        for page in pages
    ]


def found_words(text: str, pages: Iterable[PageSpan], words: Collection[str]) -> list[Mark]:
    """A mark over each of these words (folded), numbered per page."""
    return [
        Mark(page.number * FOUND_PER_PAGE + nth, page.start + start, page.start + end, (), FOUND)
        for page in pages
        for nth, (start, end) in enumerate(
            places_of(text[page.start : page.end], words)[:FOUND_PER_PAGE]
        )
    ]


class _InOrder:
    """Marks in the order of the text; asked for stretch after stretch, it looks at each mark once."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: (mark.start, -mark.end))
        self._longest = max((mark.end - mark.start for mark in self._marks), default=0)
        self._starts = [mark.start for mark in self._marks]

    def over(self, start: int, end: int) -> tuple[Mark, ...]:
        """The marks that touch a stretch."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return tuple(mark for mark in self._marks[first:last] if start < mark.end)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for paragraph in text[start:end].split("\n\n"):
        if paragraph.strip():
            yield at, at + len(paragraph)
        at += len(paragraph) + 2


def _pieces(
    text: str, start: int, end: int, over: Sequence[Mark], lit: str | None
) -> Iterator[Piece]:
    if not over:
        yield Piece(text[start:end], (), (), (), False)
        return
    cuts = {start, end}
    cuts.update(mark.start for mark in over if mark.start > start)
    cuts.update(mark.end for mark in over if mark.end < end)
    for a, b in pairwise(sorted(cuts)):
        here = tuple(mark for mark in over if mark.start < b and a < mark.end)
        yield Piece(
            text=text[a:b],
            marks=here,
            begins=tuple(mark for mark in here if mark.start == a),
            ends=tuple(mark for mark in here if mark.end == b),
            lit=lit is not None
            and any(mark.kind == PASSAGE and str(mark.id) == lit for mark in here),
        )
