"""Rows of a table: cells beside each other, of which one may go on over several lines."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from agreements.intake.layout.lines import Line, beside_each_other, rows_of

_SAME_EDGE = 4.0  # points
_SAME_HEIGHT = 0.75  # points
_CELLS = 3  # in a row, when nothing else tells that it is one
_WORDS = 3.5  # fewer than this in a cell, on average
_NEARBY = 6  # lines above and below
_ROW_GAP = 1.4  # of the font size: lines of one cell stand closer than this


def glue(segments: Sequence[Line]) -> list[Line]:
    """Put the cells of a row side by side before columns are sought, from top to bottom.

    A row has at least three cells of a few words, at the same edges as the row above or below it: three
    columns of prose have longer lines.
    """
    rows = rows_of(segments)
    few_words = [
        len(row) >= _CELLS and sum(len(cell.words) for cell in row) < _WORDS * len(row)
        for row in rows
    ]
    lines: list[Line] = []
    for at, row in enumerate(rows):
        beside = [
            rows[near] for near in (at - 1, at + 1) if 0 <= near < len(rows) and few_words[near]
        ]
        if few_words[at] and any(_same_edges(row, other) for other in beside):
            # prose in the column beside a table stands near some of its rows, but not at their height
            edges = [cell.x0 for other in beside for cell in _level_with_most(other)]
            cells = [
                cell
                for cell in _level_with_most(row)
                if any(abs(cell.x0 - edge) < _SAME_EDGE for edge in edges)
            ]
            if len(cells) > 1:
                lines.append(beside_each_other(cells))
                row = [cell for cell in row if cell not in cells]
        lines.extend(row)
    return sorted(lines, key=lambda line: (line.y0, line.x0))


def _level_with_most(row: list[Line]) -> list[Line]:
    height = median(cell.baseline for cell in row)
    return [cell for cell in row if abs(cell.baseline - height) < _SAME_HEIGHT]


def _same_edges(row: list[Line], other: list[Line]) -> bool:
    aligned = sum(1 for cell in row if any(abs(cell.x0 - it.x0) < _SAME_EDGE for it in other))
    return aligned >= _CELLS


def gather(lines: Sequence[Line]) -> tuple[list[Line], frozenset[int]]:
    """Make one line of each row of a table, cell by cell.

    Gives all lines from top to bottom, and the id() of those that are rows. A line with a wide gap is a
    row only when its neighbour has a cell at the same edge: justified text has wide gaps too.
    """
    in_table = [_shares_an_edge(lines, at) for at in range(len(lines))]
    padded = _has_padding(lines, in_table)
    lines = [
        _with_shared_edges(lines, at) if tabular else lines[at]
        for at, tabular in enumerate(in_table)
    ]
    gathered: list[Line] = []
    rows: list[int] = []  # positions in gathered
    cells: list[list[Line]] = []  # of the row at the end of gathered, line by line
    for line, tabular in zip(lines, in_table, strict=True):
        if cells and _goes_on(line, cells, padded):
            _put_in_cells(line, cells)
            gathered[-1] = _row(cells)
            continue
        cells = [[cell] for cell in _cells(line)] if tabular else []
        if tabular:
            rows.append(len(gathered))
        gathered.append(line)
    return gathered, frozenset(id(gathered[at]) for at in rows)


def _shares_an_edge(lines: Sequence[Line], at: int) -> bool:
    if len(lines[at].cells) < 2:
        return False
    mine = _edges(lines[at])[1:]
    for beside in range(max(0, at - 3), min(len(lines), at + 4)):
        if beside == at or len(lines[beside].cells) < 2:
            continue
        theirs = _edges(lines[beside])[1:]
        if any(abs(one - other) < _SAME_EDGE for one in mine for other in theirs):
            return True
    return False


def _edges(line: Line) -> list[float]:
    return [line.words[start].x0 for start in line.cells]


def _cells(line: Line) -> list[Line]:
    ends = [*line.cells[1:], len(line.words)]
    return [Line(line.words[start:end]) for start, end in zip(line.cells, ends, strict=True)]


def _has_padding(lines: Sequence[Line], in_table: list[bool]) -> bool:
    """Whether rows stand further apart than the lines of a cell do, so that the two can be told apart."""
    return any(
        below.baseline - above.baseline > _ROW_GAP * below.size
        for at, (above, below) in enumerate(pairwise(lines))
        if in_table[at] and in_table[at + 1]
    )


def _with_shared_edges(lines: Sequence[Line], at: int) -> Line:
    """The line without the cells that begin where no line nearby begins one: gaps of justified text."""
    line = lines[at]
    nearby = [
        edge
        for beside in range(max(0, at - _NEARBY), min(len(lines), at + _NEARBY + 1))
        if beside != at
        for edge in _edges(lines[beside])
    ]
    shared = [
        start
        for start in line.cells
        if start == 0 or any(abs(line.words[start].x0 - edge) < _SAME_EDGE for edge in nearby)
    ]
    return Line(line.words, tuple(shared))


def _goes_on(line: Line, cells: list[list[Line]], padded: bool) -> bool:
    """Whether the line holds the rest of cells of the row above it."""
    lowest = max(cell[-1].baseline for cell in cells)
    if not 0 < line.baseline - lowest <= _ROW_GAP * line.size:
        return False
    if not padded and len(line.cells) >= len(cells):
        return False  # it may as well be the next row
    return all(_place(part, cells) is not None for part in _cells(line))


def _place(part: Line, cells: list[list[Line]]) -> int | None:
    for number, cell in enumerate(cells):
        if abs(cell[0].x0 - part.x0) < _SAME_EDGE:
            return number
    return None


def _put_in_cells(line: Line, cells: list[list[Line]]) -> None:
    for part in _cells(line):
        number = _place(part, cells)
        assert number is not None
        cells[number].append(part)


def _row(cells: list[list[Line]]) -> Line:
    return beside_each_other(
        [Line([word for line in cell for word in line.words]) for cell in cells]
    )
