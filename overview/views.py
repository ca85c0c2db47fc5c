"""The reader's pages. They ask what is published and never write."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Exists, Min, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from agreements.markup import draw
from agreements.reading import lay_out
from assessments.models import Assessment, Level, PublishedAdvice, Reply
from assessments.workflow import CONTACT
from municipalities.models import Coalition, CouncilTerm
from municipalities.published import readers_only
from overview import sentences
from overview.accessibility import results
from overview.content import (
    matrix_rows,
    municipality_page,
    published_marks,
    quotes_of,
    readable_documents,
    theme_page,
)
from themes.models import Partner, Theme


@require_GET
@readers_only
def home(request):
    """Who reads agreements begins at their own work, everyone else at the overview."""
    if request.user.has_perm("agreements.add_passage"):
        return redirect("assessments:my-work")
    return matrix(request)


@require_GET
@readers_only
def matrix(request, year=None):
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    rows = matrix_rows(term)
    levels = {}
    for row in rows:
        for theme, assessment in row.cells:
            levels.setdefault(theme.name, []).extend([assessment.level] if assessment else [])
    return render(
        request,
        "overview/matrix.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": term,
            "rows": rows,
            "themes": [theme for theme, _ in rows[0].cells] if rows else [],
            "levels": Level,
            "published": sum(len(found) for found in levels.values()),
            "total": len(rows) * len(levels),
            "sentence": sentences.of_region(levels),
            "asked": _asked_of(request.user),
        },
    )


def _asked_of(person):
    """How many replies are awaited from the municipality of a contact, and until when; None otherwise."""
    if not person.has_perm(CONTACT):
        return None
    awaited = Reply.objects.awaited_from(person.municipality)
    return awaited.aggregate(number=Count("pk"), deadline=Min("deadline"))


@require_GET
@readers_only
def themes(request, year=None):
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    rows = matrix_rows(term)
    per_theme = {}
    for row in rows:
        for theme, assessment in row.cells:
            per_theme.setdefault(theme, []).extend([assessment.level] if assessment else [])
    return render(
        request,
        "overview/themes.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": term,
            "themes": [
                (theme, sentences.of_theme(found), [(level, found.count(level)) for level in Level])
                for theme, found in per_theme.items()
            ],
        },
    )


@require_GET
@readers_only
def theme(request, year, theme):
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    page = theme_page(get_object_or_404(Theme, slug=theme), term)
    return render(
        request,
        "overview/theme.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": term,
            "page": page,
            "rows": [
                (c, a, quotes_of(a), page.footings[a.pk], page.replies.get(a.pk))
                if a
                else (c, None, [], None, None)
                for c, a in page.rows
            ],
            "partners": Partner.objects.filter(themes=page.theme),
            "public_advice": PublishedAdvice.objects.public().filter(theme=page.theme),
            "themes": Theme.objects.all(),
            "sentence": sentences.of_theme(page.levels),
            "tally": range(0, 16 * 14, 16),  # where the squares of the spread stand
        },
    )


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
    page = municipality_page(coalition)
    return render(
        request,
        "overview/municipality.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": coalition.term,
            "page": page,
            "coalition": coalition,
            "neighbours": coalition.municipality.neighbours.all(),
            "sentence": sentences.of_municipality(page.levels),
        },
    )


@require_GET
@readers_only
def document(request, year, municipality, pk):
    """An agreement's text with the published passages in it, and none that isn't published."""
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    version = next((v for v in readable_documents(coalition) if v.pk == pk), None)
    if version is None:
        raise Http404
    pages = lay_out(
        version.text,
        version.spans,
        version.headings,
        published_marks(version, coalition),
        lit=request.GET.get("passage"),
    )
    return render(
        request,
        "overview/document.html",
        {
            "coalition": coalition,
            "version": version,
            "agreement": version.agreement,
            "themes": Theme.objects.all(),
            "pages": draw(pages, linked=False),
        },
    )


@require_GET
@login_not_required
def accessibility(request):
    context = {"results": results(), "contact": settings.CONTACT_EMAIL}
    return render(request, "overview/accessibility.html", context)


@require_GET
@login_not_required
def privacy(request):
    context = {"session_hours": settings.SESSION_HOURS, "contact": settings.CONTACT_EMAIL}
    return render(request, "overview/privacy.html", context)
