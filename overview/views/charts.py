"""Charts as files to take along."""

import textwrap

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from assessments.models import Assessment
from municipalities.models import Coalition, CouncilTerm
from municipalities.published import readers_only
from overview.drawing import OF_FILE
from overview.measures import published_measures
from overview.pictures import per_year_of, rests_on_fiction, spread_of, then_and_now_of
from overview.then_and_now import previous, then_and_now
from themes.models import Theme


@require_GET
@readers_only
def spread(request, year, theme):
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    chart, is_fiction = spread_of(get_object_or_404(Theme, slug=theme), term, width=OF_FILE)
    return _file(request, chart, f"{theme}-{year}", is_fiction)


@require_GET
@readers_only
def levels(request, year, municipality):
    """The levels of a municipality then and now."""
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    earlier = previous(coalition)
    chart = then_and_now_of(coalition, earlier, then_and_now(coalition, earlier), width=OF_FILE)
    sides = [coalition, earlier] if earlier else [coalition]
    published = Assessment.objects.published().filter(coalition__in=sides)
    return _file(request, chart, f"{municipality}-{year}", rests_on_fiction(published))


@require_GET
@readers_only
def measures(request, year, municipality):
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    chart = per_year_of(coalition, published_measures(coalition).totals, width=OF_FILE)
    published = Assessment.objects.published().filter(coalition=coalition)
    return _file(request, chart, f"{municipality}-{year}", rests_on_fiction(published))


def _file(request, chart, of, is_fiction):
    """A whole SVG file: it brings its own title, inks and source along."""
    lines = textwrap.wrap(chart.title, 36)
    top = 24 * len(lines) + 24
    context = {
        "chart": chart,
        "lines": [(24 * number + 30, line) for number, line in enumerate(lines)],
        "top": top,
        "source_y": top + int(chart.height) + 32,
        "fiction_y": top + int(chart.height) + 54,
        "height": top + int(chart.height) + 72,
        "date": date_format(timezone.localdate(), "j F Y"),
        "is_fiction": is_fiction,
    }
    response = render(request, "overview/chart.svg", context, content_type="image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="{chart.name}-{of}.svg"'
    return response
