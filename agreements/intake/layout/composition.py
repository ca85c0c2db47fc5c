"""Writes paragraphs down as one text, and keeps for each word where it stands on paper."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from agreements.intake.characters import clean
from agreements.intake.document import ParsedPage, Section, Word
from agreements.intake.flow import BULLET
from agreements.intake.layout.glyphs import LINE_END_HYPHEN, Box, Glyphs, Sheet
from agreements.intake.layout.hyphens import Joint, Vocabulary, joint
from agreements.intake.layout.paragraphs import Paragraph

_CELL_BORDER = " | "
_LONGEST_TITLE = 300
_BREAKS = LINE_END_HYPHEN + "-"


class _Piece(NamedTuple):
    before: str  # what stands between it and the piece before
    page: int  # from 0
    glyphs: Glyphs
    text: str


class Composition:
    """A text that grows by paragraphs, which know the pages of their words.

    `sheets` is the paper of each page; `shown` translates a box on a page (from 0) to the page as shown.
    """

    def __init__(
        self,
        sheets: Sequence[Sheet],
        words: Vocabulary,
        shown: Callable[[int, Box], Box],
    ) -> None:
        self._sheets = sheets
        self._vocabulary = words
        self._shown = shown
        self._parts: list[str] = []
        self._length = 0
        self._starts: dict[int, int] = {}  # page -> where its text starts
        self._ends: dict[int, int] = {}
        self._page = -1  # the page that is being written
        self._words: list[list[Word]] = [[] for _ in sheets]
        self.sections: list[Section] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def add(self, paragraph: Paragraph, level: int = 0, title: str | None = None) -> None:
        """Write a paragraph; with a level it is a heading."""
        pieces = self._pieces(paragraph)
        if not pieces:
            return
        if self._length:
            self._write("\n\n")
        self._open(pieces[0].page)
        start = self._length
        for piece in pieces:
            # a half word at the top of a page is text of the page where the word began
            if piece.before and piece.page != self._page:
                self._write("\n")
                self._open(piece.page)
            else:
                self._write(piece.before)
            self._place(piece)
        if level:
            title = clean(title or "") or "".join(piece.before + piece.text for piece in pieces)
            page = pieces[0].page + 1
            self.sections.append(Section(title[:_LONGEST_TITLE], level, start, page))

    def pages(self) -> tuple[ParsedPage, ...]:
        """Give the pages of what was written; a page without text is empty."""
        pages = []
        reached = 0
        for at, sheet in enumerate(self._sheets):
            start = self._starts.get(at, reached)
            reached = self._ends.get(at, start)
            words = tuple(self._words[at])
            width, height = round(sheet.width, 2), round(sheet.height, 2)
            pages.append(ParsedPage(at + 1, start, reached, width, height, words))
        return tuple(pages)

    def _pieces(self, paragraph: Paragraph) -> list[_Piece]:
        """Give the words of a paragraph with what comes before each; hyphenation is undone."""
        borders = {id(line.words[start]) for _, line in paragraph.lines for start in line.cells[1:]}
        words = list(paragraph.words)
        pieces: list[_Piece] = []
        before, aside = "", False
        for at, (page, glyphs) in enumerate(words):
            text = clean(glyphs.text.replace(LINE_END_HYPHEN, "-"))
            if not text:
                continue
            if at == 0 and paragraph.bullet:
                text = BULLET.strip()
            after = " "
            if at + 1 < len(words):
                next_page, following = words[at + 1]
                if id(following) in borders:
                    after = _CELL_BORDER if paragraph.row else " "
                elif glyphs.text.endswith(LINE_END_HYPHEN) or (
                    text[-1] in "-–/" and _on_next_line(page, glyphs, next_page, following)
                ):
                    text, after = self._joined(text, clean(following.text), aside)
            if text[0] == "-":
                aside = text[1:2].isalpha()
            elif text[-1] == "-":
                aside = False
            pieces.append(_Piece(before, page, glyphs, text))
            before = after
        return pieces

    def _joined(self, text: str, following: str, aside: bool) -> tuple[str, str]:
        """Give the word at a line end as it is written, and what comes between it and the next."""
        if text[-1] in "–/":
            inside_a_word = text[:-1][-1:].isalnum() and following[:1].isalnum()
            return text, "" if inside_a_word else " "
        how = joint(text[:-1], following, self._vocabulary, aside)
        if how is Joint.NOTHING:
            return text[:-1], ""
        return text, "" if how is Joint.HYPHEN else " "

    def _open(self, page: int) -> None:
        """Begin the text of a page here, unless it has begun."""
        self._page = page
        self._starts.setdefault(page, self._length)

    def _place(self, piece: _Piece) -> None:
        start = self._length
        self._write(piece.text)
        box = self._shown(piece.page, piece.glyphs[1:5])
        self._words[piece.page].append(Word(start, self._length, *box))
        self._ends[self._page] = self._length

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def vocabulary(paragraphs: Iterable[Paragraph]) -> Vocabulary:
    """Count the words of a document that are not broken at a line end."""
    whole: list[str] = []
    for paragraph in paragraphs:
        half = False
        for _, line in paragraph.lines:
            texts = [word.text for word in line.words]
            begin, half = int(half), texts[-1][-1] in _BREAKS
            whole.extend(texts[begin : len(texts) - int(half)])
    return Vocabulary(whole)


def _on_next_line(page: int, glyphs: Glyphs, next_page: int, following: Glyphs) -> bool:
    if page != next_page or following.x0 < glyphs.x0:
        return True
    return abs(following.baseline - glyphs.baseline) > glyphs.size / 2
