"""The region at a glance: the matrix, the themes, and the white spots."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agreements.models import Coding
from assessments.models import Level
from municipalities.models import CouncilTerm
from municipalities.published import municipality_of, readers_only
from overview import sentences
from overview.places import neighbours_of, places_of
from overview.region import NOT_JUDGED, Filter, region_of
from overview.remembering import drawn
from overview.views.terms import terms_with
from overview.white_spots import COLUMNS, rows_for, white_spots_of_region
from themes.models import Theme


@require_GET
@readers_only
def matrix(request, year=None):
    terms, term = terms_with(year)
    own = municipality_of(request.user)
    return render(
        request,
        "overview/matrix.html",
        {
            "terms": terms,
            "term": term,
            "content": drawn(
                "overview/_region.html",
                term.pk,
                own,
                *(request.GET.get(part, "") for part in Filter.PARTS),
                context=lambda: {
                    "term": term,
                    "own": own,
                    "region": region_of(term, request.GET),
                    "levels": Level,
                    "strengths": Coding.Strength,
                    "not_judged": NOT_JUDGED,
                },
            ),
        },
    )


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
def white_spots(request, year):
    """Which focus points the agreements lack, of all themes or of one; and who could help."""
    terms, term = terms_with(year)
    asked, named = request.GET.get("thema"), request.GET.get("gemeente")
    own = municipality_of(request.user)
    return render(
        request,
        "overview/white_spots.html",
        {
            "terms": terms,
            "term": term,
            "content": drawn(
                "overview/_all_white_spots.html",
                term.pk,
                asked,
                named,
                own if named is None else None,
                context=lambda: _spots(term, asked, named, own),
            ),
        },
    )


def _spots(term, asked, named, municipality):
    """The spots of the theme that is asked for, with allies of the municipality that is named, or one's own."""
    places, themes = places_of(term), list(Theme.objects.all())
    chosen = next((each for each in themes if each.slug == asked), None)
    own = next(
        (
            place
            for place in places.values()
            if (place.slug == named if named is not None else place.municipality == municipality)
        ),
        None,
    )
    key = own.municipality if own else None
    spots = [s for s in white_spots_of_region(term) if chosen in (None, s.point.theme)]
    rows = rows_for(spots, municipality=key, neighbours=neighbours_of(key))
    return {
        "term": term,
        "themes": themes,
        "chosen": chosen,
        "places": places.values(),
        "own": own,
        "columns": COLUMNS,
        "rows": rows,
        "wanting": [row for row in rows if row.is_wanting],
    }
