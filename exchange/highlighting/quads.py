"""Where a passage stands on the paper: a box per line. No Django inside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Box = tuple[
    float, float, float, float
]  # x0, y0, x1, y1: points from the top left of the page as shown
_FARTHEST = 2.5  # times the height of the line: a wider gap is another column


@dataclass(frozen=True)
class Highlight:
    """A stretch of one page with what is said of it. `page` counts from 0; a box per line, as `lines_of` makes them."""

    page: int
    boxes: Sequence[Box]
    colour: Sequence[float]  # red, green and blue, from 0 to 1
    name: str  # what it is called in every copy
    author: str
    subject: str
    contents: str
    modified: str  # a PDF date


def boxes_of(words: Iterable[Sequence[float]], start: int, end: int) -> list[Box]:
    """The boxes of the words of a page that lie between two offsets, in the order of the page.

    A word is [start, end, x0, y0, x1, y1], as `Page.words` has it; one that lies partly inside counts whole.
    """
    return [
        (x0, y0, x1, y1) for first, last, x0, y0, x1, y1 in words if first < end and start < last
    ]


def lines_of(boxes: Iterable[Box]) -> list[Box]:
    """The boxes, with those that stand beside each other on one line made into one.

    A word that begins a line, or the next column, begins a new box.
    """
    lines: list[Box] = []
    for box in boxes:
        if lines and _goes_on(lines[-1], box):
            x0, y0, x1, y1 = lines[-1]
            lines[-1] = x0, min(y0, box[1]), max(x1, box[2]), max(y1, box[3])
        else:
            lines.append(box)
    return lines


def _goes_on(line: Box, word: Box) -> bool:
    height = min(line[3] - line[1], word[3] - word[1])
    overlap = min(line[3], word[3]) - max(line[1], word[1])
    gap = word[0] - line[2]
    return overlap > height / 2 and -height < gap < _FARTHEST * height
