"""Agreements beside each other: a column per coalition, a row per focus point, literal quotes in the cells."""

from dataclasses import dataclass, field

from assessments.models import Assessment
from municipalities.models import Coalition
from overview.change import Side, decide
from overview.focus_points import focus_points
from overview.quoting import published_quotes
from overview.treatment import Treatment
from themes.models import Theme

IN_SIGHT = 2  # quotes of a cell that are open at once


@dataclass(frozen=True)
class Column:
    """One coalition under its heading, which leads to its page."""

    coalition: Coalition
    name: str
    address: str


@dataclass(frozen=True)
class Cell:
    """What one coalition says of one thing; without an assessment nothing is published of it."""

    assessment: Assessment | None
    quotes: list = field(default_factory=list)
    is_asked: bool = True  # a focus point of another term may not have been one here

    @property
    def first(self):
        return self.quotes[:IN_SIGHT]

    @property
    def more(self):
        return self.quotes[IN_SIGHT:]

    @property
    def treatment(self):
        return max((quote.treatment for quote in self.quotes), default=Treatment.SILENT)

    @property
    def side(self):
        return Side(self.assessment and int(self.treatment), self.is_asked)


@dataclass(frozen=True)
class PointRow:
    """One focus point, or (without a name) the quotes that have none."""

    name: str
    cells: list  # [(column, cell), …]

    @property
    def change(self):
        """What became of it, where the two cells are two terms of one municipality."""
        return decide(self.cells[0][1].side, self.cells[-1][1].side)


@dataclass(frozen=True)
class Group:
    """One theme: the judgement of every column, and a row per focus point."""

    theme: Theme
    judgements: list  # [(column, assessment or None), …]
    rows: list

    @property
    def change(self):
        (_, then), (_, now) = self.judgements[0], self.judgements[-1]
        return decide(Side(then and then.level), Side(now and now.level))


def compare(columns, themes, *, point=""):
    """A group per theme, with a cell per column, in a constant number of queries.

    With a focus point's slug only that row.
    """
    coalitions = [column.coalition for column in columns]
    found = Assessment.objects.published().filter(coalition__in=coalitions, theme__in=themes)
    published = list(found.only("coalition", "theme", "level", "summary").order_by())
    judged = {(a.coalition_id, a.theme_id): a for a in published}
    quotes = published_quotes(published)
    points = focus_points({coalition.term_id for coalition in coalitions})
    return [
        Group(
            theme,
            [(column, judged.get((column.coalition.pk, theme.pk))) for column in columns],
            _rows(columns, theme, points.get(theme.pk, []), judged, quotes, point),
        )
        for theme in themes
    ]


def _rows(columns, theme, points, judged, quotes, only):
    def cell(coalition, has, asked):
        key = coalition.pk, theme.pk
        found = [quote for quote in quotes.get(key, []) if has(quote.slug)]
        return Cell(judged.get(key), found, asked is None or coalition.term_id in asked)

    def row(name, has, asked=None):
        return PointRow(name, [(column, cell(column.coalition, has, asked)) for column in columns])

    if only:
        points = [point for point in points if point.slug == only]
    rows = [row(point.name, point.slug.__eq__, point.asked) for point in points]
    if not only:
        known = {point.slug for point in points}
        other = row("", lambda slug: slug not in known)
        rows += [other] if any(cell.quotes for _, cell in other.cells) else []
    return rows
