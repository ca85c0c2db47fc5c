"""Words to lines: what stands on one baseline and close together."""

from collections.abc import Iterable, Sequence

from agreements.intake.layout.glyphs import Glyphs

_SAME_BASELINE = 0.3  # of the font size
_CELL_GAP = 0.8  # of the font size: a wider gap may be a gutter or the border of a cell
_SUPERSCRIPT = 0.85  # smaller than this beside its neighbour
_COMPARISONS = 200_000  # a page that asks for more is no page of prose


class Line:
    """Words side by side on one baseline. Points, from the top left of the reading frame."""

    __slots__ = ("baseline", "bold", "cells", "size", "words", "x0", "x1", "y0", "y1")

    def __init__(self, words: Sequence[Glyphs], cells: tuple[int, ...] = (0,)) -> None:
        self.words = words
        self.x0 = words[0].x0
        self.x1 = max(word.x1 for word in words)
        self.y0 = min(word.y0 for word in words)
        self.y1 = max(word.y1 for word in words)
        longest = max(words, key=lambda word: len(word.text))
        self.size = longest.size
        self.baseline = longest.baseline
        self.bold = all(word.bold for word in words)
        self.cells = cells  # where, in words, a segment begins after a wide gap; the first is 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def segments(words: Iterable[Glyphs]) -> list[Line]:
    """Make lines of words, cut at every wide gap, from top to bottom."""
    found = [segment for row in _rows(words) for segment in _cut_at_gaps(row)]
    found = _with_superscripts(found)
    found.sort(key=lambda line: (line.y0, line.x0))
    return found


def merge_rows(found: Iterable[Line]) -> list[Line]:
    """Put segments on one baseline together again, where they turn out to share a column."""
    return [row[0] if len(row) == 1 else beside_each_other(row) for row in rows_of(found)]


def rows_of(found: Iterable[Line]) -> list[list[Line]]:
    """Gather the segments that stand on one baseline, from top to bottom."""
    rows: list[list[Line]] = []
    for segment in sorted(found, key=lambda line: line.baseline):
        reach = _SAME_BASELINE * segment.size
        if rows and segment.baseline - rows[-1][0].baseline <= reach:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return rows


def beside_each_other(row: Iterable[Line]) -> Line:
    """Make one line of segments; each is a cell of it, from left to right."""
    words: list[Glyphs] = []
    starts: list[int] = []
    for cell in sorted((cell for line in row for cell in cells_of(line)), key=lambda it: it[0].x0):
        starts.append(len(words))
        words.extend(cell)
    return Line(words, tuple(starts))


def cells_of(line: Line) -> list[Sequence[Glyphs]]:
    """Give the words of each cell of a line."""
    ends = [*line.cells[1:], len(line.words)]
    return [line.words[start:end] for start, end in zip(line.cells, ends, strict=True)]


def _rows(words: Iterable[Glyphs]) -> list[list[Glyphs]]:
    rows: list[list[Glyphs]] = []
    start = float("-inf")
    for word in sorted(words, key=lambda word: word.baseline):
        if rows and word.baseline - start <= _SAME_BASELINE * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
            start = word.baseline
    return rows


def _cut_at_gaps(row: list[Glyphs]) -> list[Line]:
    row.sort(key=lambda word: word.x0)
    cut: list[list[Glyphs]] = [[row[0]]]
    reached = row[0].x1
    for word in row[1:]:
        # the smaller size counts: a large heading beside a column's text must not bridge the gutter
        if word.x0 - reached > _CELL_GAP * min(word.size, cut[-1][-1].size):
            cut.append([])
        cut[-1].append(word)
        reached = max(reached, word.x1)
    return [Line(words) for words in cut]


def _with_superscripts(found: list[Line]) -> list[Line]:
    """Give small raised figures back to the line that they stand on."""
    small = [line for line in found if len(line.words) <= 2 and len(line.text) <= 6]
    if len(small) * len(found) > _COMPARISONS:
        return found
    taken: set[int] = set()
    for mark in small:
        for position, line in enumerate(found):
            if line is mark or id(line) in taken or mark.size > _SUPERSCRIPT * line.size:
                continue
            across = line.x0 < mark.x0 <= line.x1 + 0.3 * line.size
            middle = (mark.y0 + mark.y1) / 2
            if across and line.y0 <= middle <= line.y1:
                words = sorted([*line.words, *mark.words], key=lambda word: word.x0)
                found[position] = Line(words)
                taken.add(id(mark))
                break
    return [line for line in found if id(line) not in taken]
