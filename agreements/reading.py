"""Lays out a version's text for reading: pages, paragraphs, headings, and the marks over them.

Pure: no Django, no database. A paragraph is cut wherever a mark begins or ends, so that overlapping
marks stay legible; the pieces together are the paragraph's text to the letter, which is what lets a
selection on screen be turned back into offsets.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from agreements.citation import PageSpan


@dataclass(frozen=True)
class Mark:
    """A passage to draw: its offsets and, per coding, the theme's key and letter."""

    passage: int
    start: int
    end: int
    themes: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, passage: Any, codings: Iterable[Any]) -> "Mark":
        """The mark of a passage with these of its codings."""
        themes = tuple((coding.theme.key, coding.theme.letter) for coding in codings)
        return cls(passage.pk, passage.start, passage.end, themes)


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same marks."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[int, ...]  # passages that begin here
    ends: tuple[Mark, ...]  # marks that end here
    lit: bool

    @property
    def themes(self) -> list[str]:
        """The keys of the themes over this piece, each once."""
        return list(dict.fromkeys(key for mark in self.marks for key, _ in mark.themes))

    @property
    def label(self) -> str:
        """The letters of the passages that end here, so that colour never stands alone."""
        return "".join(dict.fromkeys(letter for mark in self.ends for _, letter in mark.themes))


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, bullet or heading (level 1 to 6; 0 is not a heading)."""

    start: int
    level: int
    is_bullet: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ReadingPage:
    """A page of text as it is read."""

    number: int
    paragraphs: tuple[Paragraph, ...]


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
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    return [
        ReadingPage(
            number=page.number,
            paragraphs=tuple(
                Paragraph(
                    start=start,
                    level=headings.get(start, 0),
                    is_bullet=text.startswith("• ", start),
                    pieces=tuple(_pieces(text, start, end, ordered, lit)),
                )
                for start, end in _paragraphs(text, page.start, page.end)
            ),
        )
        for page in pages
    ]


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for paragraph in text[start:end].split("\n\n"):
        if paragraph.strip():
            yield at, at + len(paragraph)
        at += len(paragraph) + 2


def _pieces(
    text: str, start: int, end: int, marks: Sequence[Mark], lit: str | None
) -> Iterator[Piece]:
    over = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = {start, end}
    cuts.update(mark.start for mark in over if mark.start > start)
    cuts.update(mark.end for mark in over if mark.end < end)
    for a, b in pairwise(sorted(cuts)):
        here = tuple(mark for mark in over if mark.start < b and a < mark.end)
        yield Piece(
            text=text[a:b],
            marks=here,
            begins=tuple(mark.passage for mark in here if mark.start == a),
            ends=tuple(mark for mark in here if mark.end == b),
            lit=any(str(mark.passage) == lit for mark in here),
        )
