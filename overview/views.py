"""The reader's pages. They ask what is published and never write."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.db.models import Count, Exists, Min, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from agreements.markup import draw
from agreements.reading import lay_out
from assessments.models import Assessment, Level, PublishedAdvice, Reply
from assessments.workflow import CONTACT
from municipalities.models import Coalition, CouncilTerm
from overview import sentences
from overview.content import (
    matrix_rows,
    municipality_page,
    published_marks,
    readable_documents,
)
from overview.places import neighbours_of, places_of
from overview.remembering import remembered
from overview.theme_content import theme_page
from overview.white_spots import COLUMNS, rows_for, white_spots_of_region
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
    terms, themes = list(CouncilTerm.objects.all()), list(Theme.objects.all())
    term = _one(terms, lambda each: each.start_year == year)
    theme = _one(themes, lambda each: each.slug == theme)
    before = next((each for each in terms if each.end_year == term.start_year), None)
    kind = {
        "municipality": request.user.municipality_id,
        "may_choose": request.user.has_perm("assessments.publish_assessment"),
    }
    content = remembered(
        ("theme", theme.pk, term.pk, *kind.values()),
        lambda: _theme_content(theme, term, before, themes=themes, **kind),
    )
    return render(
        request,
        "overview/theme.html",
        {"terms": terms, "term": term, "theme": theme, "content": content},
    )


def _theme_content(theme, term, before, *, themes, municipality, may_choose):
    """What is the same for every reader of this municipality with this right."""
    page = theme_page(theme, term, before=before, municipality=municipality)
    advice = PublishedAdvice.objects.public().filter(theme=theme)
    return render_to_string(
        "overview/_theme.html",
        {
            "theme": theme,
            "themes": themes,
            "term": term,
            "before": before,
            "page": page,
            "columns": COLUMNS,
            "partners": Partner.objects.filter(themes=theme).values_list("name", flat=True),
            "public_advice": advice.only("title", "is_fiction"),
            "sentence": sentences.of_theme(page.levels),
            "tally": range(0, 16 * 14, 16),  # where the squares of the spread stand
            "may_choose": may_choose,
        },
    )


def _one(rows, is_asked):
    """The row that an address asks for, of rows that the page needs all of."""
    found = next(filter(is_asked, rows), None)
    if found is None:
        raise Http404
    return found


@require_GET
@readers_only
def white_spots(request, year):
    """Which focus points the agreements lack, of all themes or of one; and who could help."""
    terms, themes = list(CouncilTerm.objects.all()), list(Theme.objects.all())
    term = _one(terms, lambda each: each.start_year == year)
    places = places_of(term)
    asked, named = request.GET.get("thema"), request.GET.get("gemeente")
    chosen = next((each for each in themes if each.slug == asked), None)

    def is_meant(place):
        """The municipality that is asked for; without a question one's own."""
        if named is None:
            return place.municipality == request.user.municipality_id
        return place.slug == named

    own = next(filter(is_meant, places.values()), None)
    content = remembered(
        ("white spots", term.pk, chosen and chosen.pk, own and own.municipality),
        lambda: _white_spots_content(term, themes, places.values(), chosen=chosen, own=own),
    )
    return render(
        request,
        "overview/white_spots.html",
        {"terms": terms, "term": term, "chosen": chosen, "content": content},
    )


def _white_spots_content(term, themes, places, *, chosen, own):
    spots = [s for s in white_spots_of_region(term) if chosen in (None, s.point.theme)]
    key = own.municipality if own else None
    rows = rows_for(spots, municipality=key, neighbours=neighbours_of(key))
    return render_to_string(
        "overview/_white_spots_page.html",
        {
            "term": term,
            "themes": themes,
            "places": places,
            "chosen": chosen,
            "own": own,
            "columns": COLUMNS,
            "rows": rows,
            "wanting": [row for row in rows if row.is_wanting],
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
    return render(request, "overview/accessibility.html")
