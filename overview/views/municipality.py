"""The municipalities, the page of one, and its documents."""

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments.models import Assessment
from municipalities.models import Coalition, CouncilTerm
from municipalities.published import readers_only
from overview import sentences
from overview.content import municipality_page
from overview.measures import published_measures
from overview.pictures import per_year_of, then_and_now_of
from overview.remembering import drawn
from overview.selection import Selection, TermsSelection
from overview.then_and_now import previous, then_and_now


@require_GET
@readers_only
def municipalities(request, year=None):
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    published = Assessment.objects.published().filter(coalition=OuterRef("pk"))
    coalitions = (
        Coalition.objects.for_term(term)
        .annotate(has_published=Exists(published))
        .order_by("municipality__name")
    )
    return render(
        request,
        "overview/municipalities.html",
        {"terms": CouncilTerm.objects.all(), "term": term, "coalitions": coalitions},
    )


@require_GET
@readers_only
def municipality(request, year, municipality):
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    return render(
        request,
        "overview/municipality.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": coalition.term,
            "coalition": coalition,
            "content": drawn(
                "overview/_municipality.html", coalition.pk, context=lambda: _content(coalition)
            ),
        },
    )


def _content(coalition):
    page = municipality_page(coalition, has_quotes=False)
    neighbours = list(coalition.municipality.neighbours.all())
    earlier = previous(coalition)
    changes = then_and_now(coalition, earlier)
    measures = published_measures(coalition)
    return {
        "rows": [
            (row, change, measures.per_theme.get(row.theme.pk, []))
            for row, change in zip(page.rows, changes, strict=True)
        ],
        "earlier": earlier,
        "compare_neighbours": _beside(coalition, neighbours, page),
        "compare_terms": _both_terms(coalition, earlier) if earlier else "",
        "measures": measures,
        "then_and_now": then_and_now_of(coalition, earlier, changes) if earlier else None,
        "per_year": per_year_of(coalition, measures.totals),
        "term": coalition.term,
        "page": page,
        "coalition": coalition,
        "neighbours": neighbours,
        "sentence": sentences.of_municipality(page.levels),
    }


def _beside(coalition, neighbours, page):
    """The address that lays a municipality beside its neighbours, on its first theme that is judged."""
    themes = [row.theme for row in page.rows if row.assessment] or [row.theme for row in page.rows]
    chosen = Selection(
        coalition.term.start_year,
        themes[0].slug if themes else "",
        municipalities=(coalition.municipality.slug, *(each.slug for each in neighbours)),
    )
    return f"{reverse('overview:compare')}?{chosen.query}"


def _both_terms(coalition, earlier):
    """The address that lays the agreements of two terms beside each other."""
    years = earlier.term.start_year, coalition.term.start_year
    chosen = TermsSelection(coalition.municipality.slug, *years)
    return f"{reverse('overview:compare-terms')}?{chosen.query}"
