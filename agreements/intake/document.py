"""What intake gives: a text, its pages, the place of its words, its sections."""

import json
from dataclasses import dataclass
from math import isfinite
from typing import Any


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or the half of one that is hyphenated over a line end, and its place on the page.

    `start` and `end` count characters (code points) of the document's text. The box is in PDF points
    from the top left of the page as it is shown, so after crop box and rotation. Two halves of one word
    have adjoining offsets.
    """

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """One page: the slice [start, end) of the text. Width and height are in PDF points.

    A word hyphenated over the page break is whole in the text of the first page; the box of its second
    half is among the words of the next page.
    """

    number: int  # the first page is 1
    start: int
    end: int
    width: float | None  # None where the file knows no pages of paper
    height: float | None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: where it starts in the text, and on which page."""

    title: str
    level: int  # 1 to 6
    start: int
    page: int


@dataclass(frozen=True)
class ParsedDocument:
    """The text of a file. Paragraphs are separated by an empty line; a single line end is a page break
    inside a paragraph. Raises ValueError when pages, words or sections don't fit the text.
    """

    media_type: str
    text: str
    pages: tuple[ParsedPage, ...]
    sections: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        self._check_pages()
        self._check_words()
        self._check_sections()

    @property
    def has_text(self) -> bool:
        """False for a scan: pages, but nothing to read on them."""
        return bool(self.text.strip())

    def to_json(self) -> str:
        """Write the document down for another process."""
        return json.dumps(
            {
                "media_type": self.media_type,
                "text": self.text,
                "pages": [
                    [
                        page.number,
                        page.start,
                        page.end,
                        page.width,
                        page.height,
                        [[w.start, w.end, w.x0, w.y0, w.x1, w.y1] for w in page.words],
                    ]
                    for page in self.pages
                ],
                "sections": [[s.title, s.level, s.start, s.page] for s in self.sections],
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, written: str | bytes) -> "ParsedDocument":
        """Read what to_json wrote. Raises ValueError for anything else."""
        try:
            data: Any = json.loads(written)
            return cls(
                media_type=str(data["media_type"]),
                text=str(data["text"]),
                pages=tuple(
                    ParsedPage(number, start, end, width, height, tuple(Word(*w) for w in words))
                    for number, start, end, width, height, words in data["pages"]
                ),
                sections=tuple(Section(*section) for section in data["sections"]),
            )
        except (KeyError, TypeError, RecursionError) as problem:
            raise ValueError("this is not a parsed document") from problem

    def _check_pages(self) -> None:
        reached = 0
        for number, page in enumerate(self.pages, start=1):
            if page.number != number:
                raise ValueError(f"page {page.number} stands at place {number}")
            if not reached <= page.start <= page.end <= len(self.text):
                raise ValueError(f"page {number} does not follow the page before it")
            if self.text[reached : page.start].strip():
                raise ValueError(f"there is text between page {number} and the page before it")
            reached = page.end
        if self.text[reached:].strip():
            raise ValueError("there is text after the last page")

    def _check_words(self) -> None:
        length = len(self.text)
        for page in self.pages:
            for word in page.words:
                if not 0 <= word.start < word.end <= length:
                    raise ValueError(f"a word of page {page.number} lies outside the text")
                if not (word.x0 <= word.x1 and word.y0 <= word.y1):
                    raise ValueError(f"a word of page {page.number} has no proper box")
                if not isfinite(word.x0 + word.y0 + word.x1 + word.y1):
                    raise ValueError(f"a word of page {page.number} has an endless box")

    def _check_sections(self) -> None:
        for section in self.sections:
            if not 0 <= section.start < max(len(self.text), 1):
                raise ValueError(f"section {section.title!r} lies outside the text")
            if not 1 <= section.level <= 6:
                raise ValueError(f"section {section.title!r} has level {section.level}")
            if not 1 <= section.page <= len(self.pages):
                raise ValueError(f"section {section.title!r} is on a page that is not there")
