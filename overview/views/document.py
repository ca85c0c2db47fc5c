"""A document of a municipality, for who may read it: its text, its file, and where its words stand."""

from collections import Counter

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agreements.download import as_download
from agreements.markup import draw
from agreements.models import Page
from agreements.reading import FOUND_PER_PAGE, found_words, lay_out
from municipalities.models import Coalition
from municipalities.published import readers_only
from overview.content import published_marks, readable_versions, words_to_light
from themes.models import Theme


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
