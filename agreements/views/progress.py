"""Who reads what, and how far they are."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from agreements import actions
from agreements.forms.progress import AssignmentForm, PageReadingForm, UnassignmentForm
from agreements.forms.upload import FileForm
from agreements.markup import read_button
from agreements.models import Agreement, AgreementVersion
from agreements.progress import readers_of, reading_progress


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def assign(request, pk):
    agreement = get_object_or_404(Agreement.objects.for_display(), pk=pk)
    form = AssignmentForm(request.POST)
    if not form.is_valid():
        return _agreement_page(request, agreement, form)
    actions.assign(agreement, **form.cleaned_data, by=request.user)
    reader = form.cleaned_data["reader"]
    who = "U" if reader == request.user else reader
    place = agreement.coalition.municipality
    messages.success(request, f"{who} leest nu {agreement} van {place}.")
    return _back(request, agreement)


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def unassign(request, pk):
    agreement = get_object_or_404(Agreement.objects.for_display(), pk=pk)
    form = UnassignmentForm(request.POST)
    if form.is_valid():  # if not, it was taken away by someone else: the page shows what is so
        actions.unassign(agreement, **form.cleaned_data)
        messages.success(request, "De toewijzing is weggehaald.")
    return _back(request, agreement)


def _agreement_page(request, agreement, form):
    return render(
        request,
        "agreements/agreement.html",
        {
            "agreement": agreement,
            "form": FileForm(),
            "readers": readers_of(agreement),
            "assignment_form": form,
        },
    )


def _back(request, agreement):
    """To the page that asked, if it is one of ours."""
    asked = request.POST.get("next", "")
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return redirect(asked if ours else f"{agreement.get_absolute_url()}#assignments")


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def page_read(request, pk):
    """Keep, or take back, that this person read a page or all pages up to and including one."""
    version = get_object_or_404(
        AgreementVersion.objects.ready().without_text().select_related("agreement"), pk=pk
    )
    form = PageReadingForm(request.POST, version=version)
    if not form.is_valid():
        return HttpResponseBadRequest(" ".join(form.non_field_errors()))
    change = actions.unread_pages if form.is_undone else actions.read_pages
    change(version, numbers=form.numbers, by=request.user)
    if not request.htmx:
        return redirect(f"{version.get_absolute_url()}#blz-{form.last}")
    return render(
        request,
        "agreements/_reading.html",
        {
            "version": version,
            "progress": reading_progress(version, request.user),
            "many": form.cleaned_data["until"],
            "buttons": [
                read_button(number, is_read=not form.is_undone, swap=True)
                for number in form.numbers
            ],
        },
    )
