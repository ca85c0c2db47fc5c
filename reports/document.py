"""A report as a row of blocks: what it says and in which order, apart from how it looks. No Django inside.

Every format lays out the same blocks (ADR 11). A document can be written down as plain data and read back,
which is how a frozen edition is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from overview.drawing import Shape
from reports.showable import on_one_line, showable


@dataclass(frozen=True)
class Block:
    """What all blocks share: no character enters a report that not every format can hold."""

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, str):
                object.__setattr__(self, each.name, showable(value))


@dataclass(frozen=True)
class Heading(Block):
    """Level 1 begins a chapter and stands in the contents; 2 and 3 are within it."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph(Block):
    """Words of VRT or of a municipality; a line end is a new line. `address` makes all of it a link."""

    text: str
    look: str = "body"  # or "lead", "soft", "flag"
    address: str = ""


@dataclass(frozen=True)
class Level(Block):
    """A level as the portal shows it, or None for not yet judged; `aside` stands softly beside it."""

    level: int | None
    word: str
    aside: str = ""


@dataclass(frozen=True)
class Quote(Block):
    """The literal words of an agreement. Its source is a footnote where a format has these."""

    text: str
    source: str
    address: str = ""  # empty where a reader may not open the document
    detail: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "text", on_one_line(self.text))


@dataclass(frozen=True)
class Item(Block):
    """A line of a list, with a strong word before it and a link to its source behind it."""

    text: str
    lead: str = ""
    source: str = ""
    address: str = ""


@dataclass(frozen=True)
class Items(Block):
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Table(Block):
    """A table with heads above its columns and, in the first of these, beside its rows.

    `widths` are shares of the page. A cell is words or a level.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple["str | Level", ...], ...]
    widths: tuple[int, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        clean = tuple(
            tuple(showable(cell) if isinstance(cell, str) else cell for cell in row)
            for row in self.rows
        )
        object.__setattr__(self, "rows", clean)
        object.__setattr__(self, "heads", tuple(showable(head) for head in self.heads))


@dataclass(frozen=True)
class Picture(Block):
    """A drawing with the words that say the same; sizes in pixels of 1/96 inch."""

    name: str
    title: str
    alt: str
    width: int
    height: int
    shapes: tuple[Shape, ...]

    @property
    def description(self) -> str:
        """As a drawing of the portal's pages calls it."""
        return self.alt


Blocks = tuple[Block, ...]


@dataclass(frozen=True)
class Document(Block):
    """A whole report. `about` says on every page what must not be missed, such as that it is an invention.

    `made_at` is a moment as ISO 8601; `standing` says in words of which day and edition it is.
    """

    title: str
    subtitle: str
    kind: str
    lead: str
    standing: str
    made_at: str
    about: str = ""
    has_cover: bool = True  # and contents
    flows: bool = (
        False  # a chapter begins where the one before it ends, and not on a page of its own
    )
    cover: Blocks = ()  # below the title
    chapters: Blocks = ()

    @property
    def blocks(self) -> Blocks:
        return self.cover + self.chapters

    @property
    def title_of_file(self) -> str:
        """What a program shows above the file; the shortest limit is that of Word."""
        return f"{self.title}: {self.subtitle}".removesuffix(": ")[:255]

    @property
    def page_starts(self) -> frozenset[int]:
        """Which chapters begin a page, by the place of their heading among the blocks of `chapters`.

        A chapter of a few lines doesn't keep the next one from its page. A format that measures its pages
        asks this of the first chapter only.
        """
        places = [
            place
            for place, block in enumerate(self.chapters)
            if isinstance(block, Heading) and block.level == 1
        ]
        if self.flows:
            return frozenset(places[:1] if self.has_cover else ())
        return frozenset(
            place
            for before, place in zip([None, *places], places, strict=False)
            if before is None or not _is_short(self.chapters[before:place])
        )

    @property
    def contents(self) -> list[Heading]:
        return [b for b in self.chapters if isinstance(b, Heading) and b.level == 1]

    def said(self) -> Iterator[str]:
        """All its words, piece by piece, in the order in which they are read."""
        yield from (self.kind, self.title, self.subtitle, self.lead, self.standing, self.about)
        for block in self.blocks:
            yield from said(block)


def said(block: Block) -> Iterator[str]:
    """The words of one block, in the order in which they are read."""
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield block.text
        case Level():
            yield from (block.word, block.aside)
        case Quote():
            yield from (f"“{block.text}”", block.source, block.detail)
        case Items():
            for item in block.items:
                yield from (item.lead, item.text, item.source)
        case Table():
            yield block.title
            yield from block.heads
            for row in block.rows:
                for cell in row:
                    yield from [cell] if isinstance(cell, str) else said(cell)
        case Picture():
            yield from (block.title, block.alt)


_SHORT = 700  # characters


def _is_short(chapter: Blocks) -> bool:
    has_more = any(isinstance(block, Picture | Table) for block in chapter)
    return not has_more and sum(len(each) for block in chapter for each in said(block)) < _SHORT


_SENTENCE = 220  # characters


def keeping_next(blocks: Blocks) -> frozenset[int]:
    """Which levels and paragraphs must not be parted from the block after them, by their places.

    These are a level and the words below it, a sentence between a heading and what it introduces, and what the
    first of several headings says in one line. A heading always keeps to what it is above of.
    """
    kept = set()
    headings: list[Heading] = []
    for place, (block, after) in enumerate(pairwise(blocks)):
        if isinstance(block, Heading):
            headings.append(block)
        elif (isinstance(block, Level) or _is_introduction(block, blocks[place - 1 : place])) and (
            not isinstance(after, Heading) or _goes_on(headings, after)
        ):
            kept.add(place)
    return frozenset(kept)


def _is_introduction(block: Block, before: Blocks) -> bool:
    """A sentence directly below a heading."""
    is_sentence = isinstance(block, Paragraph) and len(block.text) < _SENTENCE
    return is_sentence and bool(before) and isinstance(before[0], Heading)


def _goes_on(headings: list[Heading], after: Heading) -> bool:
    """Whether the next heading is within the last one, or beside it where that is the first of its kind."""
    levels = [0, 0, *(each.level for each in headings)]
    return after.level > levels[-1] or levels[-2] < levels[-1] == after.level


_KINDS: dict[str, Any] = {
    kind.__name__.lower(): kind
    for kind in (Heading, Paragraph, Level, Quote, Item, Items, Table, Picture, Shape, Document)
}


def as_data(block: Any) -> Any:
    """Write a document or a part of it down as what JSON knows."""
    if isinstance(block, Block | Shape):
        values = {each.name: as_data(getattr(block, each.name)) for each in fields(block)}
        return {"is": type(block).__name__.lower()} | values
    if isinstance(block, tuple):
        return [as_data(each) for each in block]
    return block


def from_data(data: Any) -> Any:
    """Read back what `as_data` wrote. Raises KeyError for a block that this version doesn't know."""
    if isinstance(data, dict):
        values = {name: from_data(value) for name, value in data.items() if name != "is"}
        return _KINDS[data["is"]](**values)
    if isinstance(data, list):
        return tuple(from_data(each) for each in data)
    return data
