"""The regional inputs as they were published: for everyone who reads."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from municipalities.models import CouncilTerm
from municipalities.published import readers_only
from themes.chapters import chapters, names_of
from themes.document import differences
from themes.models import RegionalInput, Theme


@require_GET
@readers_only
def inputs(request):
    """Per council term which edition counts, and for who makes them what is being made."""
    found = RegionalInput.objects.with_newest_edition().select_related("term", "draft__author")
    found = {row.term_id: row for row in found}
    terms = list(CouncilTerm.objects.all())
    newest = next((term for term in terms if term.pk in found), None)
    return render(
        request,
        "themes/inputs.html",
        {
            "rows": [(term, found.get(term.pk)) for term in terms],
            "next_year": newest.end_year if newest else None,
            "next_end": newest.end_year + 4 if newest else None,
        },
    )


@require_GET
@readers_only
def regional_input(request, year, number=None):
    """An edition, by default the newest, with what it changed."""
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    editions = []
    row = RegionalInput.objects.filter(term=term).select_related("draft__author").first()
    if row:
        editions = list(row.editions.select_related("author", "published_by").order_by("-number"))
    shown = next((e for e in editions if number in (None, e.number)), None)
    if number is not None and shown is None:
        raise Http404
    themes = list(Theme.objects.all())
    before = next((e for e in editions if shown and e.number == shown.number - 1), None)
    return render(
        request,
        "themes/input.html",
        {
            "term": term,
            "terms": CouncilTerm.objects.all(),
            "row": row,
            "editions": editions,
            "edition": shown,
            "is_newest": bool(shown) and shown == editions[0],
            "parts": chapters(shown.content, themes) if shown else [],
            "differences": differences(before.content, shown.content, names_of(themes))
            if before
            else [],
        },
    )
