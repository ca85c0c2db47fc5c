"""Finds the furniture of a document: running headers and footers, and page numbers.

No library does this. What gives furniture away is that it comes back: the same words (numbers aside) at
the same height of many pages, or a number that grows with the pages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from agreements.intake.layout.lines import Line, rows_of

_LARGEST = 1.15  # times body text: what is larger and returns is a heading
_MOST_ROWS = 4  # of a header or footer
_APART = 0.6  # of the font size: white between a header and the text
_MARGIN = 0.15  # of the height of the page, above and below
_SAME_HEIGHT = 3.0  # points
_OFTEN = 0.35  # of the pages: odd and even pages may differ
_SLOT_OFTEN = (
    0.6  # of the pages have something repeating at that height: then chapter names there go too
)
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:pagina|pag|blz|bladzijde|page|p)\W*)?(\d{1,4})\W*(?:(?:van|of|/)\W*\d{1,4}\W*)?$",
    re.IGNORECASE,
)

Slot = tuple[str, int]  # "top" or "bottom", and the height in steps of _SAME_HEIGHT


def find(pages: Sequence[tuple[float, Sequence[Line]]], body_size: float) -> set[int]:
    """Give the id() of each line that is furniture. A page is its height in points and its lines.

    When in doubt a line stays: a header too many does less harm than a sentence too few.
    """
    with_text = sum(1 for _, lines in pages if lines)
    if with_text < 2:
        return set()
    in_margin = [
        (number, line, slot)
        for number, (height, lines) in enumerate(pages)
        for line in lines
        if line.size <= _LARGEST * body_size and (slot := _slot(line, height))
    ]
    numbers = _page_numbers(in_margin, with_text)
    repeated = _repeated(in_margin, with_text)
    furniture: set[int] = set()
    for _, lines in pages:
        rows = rows_of(lines)
        furniture |= _outermost(rows, repeated, numbers)
        furniture |= _outermost(rows[::-1], repeated, numbers)
    return furniture


def _outermost(rows: list[list[Line]], repeated: set[int], numbers: set[int]) -> set[int]:
    """Rows from the edge of the page inward, up to the first white space.

    They must stand apart from the text, and what returns below them is text: pages may look alike.
    """
    taken = 0
    for at, row in enumerate(rows[:_MOST_ROWS]):
        if not all(id(line) in repeated or id(line) in numbers for line in row):
            break
        if at + 1 == len(rows) or _between(row, rows[at + 1]) >= _APART * row[0].size:
            taken = at + 1
            if not all(id(line) in numbers for line in row):
                break
    return {id(line) for row in rows[:taken] for line in row}


def _between(row: list[Line], other: list[Line]) -> float:
    """The white between two rows, in points."""
    upper, lower = sorted((row, other), key=lambda lines: lines[0].baseline)
    return min(line.y0 for line in lower) - max(line.y1 for line in upper)


def _slot(line: Line, height: float) -> Slot | None:
    if line.y1 < _MARGIN * height:
        return "top", round(line.baseline / _SAME_HEIGHT)
    if line.y0 > (1 - _MARGIN) * height:
        return "bottom", round((height - line.baseline) / _SAME_HEIGHT)
    return None


def _repeated(in_margin: list[tuple[int, Line, Slot]], with_text: int) -> set[int]:
    places: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)  # words -> height -> pages
    for _, line, (side, height) in in_margin:
        places[side, _words(line)][height] += 1
    enough = max(2.0, _OFTEN * with_text)
    furniture: set[int] = set()
    slots: dict[Slot, set[int]] = defaultdict(set)
    for number, line, slot in in_margin:
        if _near(places[slot[0], _words(line)], slot[1]) >= enough:
            furniture.add(id(line))
        if _near(places[slot[0], _words(line)], slot[1]) >= 2:
            slots[slot].add(number)
    # a header that names the chapter repeats on some pages only, but the place is always taken
    for _, line, slot in in_margin:
        side, height = slot
        taken = set().union(*(slots.get((side, near), ()) for near in _around(height)))
        if (
            len(taken) >= _SLOT_OFTEN * with_text
            and with_text > 3
            and _near(places[side, _words(line)], height) >= 2
        ):
            furniture.add(id(line))
    return furniture


def _page_numbers(in_margin: list[tuple[int, Line, Slot]], with_text: int) -> set[int]:
    offsets: Counter[int] = Counter()
    numbered = []
    for number, line, _ in in_margin:
        if found := _PAGE_NUMBER.match(line.text):
            offset = int(found[1]) - number
            offsets[offset] += 1
            numbered.append((line, offset))
    enough = max(2.0, _OFTEN * with_text)
    return {id(line) for line, offset in numbered if offsets[offset] >= enough}


def _words(line: Line) -> str:
    return _NUMBER.sub("#", line.text.casefold())


def _near(heights: Counter[int], height: int) -> int:
    return sum(heights[near] for near in _around(height))


def _around(height: int) -> tuple[int, int, int]:
    return height - 1, height, height + 1
