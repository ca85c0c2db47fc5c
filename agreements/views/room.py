"""What the reading room shows: the whole of it, or only the parts that a change touched."""

import pghistory
from django.shortcuts import get_object_or_404, redirect, render

from agreements.forms.marking import MarkForm
from agreements.marks import marks_of
from agreements.markup import draw, read_button
from agreements.models import AgreementVersion, Passage, lit_passage
from agreements.news import moment
from agreements.progress import reading_progress
from agreements.queue import queue_of
from agreements.reading import lay_out
from agreements.views.last_action import keep, last_action, last_theme
from themes.models import Theme

CARRIES = (
    "Deze codering draagt een beoordeling die wordt nagekeken of gepubliceerd is. Zij kan niet anders worden of weg "
    "zolang die beoordeling geldt."
)


def version_at(pk):
    """The version at this address, with its coalition; its long text comes when it is asked for."""
    return get_object_or_404(
        AgreementVersion.objects.ready()
        .without_text()
        .select_related("agreement__coalition__municipality", "agreement__coalition__term"),
        pk=pk,
    )


def one_action(version):
    """Keep what one request changes together, so that it can be undone together."""
    return pghistory.context(version=version.pk)


def whole(request, version, *, status=200, **context):
    """The reading room as a page."""
    shown = context.get("passage") or _passage(version, request.GET.get("passage"))
    pages = lay_out(
        version.text,
        version.spans,
        version.headings,
        marks_of(version),
        lit=str(shown.pk) if shown else None,
    )
    form = MarkForm(version=version)
    context = {"form": form} | context | {"passage": shown}
    parts = _parts(request, version, context)
    if "queue" not in parts:
        parts["queue"] = queue_asked(request, version)
    progress = reading_progress(version, request.user)
    buttons = [read_button(page.number, is_read=page.number in progress.numbers) for page in pages]
    parts |= {
        "pages": zip(draw(pages, linked=True), buttons, strict=True),
        "agreement": version.agreement,
        "progress": progress,
        # a first version has nothing to carry over
        "waiting": version.anchorings.open().count() if version.number > 1 else 0,
    }
    return render(request, "agreements/reading_room.html", parts, status=status)


def part(request, version, name, *, status=200, **context):
    """One part of the panel for HTMX; the whole room for an ordinary browser."""
    if not request.htmx:
        return whole(request, version, status=status, **context)
    return render(
        request, f"agreements/_{name}.html", _parts(request, version, context), status=status
    )


def changed(request, version, name, *, places, **context):
    """The part that asked for a change, with the others and the pages that the change touched.

    `places` are the stretches [(start, end), ...] of the text that look different now; `queue` comes
    with a change of the suggestions. An ordinary browser goes to what is up now.
    """
    passage, queue = context.get("passage"), context.get("queue")
    if not request.htmx:
        there = version.get_absolute_url()
        if name == "suggestion" and queue and queue.suggestion:
            pk = queue.suggestion.pk
            theme = f"&thema={queue.theme.slug}" if queue.theme else ""
            there = f"{there}?voorstel={pk}{theme}#voorstel-{pk}"
        elif passage:
            there = lit_passage(there, passage.pk)
        return keep(request, redirect(there))
    context |= {"main": name, "pages": pages_at(version, places, lit=passage)}
    parts = _parts(request, version, context)
    return keep(request, render(request, "agreements/_changed.html", parts))


def with_codings(pk):
    """A passage with all that its card shows; None when it isn't there (any more)."""
    return Passage.objects.for_display().filter(pk=pk).first()


def theme_asked(request):
    """The theme whose suggestions this person goes through, as the address or the form says."""
    slug = request.POST.get("thema") or request.GET.get("thema")
    return Theme.objects.filter(slug=slug).first() if slug else None


def _parts(request, version, context):
    """What the parts of the panel show, completed with what every answer needs."""
    passage = context.get("passage")
    if passage and "codings" not in context:
        context |= {"codings": passage.codings.all(), "measures": passage.measures.all()}
    return context | {
        "version": version,
        "moment": moment(),
        "themes": Theme.objects.all(),
        "last_action": last_action(request, version),
        "last_theme": last_theme(request),
    }


def queue_asked(request, version):
    """The queue as the address asks for it: of a theme, at a suggestion."""
    return queue_of(version, theme=theme_asked(request), at=_number(request.GET.get("voorstel")))


def _passage(version, asked):
    pk = _number(asked)
    return Passage.objects.for_display().filter(version=version, pk=pk).first() if pk else None


def _number(asked):
    return int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 18 else None


def pages_at(version, places, *, lit=None):
    """The pages that these stretches touch, drawn anew, to take the place of those on screen."""
    pages = [
        page
        for page in version.spans
        if any(page.start < end and start < page.end for start, end in places)
    ]
    if not pages:
        return []
    marks = marks_of(version, start=pages[0].start, end=pages[-1].end)
    lit = str(lit.pk) if lit else None
    laid_out = lay_out(version.text, pages, version.headings, marks, lit=lit)
    return draw(laid_out, linked=True, swap=True)
