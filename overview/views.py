"""The reader's pages. They ask what is published and never write."""

from collections import Counter

from django.contrib.auth.decorators import login_not_required, permission_required
from django.db.models import Count, Exists, Min, OuterRef
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from agreements.download import as_download
from agreements.markup import draw
from agreements.models import Page
from agreements.reading import FOUND_PER_PAGE, found_words, lay_out
from assessments.models import Assessment, Level, PublishedAdvice, Reply
from assessments.workflow import CONTACT
from municipalities.models import Coalition, CouncilTerm
from overview import sentences
from overview.content import (
    matrix_rows,
    municipality_page,
    published_marks,
    quotes_of,
    readable_versions,
    theme_page,
    words_to_light,
)
from themes.models import Partner, Theme

readers_only = permission_required("assessments.read_published", raise_exception=True)


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
    """An agreement's text with the published passages in it, and none that isn't published.

    ?passage= lights a passage, ?woorden= lights words: that is how search leads to a place.
    """
    coalition, version = _readable(year, municipality, pk)
    found = found_words(version.text, version.spans, words_to_light(request.GET.get("woorden", "")))
    pages = lay_out(
        version.text,
        version.spans,
        version.headings,
        [*published_marks(version, coalition), *found],
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
            "found": dict(Counter(mark.id // FOUND_PER_PAGE for mark in found)),
        },
    )


@require_GET
@readers_only
def document_file(request, year, municipality, pk):
    """The file of a document that a reader may open; the page view draws it.

    Not under the name that it came in with: that was never published.
    """
    _, version = _readable(year, municipality, pk)
    if not version.file:
        raise Http404
    kind = ".pdf" if version.media_type == "application/pdf" else ""
    return as_download(version, name=f"akkoord-{municipality}-{year}-versie-{version.number}{kind}")


@require_GET
@readers_only
def document_words(request, year, municipality, pk, number):
    """Where the words of one page stand, of a document that a reader may open."""
    _, version = _readable(year, municipality, pk)
    return JsonResponse(get_object_or_404(Page, version=version, number=number).on_paper)


def _readable(year, municipality, pk):
    """The coalition of an address, and the version if a reader may open it."""
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    return coalition, get_object_or_404(
        readable_versions().without_text().of_coalition(coalition), pk=pk
    )


@require_GET
@login_not_required
def accessibility(request):
    return render(request, "overview/accessibility.html")
