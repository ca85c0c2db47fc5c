"""One theme in one council term."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments.models import PublishedAdvice
from municipalities.published import municipality_of, readers_only
from overview import sentences
from overview.places import neighbours_of
from overview.remembering import drawn
from overview.selection import FEWEST, MOST, Selection
from overview.theme_content import theme_page
from overview.views.terms import terms_with
from overview.white_spots import COLUMNS
from themes.models import Partner, Theme


@require_GET
@readers_only
def theme(request, year, theme):
    terms, term = terms_with(year)
    themes = list(Theme.objects.all())
    theme = next((each for each in themes if each.slug == theme), None)
    if theme is None:
        raise Http404
    before = next((each for each in terms if each.end_year == term.start_year), None)
    own = municipality_of(request.user)
    may_choose = request.user.has_perm("assessments.publish_assessment")
    return render(
        request,
        "overview/theme.html",
        {
            "terms": terms,
            "term": term,
            "theme": theme,
            "content": drawn(
                "overview/_theme.html",
                theme.pk,
                term.pk,
                own,
                may_choose,
                context=lambda: (
                    _content(theme, term, before, municipality=own)
                    | {"themes": themes, "may_choose": may_choose}
                ),
            ),
        },
    )


def _content(theme, term, before, *, municipality):
    page = theme_page(theme, term, before=before, municipality=municipality)
    advice = PublishedAdvice.objects.public().filter(theme=theme)
    return {
        "theme": theme,
        "term": term,
        "before": before,
        "page": page,
        "columns": COLUMNS,
        "partners": Partner.objects.filter(themes=theme).values_list("name", flat=True),
        "public_advice": advice.only("title", "is_fiction"),
        "sentence": sentences.of_theme(page.levels),
        "compare": _beside(theme, term, page, municipality),
        "tally": range(0, 16 * 14, 16),  # where the squares of the spread stand
    }


def _beside(theme, term, page, municipality):
    """The address that lays the theme side by side: of one's own municipality and its neighbours, or of all."""
    near = {municipality} | neighbours_of(municipality)
    places = [row.place for row in page.rows] + page.waiting
    slugs = [place.slug for place in places if place.municipality in near]
    if page.own is None or len(slugs) < FEWEST:
        slugs = [row.place.slug for row in page.rows]
    chosen = Selection(term.start_year, theme.slug, municipalities=tuple(slugs[:MOST]))
    return f"{reverse('overview:compare')}?{chosen.query}" if chosen.is_whole else ""
