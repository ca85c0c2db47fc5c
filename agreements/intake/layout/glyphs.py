"""Takes the words off a PDF page, each with its box as the page is shown."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from math import degrees, hypot, isfinite
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

LINE_END_HYPHEN = "\ufffe"  # pdfium's mark for a hyphen at a line end, soft or real
_WORD = re.compile(r"[^\s\xa0\ufffe]+\ufffe?|\ufffe")
_SOFT_HYPHEN_AT_AN_END = re.compile(r"\xad(?=\s|$)")  # at the end of a page pdfium doesn't mark it
_BOLD_FONT = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600


Box = tuple[float, float, float, float]  # x0, y0, x1, y1


class Glyphs(NamedTuple):
    """A word as it is printed. Points from the top left of the reading frame; y grows downward."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float  # of the font, in points on paper
    bold: bool
    upright: bool  # False for text that runs up or down the page


class Sheet(NamedTuple):
    """The paper of one page: its size in points, as shown."""

    width: float
    height: float


class PageReader:
    """Reads one open page of pdfium. Use it before the page is closed.

    Words come in the reading frame: the page turned so that most of its text stands upright. Nearly
    always that is the page as shown; `shown` translates a box for when it is not.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._left, bottom, right, self._top = page.get_bbox()
        self._paper = Sheet(right - self._left, self._top - bottom)
        self._text = page.get_textpage()
        # one buffer of each kind for the whole page: making them costs more than filling them
        self._rect = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._font = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._bold_fonts: dict[bytes, bool] = {}
        self._characters = self._read_characters()
        self._frame = self._direction_of_most_text()
        turned = page.get_rotation()
        self._turn = (turned - self._frame) % 360
        if self._turn:
            # pdfium finds words in text that stands upright only
            page.set_rotation(self._frame)
            self._text.close()
            self._text = page.get_textpage()
            self._characters = self._read_characters()
        self.sheet = _turned(self._paper, turned)
        self.reading_sheet = _turned(self._paper, self._frame)

    def close(self) -> None:
        """Let go of pdfium's memory."""
        self._text.close()

    def words(self) -> list[Glyphs]:
        """Give the words that are on the paper, in the order of the file."""
        words = []
        for found in _WORD.finditer(self._characters):
            start, end = found.span()
            first = self._box(start)
            last = first if end - start == 1 else self._box(end - 1)
            if first is None or last is None:
                continue
            spread = max(abs(last[2] - first[0]), abs(last[3] - first[1]))
            height = max(first[3] - first[1], last[3] - last[1], 1.0)
            if spread <= 1.2 * height * (end - start):
                words.append(self._word(start, end, first, last))
            else:
                words.extend(self._pieces(start, end, height))
        width, height = self.reading_sheet
        return [
            word
            for word in words
            # outside the crop box nobody sees it
            if word.x1 > 0 and word.y1 > 0 and word.x0 < width and word.y0 < height
        ]

    def shown(self, box: Box) -> Box:
        """Translate a box from the reading frame to the page as shown, inside the paper."""
        x0, y0, x1, y1 = box
        if self._turn:
            x0, y0 = _turn_point(x0, y0, self.reading_sheet, self._turn)
            x1, y1 = _turn_point(x1, y1, self.reading_sheet, self._turn)
        width, height = self.sheet
        return (
            round(min(max(min(x0, x1), 0.0), width), 2),
            round(min(max(min(y0, y1), 0.0), height), 2),
            round(min(max(x0, x1), width), 2),
            round(min(max(y0, y1), height), 2),
        )

    def _read_characters(self) -> str:
        """The characters of the page, one for each of pdfium's positions."""
        count = raw.FPDFText_CountChars(self._text)
        if count <= 0:
            return ""
        buffer = ctypes.create_string_buffer(2 * (count + 1))
        units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        written = raw.FPDFText_GetText(self._text, 0, count, units)
        text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(text) == count:
            return _SOFT_HYPHEN_AT_AN_END.sub(LINE_END_HYPHEN, text)
        # characters beyond 16 bits, or without a code: ask for them one by one
        codes = (raw.FPDFText_GetUnicode(self._text, at) for at in range(count))
        text = "".join(chr(code) if 0 < code <= 0x10FFFF else "\ufffd" for code in codes)
        text = text.replace("\x02", LINE_END_HYPHEN)  # the same mark by its other name
        return _SOFT_HYPHEN_AT_AN_END.sub(LINE_END_HYPHEN, text)

    def _direction_of_most_text(self) -> int:
        """How far the page must turn, in degrees clockwise, for most of its text to stand upright."""
        length = len(self._characters)
        sample = range(0, length, max(1, length // 50))
        turns: Counter[int] = Counter()
        for at in sample:
            if not self._characters[at].isspace():
                angle = raw.FPDFText_GetCharAngle(self._text, at)  # clockwise; -1 when unknown
                turns[round(-degrees(angle) / 90) * 90 % 360 if angle > 0 else 0] += 1
        return turns.most_common(1)[0][0] if turns else 0

    def _pieces(self, start: int, end: int, height: float) -> Iterator[Glyphs]:
        """Cut what pdfium took for one word where it jumps to another place."""
        boxes = [(at, box) for at in range(start, end) if (box := self._box(at)) is not None]
        piece: list[tuple[int, Box]] = []
        for at, box in boxes:
            if piece and _apart(piece[-1][1], box) > height:
                yield self._word(piece[0][0], piece[-1][0] + 1, piece[0][1], piece[-1][1])
                piece = []
            piece.append((at, box))
        if piece:
            yield self._word(piece[0][0], piece[-1][0] + 1, piece[0][1], piece[-1][1])

    def _word(self, start: int, end: int, first: Box, last: Box) -> Glyphs:
        x0, y0 = min(first[0], last[0]), min(first[1], last[1])
        x1, y1 = max(first[2], last[2]), max(first[3], last[3])
        raw.FPDFText_GetCharOrigin(self._text, start, self._x, self._y)
        return Glyphs(
            self._characters[start:end],
            x0,
            y0,
            x1,
            y1,
            self._in_frame(self._x.value, self._y.value)[1],
            self._size(start),
            self._bold(start),
            end - start < 3 or abs(last[0] - first[0]) >= abs(last[1] - first[1]),
        )

    def _box(self, at: int) -> Box | None:
        rect = self._rect
        if not raw.FPDFText_GetLooseCharBox(self._text, at, rect):
            return None
        x0, y0 = self._in_frame(rect.left, rect.top)
        x1, y1 = self._in_frame(rect.right, rect.bottom)
        if not isfinite(x0 + y0 + x1 + y1):
            return None
        return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else _ordered(x0, y0, x1, y1)

    def _in_frame(self, x: float, y: float) -> tuple[float, float]:
        """From pdfium's place on the unturned paper (y upward) to the reading frame."""
        if not self._frame:
            return x - self._left, self._top - y
        return _turn_point(x - self._left, self._top - y, self._paper, self._frame)

    def _size(self, at: int) -> float:
        """The font size in points on paper: many files write size 1 and enlarge by matrix."""
        size = raw.FPDFText_GetFontSize(self._text, at)
        if raw.FPDFText_GetMatrix(self._text, at, self._matrix):
            size *= hypot(self._matrix.c, self._matrix.d)
        return round(size, 1) if isfinite(size) and size >= 0.1 else 0.1

    def _bold(self, at: int) -> bool:
        if raw.FPDFText_GetFontWeight(self._text, at) >= _BOLD_WEIGHT:
            return True
        raw.FPDFText_GetFontInfo(self._text, at, self._font, len(self._font), self._flags)
        name = self._font.value
        bold = self._bold_fonts.get(name)
        if bold is None:
            bold = self._bold_fonts[name] = bool(_BOLD_FONT.search(name))
        return bold


def _turned(sheet: Sheet, turn: int) -> Sheet:
    return Sheet(sheet.height, sheet.width) if turn in (90, 270) else sheet


def _turn_point(x: float, y: float, sheet: Sheet, turn: int) -> tuple[float, float]:
    """Where a point of this sheet comes when the sheet turns clockwise by so many degrees."""
    if turn == 90:
        return sheet.height - y, x
    if turn == 180:
        return sheet.width - x, sheet.height - y
    if turn == 270:
        return y, sheet.width - x
    return x, y


def _ordered(x0: float, y0: float, x1: float, y1: float) -> Box:
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _apart(one: Box, other: Box) -> float:
    """The empty space between two boxes, across or down, in points."""
    return max(other[0] - one[2], one[0] - other[2], other[1] - one[3], one[1] - other[3], 0.0)
