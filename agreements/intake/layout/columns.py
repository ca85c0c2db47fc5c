"""Reading order: which lines form a column, and which column comes first.

A gutter is an empty strip with prose at both sides of it, over several lines. What crosses the strip (a
title or a table over the full width) ends it, so a page may change between one and two columns.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from agreements.intake.layout.lines import Line, rows_of

_DEEPEST = 6  # columns within columns; no real page comes near
_CANDIDATES = 30  # left edges tried per page
_OVERSHOOT = 3.0  # points that a line may stick out: hanging hyphens and bullets
_FEWEST_LINES = 2  # at each side of a gutter
_WORDS_IN_PROSE = 2.5  # a line on average; cells of a table have fewer
_FILL_OF_PROSE = 0.55  # of the width of its column
_TALLER_THAN_BODY = 1.15


@dataclass(frozen=True)
class _Split:
    above: list[Line]
    left: list[Line]
    right: list[Line]
    below: list[Line]


def reading_order(found: Sequence[Line], body_size: float, depth: int = 0) -> list[list[Line]]:
    """Cut a page's segments (from top to bottom) into columns, in the order in which they are read."""
    split = _best_split(found, body_size) if depth < _DEEPEST else None
    if split is None:
        return [list(found)] if found else []
    return [
        column
        for part in (split.above, split.left, split.right, split.below)
        for column in reading_order(part, body_size, depth + 1)
    ]


def _best_split(found: Sequence[Line], body_size: float) -> _Split | None:
    best: _Split | None = None
    most = 0
    for edge in _left_edges(found):
        for begin, end in _stretches_without_crossing(found, edge, body_size):
            if end - begin <= most:
                continue
            left = [line for line in found[begin:end] if line.x0 < edge - _OVERSHOOT]
            right = [line for line in found[begin:end] if line.x0 >= edge - _OVERSHOOT]
            if _are_columns(left, right, edge):
                most = end - begin
                best = _Split(list(found[:begin]), left, right, list(found[end:]))
    return best


def _left_edges(found: Sequence[Line]) -> list[float]:
    """Where several lines begin: a gutter ends at such an edge. Most lines first."""
    edges = Counter(round(line.x0 / 2) * 2 for line in found)
    leftmost = min((line.x0 for line in found), default=0.0)
    return [
        float(edge)
        for edge, lines in edges.most_common(_CANDIDATES)
        if lines >= _FEWEST_LINES and edge > leftmost + 2 * _OVERSHOOT
    ]


def _stretches_without_crossing(
    found: Sequence[Line], edge: float, body_size: float
) -> Iterator[tuple[int, int]]:
    """Runs of lines, as [begin, end), of which none stands across the strip before this edge."""
    begin = 0
    for at, line in enumerate(found):
        crosses = line.x0 < edge - _OVERSHOOT and line.x1 > edge - _OVERSHOOT / 2
        if crosses or _is_lonely_title(found, at, edge, body_size):
            if at > begin:
                yield begin, at
            begin = at + 1
    if len(found) > begin:
        yield begin, len(found)


def _is_lonely_title(found: Sequence[Line], at: int, edge: float, body_size: float) -> bool:
    """A short title over both columns: large, at the left, with nothing beside it."""
    line = found[at]
    if line.size < _TALLER_THAN_BODY * body_size or line.x0 >= edge - _OVERSHOOT:
        return False
    top, bottom = line.y0 - line.size / 2, line.y1 + line.size / 2
    beside = [
        other
        for other in found[max(0, at - 12) : at + 12]
        if other.x0 >= edge - _OVERSHOOT and other.y0 < bottom and other.y1 > top
    ]
    above = any(other.x0 >= edge - _OVERSHOOT for other in found[:at])
    below = any(other.x0 >= edge - _OVERSHOOT for other in found[at + 1 :])
    return not beside and above and below


def _are_columns(left: list[Line], right: list[Line], edge: float) -> bool:
    if len(left) < _FEWEST_LINES or len(right) < _FEWEST_LINES:
        return False
    if len(left) + len(right) < 3 * _FEWEST_LINES:
        return False
    top = max(min(line.y0 for line in side) for side in (left, right))
    bottom = min(max(line.y1 for line in side) for side in (left, right))
    shortest = min(max(ln.y1 for ln in side) - min(ln.y0 for ln in side) for side in (left, right))
    if bottom - top < shortest / 2:
        return False
    for side in (left, right):
        # by rows, so that a small table does not undo the column of prose that it stands in
        if sum(len(line.words) for line in side) < _WORDS_IN_PROSE * len(rows_of(side)):
            return False
    return not _is_table(left, right, edge)


def _is_table(left: list[Line], right: list[Line], edge: float) -> bool:
    """Cells stand beside each other: rows begin at the same height, and lines don't fill their column."""
    baselines = [line.baseline for line in left]
    beside = sum(1 for line in right if any(abs(line.baseline - y) < 1.5 for y in baselines))
    if beside < 0.6 * len(right):
        return False
    fill_left = median(line.x1 - line.x0 for line in left) / (edge - min(ln.x0 for ln in left))
    widest = max(line.x1 for line in right) - edge
    fill_right = median(line.x1 - line.x0 for line in right) / max(widest, 1.0)
    if min(fill_left, fill_right) < _FILL_OF_PROSE:
        return True
    starts_left, starts_right = _row_starts(left), _row_starts(right)
    if min(len(starts_left), len(starts_right)) < 3:
        return False
    same = sum(1 for y in starts_right if any(abs(y - other) < 1.5 for other in starts_left))
    return same >= 0.8 * max(len(starts_left), len(starts_right))


def _row_starts(side: list[Line]) -> list[float]:
    """Baselines of the lines that follow a gap."""
    steps = [
        (after.baseline - before.baseline, after)
        for before, after in zip(side, side[1:], strict=False)
    ]
    usual = min((step for step, line in steps if step > 0.8 * line.size), default=0.0)
    return [line.baseline for step, line in steps if step > 1.25 * usual]
