"""Lines to paragraphs: where does one end and the next begin?"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from agreements.intake.layout.glyphs import LINE_END_HYPHEN, Glyphs
from agreements.intake.layout.lines import Line

_BULLETS = frozenset("•▪●◦○‣∙·■□▫➢➤►✓✔❖\ufffd")
_DASHES = frozenset({"-", "–", "—", "*", "o"})  # a bullet only where a paragraph may begin
_NUMBER = re.compile(r"^(?:\d{1,2}|[a-z])[.)]$")
_ENDS_A_SENTENCE = re.compile(r"[.!?:;…][)\"”’']*$")
_GAP = 1.22  # of the usual step between lines
_TITLE_GAP = 1.55  # of the font size, where no usual step is known
_INDENT = 0.7  # of the font size
_SIZE_CHANGE = 0.08


@dataclass
class Paragraph:
    """Lines that read on, each with the number of its page (from 0)."""

    lines: list[tuple[int, Line]] = field(default_factory=list)
    bullet: bool = False
    row: bool = False  # a row of a table: its cells are kept apart

    @property
    def words(self) -> Iterator[tuple[int, Glyphs]]:
        for page, line in self.lines:
            for word in line.words:
                yield page, word

    @property
    def text(self) -> str:
        """The words with a space between them; hyphens at line ends still stand."""
        return " ".join(line.text for _, line in self.lines)

    @property
    def first(self) -> Line:
        return self.lines[0][1]

    @property
    def last(self) -> Line:
        return self.lines[-1][1]


@dataclass(frozen=True)
class Column:
    """The lines of one column from top to bottom, and its page (from 0)."""

    page: int
    lines: Sequence[Line]
    rows: frozenset[int] = frozenset()  # id() of the lines that are rows of a table

    @property
    def left(self) -> float:
        return min(line.x0 for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.x1 for line in self.lines)


def usual_step(columns: Iterable[Column], body_size: float) -> float:
    """Give the step from baseline to baseline inside body text, in font sizes."""
    steps = Counter(
        round((after.baseline - before.baseline) / before.size, 1)
        for column in columns
        for before, after in zip(column.lines, column.lines[1:], strict=False)
        if abs(before.size - body_size) < 0.3 and abs(after.size - body_size) < 0.3
    )
    likely = {step: lines for step, lines in steps.items() if 0.9 <= step <= 2.2}
    return max(likely, key=lambda step: likely[step], default=1.3)


def build(columns: Iterable[Column], body_size: float) -> list[Paragraph]:
    """Make the paragraphs of a document from its columns in reading order."""
    columns = [column for column in columns if column.lines]
    step = usual_step(columns, body_size)
    paragraphs: list[Paragraph] = []
    before: Column | None = None
    for column in columns:
        left, right = column.left, column.right
        for at, line in enumerate(column.lines):
            is_row = id(line) in column.rows
            current = paragraphs[-1] if paragraphs else None
            if current is None or is_row or current.row:
                begins = True
            elif at:
                begins = _begins(line, current, left, right, step, body_size)
            else:
                assert before is not None
                begins = not _runs_on(line, current, before, left, body_size)
            if begins or current is None:
                paragraphs.append(
                    current := Paragraph(row=is_row, bullet=not is_row and _bullet(line, True))
                )
            current.lines.append((column.page, line))
        before = column
    return paragraphs


def is_bullet(text: str) -> bool:
    """Whether this word is the sign before a list item (numbers are not: they are text)."""
    return text in _BULLETS or text in _DASHES or (len(text) == 1 and "\ue000" <= text <= "\uf8ff")


def _bullet(line: Line, may_begin: bool) -> bool:
    """Whether a list item begins here. A dash counts only where a paragraph may begin."""
    sign = line.words[0].text
    return len(line.words) > 1 and is_bullet(sign) and (may_begin or sign not in _DASHES)


def _begins(
    line: Line, current: Paragraph, left: float, right: float, step: float, body_size: float
) -> bool:
    """Whether a paragraph begins with this line, which stands below the current one."""
    last = current.last
    if _differs(line, last):
        return True
    distance = line.baseline - last.baseline
    is_body = abs(line.size - body_size) <= _SIZE_CHANGE * body_size
    if distance > (_GAP * step if is_body else _TITLE_GAP) * line.size:
        return True
    if last.words[-1].text.endswith(LINE_END_HYPHEN):
        return False
    ended = _ENDS_A_SENTENCE.search(last.words[-1].text) is not None
    roomy = _has_room_for(line.words[0], last, right)
    may_begin = ended or roomy
    if _bullet(line, may_begin or current.bullet):
        return True
    if may_begin and len(line.words) > 1 and _NUMBER.match(line.words[0].text):
        return True
    capital = not line.words[0].text[:1].islower()
    if current.bullet:
        text_starts = current.first.words[1].x0
        back = line.x0 < text_starts - 0.4 * line.size
        return back and capital and may_begin
    indent = _INDENT * line.size
    if is_body and line.x0 > left + indent and capital and last.x0 <= line.x0 - indent:
        numbered = _NUMBER.match(current.first.words[0].text)  # then this is a hanging indent
        return not numbered
    return roomy and ended and capital


def _runs_on(line: Line, current: Paragraph, before: Column, left: float, body_size: float) -> bool:
    """Whether the current paragraph goes on with this line, at the top of the next column or page."""
    last = current.last
    if _differs(line, last) or _bullet(line, True) or line.size > 1.1 * body_size:
        return False
    if current.bullet is False and line.bold and last.bold:
        return False
    if last.words[-1].text.endswith(LINE_END_HYPHEN):
        return True
    if _ENDS_A_SENTENCE.search(last.words[-1].text):
        return False
    first = line.words[0].text.lstrip("(‘'\"“")[:1]
    return first.islower() or not _has_room_for(line.words[0], last, before.right)


def _differs(line: Line, last: Line) -> bool:
    """Whether size or weight changes, as between a heading and the text below it."""
    if abs(line.size - last.size) > _SIZE_CHANGE * max(line.size, last.size):
        return True
    # emphasis may fill a line as well, but then the sentence goes on
    return line.bold != last.bold and not line.words[0].text[:1].islower()


def _has_room_for(word: Glyphs, line: Line, right: float) -> bool:
    """Whether the word would have fitted at the end of the line, so that it was put below on purpose."""
    return line.x1 + (word.x1 - word.x0) + 0.6 * line.size < right
