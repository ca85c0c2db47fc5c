"""The charts of what is published; their geometry is in charts.py."""

from agreements.models import Agreement
from assessments.models import Assessment, Level
from municipalities.models import Coalition
from overview import charts
from overview.drawing import WIDTH

LABELS = [level.label for level in Level]


def spread_of(theme, term, *, width=WIDTH):
    """The spread of a theme over the levels, and whether it rests on invented agreements."""
    published = Assessment.objects.published().for_term(term).filter(theme=theme).order_by()
    levels = list(published.values_list("level", flat=True))
    waiting = Coalition.objects.filter(term=term).count() - len(levels)
    chart = charts.spread(
        str(theme),
        str(term),
        [(each.value, each.label, levels.count(each)) for each in Level],
        waiting,
    )
    return chart, rests_on_fiction(published)


def then_and_now_of(coalition, earlier, rows, *, width=WIDTH):
    """The levels of a coalition then and now; `earlier` is the coalition before (or None), `rows` of then_and_now."""
    moves = [
        charts.Move(
            str(row.theme), row.then and row.then.level, row.now and row.now.level, row.change
        )
        for row in rows
    ]
    before = str(earlier.term) if earlier else "eerder"
    return charts.then_and_now(
        str(coalition.municipality), before, str(coalition.term), LABELS, moves, width=width
    )


def per_year_of(coalition, totals, *, width=WIDTH):
    return charts.per_year(str(coalition.municipality), totals, width=width)


def rests_on_fiction(assessments):
    """Whether a coalition of these published judgements has an invented agreement; one is enough to say so."""
    coalitions = assessments.order_by().values("coalition")
    return Agreement.objects.filter(is_fiction=True, coalition__in=coalitions).exists()
