"""The reading room: one version, its text, and the passages marked in it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from agreements import actions
from agreements.forms.marking import CodingForm, MarkForm
from agreements.models import AgreementVersion, Coding, Passage, lit_passage
from agreements.views import room
from agreements.views.last_action import remember


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
@vary_on_headers("HX-Request")
def version(request, pk):
    """A version that is ready is read; one that isn't shows how far it is (and asks again by HTMX)."""
    version = get_object_or_404(
        AgreementVersion.objects.select_related(
            "agreement__coalition__municipality", "agreement__coalition__term"
        ),
        pk=pk,
    )
    if version.is_ready and not request.htmx:
        return room.whole(request, version)
    template = "agreements/_state.html" if request.htmx else "agreements/state.html"
    response = render(request, template, {"version": version})
    if request.htmx and version.is_ready:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
def passages(request, pk):
    """All passages of a version as a list to look through."""
    version = room.version_at(pk)
    return render(
        request,
        "agreements/passages.html",
        {
            "version": version,
            "agreement": version.agreement,
            "passages": Passage.objects.filter(version=version).for_display(),
        },
    )


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def passage_create(request, pk):
    version = get_object_or_404(AgreementVersion.objects.ready(), pk=pk)
    form = MarkForm(request.POST, version=version)
    coding = None
    if form.is_valid():
        theme, suggestion = form.cleaned_data["theme"], form.cleaned_data["suggestion"]
        place = {name: form.cleaned_data[name] for name in ("start", "end")}
        coding = Coding(theme=theme, suggestion=suggestion)
        try:
            with room.one_action(version) as change:
                passage, is_new = actions.mark(version, **place, coding=coding, by=request.user)
        except IntegrityError:
            form.add_error(None, "Deze passage heeft deze codering al.")
    if form.errors:
        response = room.part(request, version, "mark_form", form=form)
        response.headers["HX-Retarget"] = "#mark-form"
        return response
    remember(request, version, change, f"gemarkeerd als {theme}", theme=theme)
    # Of a new passage all is known; asking for it again would take as long as marking it.
    card = {"codings": [coding], "measures": []} if is_new else {}
    return room.changed(
        request,
        version,
        "passage",
        places=[(passage.start, passage.end), *_place_of(suggestion)],
        passage=passage,
        fresh=coding,
        queue=room.queue_asked(request, version) if coding.suggestion_id else None,
        **card,
    )


def _place_of(suggestion):
    return [(suggestion.start, suggestion.end)] if suggestion else []


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
@vary_on_headers("HX-Request")
def passage(request, pk):
    """The card of one passage; an ordinary browser gets the document with the passage lit."""
    passage = get_object_or_404(Passage.objects.for_display(), pk=pk)
    version = room.version_at(passage.version_id)
    if not request.htmx:
        return redirect(lit_passage(version.get_absolute_url(), pk))
    return room.part(request, version, "passage", passage=passage)


@require_http_methods(["GET", "POST"])
@permission_required("agreements.add_passage", raise_exception=True)
@vary_on_headers("HX-Request")
def coding_change(request, pk):
    coding = get_object_or_404(Coding.objects.select_related("passage", "theme"), pk=pk)
    version = room.version_at(coding.passage.version_id)
    form = _form_of(coding, version, request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _card(request, version, coding, editing=form)
    try:
        with room.one_action(version) as change:
            actions.recode(form.instance, seen=form.cleaned_data["seen"])
    except actions.Stale:
        return _conflict(request, version, form)
    except IntegrityError as problem:
        double = "one_coding_per_focus_point" in str(problem)
        form.add_error(None, "Deze passage heeft deze codering al." if double else room.CARRIES)
        return _card(request, version, coding, editing=form)
    remember(request, version, change, "codering gewijzigd")
    passage = room.with_codings(coding.passage_id)
    places = [(passage.start, passage.end)]
    return room.changed(request, version, "passage", places=places, passage=passage)


def _form_of(coding, version, data=None):
    return CodingForm(
        data,
        instance=coding,
        initial={"seen": coding.edit_number},
        term=version.agreement.coalition.term,
        auto_id="coding_%s",
    )


def _card(request, version, coding, **context):
    passage = room.with_codings(coding.passage_id)
    return room.part(request, version, "passage", passage=passage, **context)


def _conflict(request, version, form):
    """Someone else changed this coding: show what they saved, and keep what was typed here."""
    stored = (
        Coding.objects.select_related("theme", "focus_point").filter(pk=form.instance.pk).first()
    )
    if stored is None:
        messages.error(request, "Iemand anders heeft deze codering intussen verwijderd.")
        return redirect(version)
    form.data = form.data.copy()
    form.data["seen"] = stored.edit_number
    return _card(request, version, stored, editing=form, stored=stored, status=409)


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def coding_delete(request, pk):
    coding = get_object_or_404(Coding.objects.select_related("passage", "theme"), pk=pk)
    passage, version = coding.passage, room.version_at(coding.passage.version_id)
    try:
        with room.one_action(version) as change:
            actions.uncode(coding, by=request.user)
    except IntegrityError:
        return _card(request, version, coding, problem=room.CARRIES)
    remember(request, version, change, f"codering {coding.theme} verwijderd")
    return room.changed(
        request,
        version,
        "passage",
        places=[(passage.start, passage.end)],
        passage=room.with_codings(passage.pk) if passage.pk else None,
        queue=room.queue_asked(request, version),
    )
