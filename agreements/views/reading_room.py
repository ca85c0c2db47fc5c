"""Views of the reading room: one version, its text, and the passages marked in it."""

from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from agreements import actions
from agreements.forms import MarkForm, RecodingForm
from agreements.models import AgreementVersion, Coding, Passage
from agreements.reading import Mark, lay_out

_CARRIES = (
    "Deze codering draagt een gepubliceerde beoordeling. Zij kan niet anders worden of weg "
    "zolang die beoordeling geldt."
)


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
@vary_on_headers("HX-Request")
def version(request, pk):
    """A version that is ready is read; one that isn't shows how far it is (and asks again by HTMX)."""
    version = _version(pk)
    if version.is_ready and not request.htmx:
        return render(request, "agreements/reading_room.html", _room(request, version))
    template = "agreements/_state.html" if request.htmx else "agreements/state.html"
    response = render(request, template, {"version": version})
    if request.htmx and version.is_ready:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def passage_create(request, pk):
    version = _version(pk)
    form = MarkForm(request.POST, version=version)
    passage = None
    if form.is_valid():
        place = {name: form.cleaned_data[name] for name in ("start", "end")}
        try:
            with transaction.atomic():
                passage = actions.mark(version, **place, coding=form.instance, by=request.user)
        except IntegrityError:
            form.add_error(None, "Deze passage heeft deze codering al.")
    if passage is None:
        return _answer(request, version, form=form)
    return _answer(request, version, touched=passage)


@require_http_methods(["GET", "POST"])
@permission_required("agreements.add_passage", raise_exception=True)
@vary_on_headers("HX-Request")
def coding_change(request, pk):
    coding = get_object_or_404(Coding.objects.select_related("passage"), pk=pk)
    version = _version(coding.passage.version_id)
    form = RecodingForm(
        request.POST or None,
        version=version,
        instance=coding,
        initial={"seen": coding.edit_number},
        auto_id="recode_%s",  # the form to mark stands on the same page
    )
    if request.method == "GET" or not form.is_valid():
        return _answer(request, version, editing=form)
    try:
        with transaction.atomic():
            actions.recode(form.instance, seen=form.cleaned_data["seen"])
    except actions.Stale:
        return _conflict(request, version, form)
    except IntegrityError as problem:
        double = "one_coding_per_focus_point" in str(problem)
        form.add_error(None, "Deze passage heeft deze codering al." if double else _CARRIES)
        return _answer(request, version, editing=form)
    return _answer(request, version, touched=coding.passage)


def _conflict(request, version, form):
    """Someone else changed this coding: show what they saved, and keep what was typed here."""
    stored = Coding.objects.select_related("theme", "focus_point").get(pk=form.instance.pk)
    form.data = form.data.copy()
    form.data["seen"] = stored.edit_number
    response = _answer(request, version, editing=form, stored=stored)
    response.status_code = 409
    return response


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def coding_delete(request, pk):
    coding = get_object_or_404(Coding.objects.select_related("passage"), pk=pk)
    passage, version = coding.passage, _version(coding.passage.version_id)
    try:
        with transaction.atomic():
            actions.uncode(coding, by=request.user)
    except IntegrityError:
        return _answer(request, version, problem=_CARRIES)
    return _answer(request, version, touched=passage)


def _version(pk):
    return get_object_or_404(
        AgreementVersion.objects.select_related(
            "agreement__coalition__municipality", "agreement__coalition__term"
        ),
        pk=pk,
    )


def _answer(request, version, *, touched=None, **context):
    """The panel and the pages that changed, for HTMX; the whole room for an ordinary browser."""
    if not request.htmx:
        if touched and not context:
            return redirect(
                f"{version.get_absolute_url()}?passage={touched.pk}#passage-{touched.pk}"
            )
        return render(request, "agreements/reading_room.html", _room(request, version, **context))
    numbers = range(touched.first_page, touched.last_page + 1) if touched else ()
    room = _room(request, version, numbers=numbers, **context)
    return render(request, "agreements/_marking.html", room)


def _room(request, version, *, numbers=None, form=None, editing=None, **context):
    passages = list(Passage.objects.filter(version=version).for_display())
    pages = version.pages.without_words()
    if numbers is not None:
        pages = pages.filter(number__in=numbers)
    return context | {
        "version": version,
        "agreement": version.agreement,
        "passages": passages,
        "form": form or MarkForm(version=version),
        "editing": editing,
        "pages": lay_out(
            version.text,
            pages,
            version.headings,
            [Mark.of(passage, passage.codings.all()) for passage in passages],
            lit=request.GET.get("passage"),
        ),
    }
