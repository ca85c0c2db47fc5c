"""Rows of a table: cells beside each other, of which one may go on over several lines."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from agreements.intake.layout.lines import Line, beside_each_other, cells_of, rows_of

_SAME_EDGE = 4.0  # points
_CELLS = 3  # in a row, when nothing else tells that it is one
_WORDS_OF_PROSE = 5  # in a line, and so many lines at one edge, make a column
_LINES_OF_PROSE = 4
_WORDS = 3.5  # fewer than this in a cell, on average
_NEARBY = 6  # lines above and below
_ROW_GAP = 1.4  # of the font size: lines of one cell stand closer than this


def glue(segments: Sequence[Line]) -> list[Line]:
    """Put the cells of a row side by side before columns are sought, from top to bottom.

    A row has at least three cells of a few words, at the same edges as the row above or below it: three
    columns of prose have longer lines. Where a column of prose begins on the page, a row ends.
    """
    edges = _edges_of_prose(segments)
    rows = [_groups(row, edges) for row in rows_of(segments)]
    lines: list[Line] = []
    for at, groups in enumerate(rows):
        beside = [
            group
            for near in range(max(0, at - _NEARBY), min(len(rows), at + _NEARBY + 1))
            if near != at
            for group in rows[near]
        ]
        for group in groups:
            if _has_few_words(group) and any(
                _has_few_words(other) and _same_edges(group, other) for other in beside
            ):
                lines.append(beside_each_other(group))
            else:
                lines.extend(group)
    return sorted(lines, key=lambda line: (line.y0, line.x0))


def _edges_of_prose(segments: Sequence[Line]) -> list[float]:
    """Where several long lines begin, in points from the left."""
    starts = Counter(
        round(line.x0 / _SAME_EDGE) for line in segments if len(line.words) >= _WORDS_OF_PROSE
    )
    return [start * _SAME_EDGE for start, lines in starts.items() if lines >= _LINES_OF_PROSE]


def _groups(row: list[Line], edges: list[float]) -> list[list[Line]]:
    """Cut a row where a column of prose begins."""
    groups: list[list[Line]] = []
    for cell in sorted(row, key=lambda line: line.x0):
        if not groups or any(abs(cell.x0 - edge) < _SAME_EDGE for edge in edges):
            groups.append([])
        groups[-1].append(cell)
    return groups


def _has_few_words(cells: list[Line]) -> bool:
    return len(cells) >= _CELLS and sum(len(cell.words) for cell in cells) < _WORDS * len(cells)


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
    return [Line(words) for words in cells_of(line)]


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
