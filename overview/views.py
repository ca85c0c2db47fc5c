"""The reader's pages. They ask what is published and never write."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.db.models import Count, Exists, Min, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET

from agreements.markup import draw
from agreements.models import Coding
from agreements.reading import lay_out
from assessments.models import Assessment, Level, PublishedAdvice, Reply
from assessments.workflow import CONTACT, EDITOR
from municipalities.models import Coalition, CouncilTerm
from overview import sentences
from overview.content import (
    municipality_page,
    published_marks,
    readable_documents,
)
from overview.edition import edition
from overview.home import formations_under_way, news, own_municipality
from overview.measures import published_measures
from overview.pictures import per_year_of, then_and_now_of
from overview.places import neighbours_of, places_of
from overview.region import NOT_JUDGED, Filter, region_of
from overview.remembering import remembered
from overview.selection import Selection
from overview.theme_content import theme_page
from overview.then_and_now import previous, then_and_now
from overview.white_spots import COLUMNS, rows_for, white_spots_of_region
from themes.models import Partner, Theme

readers_only = permission_required("assessments.read_published", raise_exception=True)


@require_GET
@readers_only
def home(request):
    """Everyone begins at what is theirs: own work, what waits, the own municipality, or the region."""
    person = request.user
    if person.has_perm("agreements.add_passage"):
        return redirect("assessments:my-work")
    if person.has_perm(EDITOR):
        return redirect("assessments:list")
    term = get_object_or_404(CouncilTerm.objects.starting())
    coalition = Coalition.objects.for_term(term).filter(municipality=person.municipality_id).first()
    if coalition is None:
        return redirect("overview:matrix")
    since = person.previous_visit(request.session.session_key)
    latest, has_more = news(since)
    return render(
        request,
        "overview/home.html",
        {
            "term": term,
            "coalition": coalition,
            "edition": edition(),
            "page": SimpleLazyObject(lambda: own_municipality(coalition)),
            "under_way": SimpleLazyObject(lambda: formations_under_way(coalition)),
            "since": since,
            "news": latest,
            "has_more": has_more,
            "asked": _asked_of(person),
        },
    )


@require_GET
@readers_only
def matrix(request, year=None):
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    return render(
        request,
        "overview/matrix.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": term,
            "edition": edition(),
            "asked": [request.GET.get(name, "") for name in Filter.PARTS],
            "region": SimpleLazyObject(lambda: region_of(term, request.GET)),
            "levels": Level,
            "strengths": Coding.Strength,
            "not_judged": NOT_JUDGED,
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
    levels = region_of(term, {}).levels
    return render(
        request,
        "overview/themes.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": term,
            "themes": [
                (theme, sentences.of_theme(found), [(level, found.count(level)) for level in Level])
                for theme, found in levels.items()
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
    spots = [s for s in white_spots_of_region(term) if chosen in (None, s.point.theme)]
    key = own.municipality if own else None
    rows = rows_for(spots, municipality=key, neighbours=neighbours_of(key))
    return render(
        request,
        "overview/white_spots.html",
        {
            "terms": terms,
            "term": term,
            "themes": themes,
            "chosen": chosen,
            "places": places.values(),
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
    neighbours = list(coalition.municipality.neighbours.all())
    earlier = previous(coalition)
    changes = then_and_now(coalition, earlier)
    measures = published_measures(coalition)
    return render(
        request,
        "overview/municipality.html",
        {
            "rows": [
                (row, change, measures.per_theme.get(row.theme.pk, []))
                for row, change in zip(page.rows, changes, strict=True)
            ],
            "earlier": earlier,
            "compare_neighbours": _beside(coalition, neighbours, page),
            "measures": measures,
            "then_and_now": then_and_now_of(coalition, earlier, changes) if earlier else None,
            "per_year": per_year_of(coalition, measures.totals),
            "terms": CouncilTerm.objects.all(),
            "term": coalition.term,
            "page": page,
            "coalition": coalition,
            "neighbours": neighbours,
            "sentence": sentences.of_municipality(page.levels),
        },
    )


def _beside(coalition, neighbours, page):
    """The address that lays a municipality beside its neighbours, on its first theme that is judged."""
    themes = [row.theme for row in page.rows if row.assessment] or [row.theme for row in page.rows]
    chosen = Selection(
        coalition.term.start_year,
        themes[0].slug if themes else "",
        municipalities=(coalition.municipality.slug, *(each.slug for each in neighbours)),
    )
    return f"{reverse('overview:compare')}?{chosen.query}"


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
