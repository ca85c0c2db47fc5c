"""Documents without pages of their own: blocks of text that become paragraphs and pages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agreements.intake.characters import clean_keeping_page_breaks
from agreements.intake.document import ParsedDocument, ParsedPage, Section
from agreements.intake.limits import Limits
from agreements.intake.refusal import Refused

PAGE_CHARACTERS = 3000  # about a printed page
BULLET = "• "
_TITLE_CHARACTERS = 300
_BREAK_INSIDE_A_WORD = re.compile(r"(\S)\f+(\S+)")


@dataclass(frozen=True)
class Block:
    """One paragraph, heading (level 1 to 6), list item or table row.

    A form feed in its text is a page break; at the beginning it stands before the paragraph.
    """

    text: str
    level: int = 0


def table_row(cells: Sequence[str]) -> Block:
    """Make one block of the cells of a table row."""
    return Block(" | ".join(cell.strip() for cell in cells) if any(cells) else "")


def too_many_pages(count: int, limits: Limits) -> Refused:
    """Say that a document has more pages than we take."""
    return Refused(
        "too-many-pages",
        f"Dit document heeft {count} bladzijden. We verwerken er hoogstens {limits.pages}. "
        "Splits het document en upload alleen het deel met het akkoord.",
    )


def lay_out(media_type: str, blocks: Iterable[Block], limits: Limits) -> ParsedDocument:
    """Make pages of blocks: at page breaks, or where there are none every 3,000 characters or so, between
    two paragraphs. Raises Refused when that gives too many pages.
    """
    cleaned = [Block(_tidy(block.text), block.level) for block in blocks]
    with_breaks = any("\f" in block.text for block in cleaned)
    pages = _Pages(limits)
    for block in cleaned:
        if not with_breaks and pages.length_of_page >= PAGE_CHARACTERS:
            pages.turn()
        paragraph_began = False
        for number, part in enumerate(block.text.split("\f")):
            if number:
                pages.turn()
            pages.add(part, 0 if paragraph_began else block.level, goes_on=paragraph_began)
            paragraph_began = paragraph_began or bool(part.strip())
    return pages.finish(media_type)


def _tidy(text: str) -> str:
    """Clean, and move a break in the middle of a word to the end of that word."""
    text = clean_keeping_page_breaks(text)
    return _BREAK_INSIDE_A_WORD.sub("\\1\\2\f", text) if "\f" in text else text


class _Pages:
    """Text that grows page by page."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parts: list[str] = []
        self._length = 0
        self._page_start: int | None = None  # None until the page has text
        self._spans: list[tuple[int, int]] = []
        self._sections: list[Section] = []

    @property
    def length_of_page(self) -> int:
        return 0 if self._page_start is None else self._length - self._page_start

    def turn(self) -> None:
        """End this page and begin the next."""
        start = self._length if self._page_start is None else self._page_start
        self._spans.append((start, self._length))
        self._page_start = None

    def add(self, text: str, level: int, goes_on: bool) -> None:
        """Write a paragraph, or the rest of one that `goes_on` from the page before."""
        text = text.strip()
        if not text:
            return
        if self._length:
            self._write("\n" if goes_on else "\n\n")
        if self._page_start is None:
            self._page_start = self._length
        if level:
            page = len(self._spans) + 1
            self._sections.append(
                Section(text[:_TITLE_CHARACTERS], min(level, 6), self._length, page)
            )
        self._write(text)

    def finish(self, media_type: str) -> ParsedDocument:
        """Give the document. An empty page at the end comes from a break after all text: it goes."""
        if self._page_start is not None or not self._spans:
            self.turn()
        if len(self._spans) > self._limits.pages:
            raise too_many_pages(len(self._spans), self._limits)
        return ParsedDocument(
            media_type=media_type,
            text="".join(self._parts),
            pages=tuple(
                ParsedPage(number, start, end, None, None)
                for number, (start, end) in enumerate(self._spans, start=1)
            ),
            sections=tuple(self._sections),
        )

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
