"""The agreements and their files."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements import actions
from agreements.download import as_download
from agreements.forms.progress import AssignmentForm
from agreements.forms.upload import FileForm, UploadForm
from agreements.intake.refusal import Refused
from agreements.models import Agreement, AgreementVersion
from agreements.progress import readers_of
from agreements.tasks import read_version
from municipalities.models import Coalition, CouncilTerm


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
def agreement_list(request, year=None):
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    coalitions = Coalition.objects.for_term(term).order_by("municipality__name")
    by_coalition = {}
    for agreement in Agreement.objects.for_term(term).for_display():
        by_coalition.setdefault(agreement.coalition_id, []).append(agreement)
    rows = [(coalition, by_coalition.get(coalition.pk, [])) for coalition in coalitions]
    present = sum(any(agreement.current for agreement in agreements) for _, agreements in rows)
    return render(
        request,
        "agreements/list.html",
        {"terms": CouncilTerm.objects.all(), "term": term, "rows": rows, "present": present},
    )


@require_http_methods(["GET", "POST"])
@permission_required("agreements.add_agreement", raise_exception=True)
def agreement_create(request):
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        initial={"coalition": request.GET.get("coalitie")},
    )
    if request.method == "POST" and form.is_valid():
        version = _upload(
            form, form.instance, by=request.user, parties=form.cleaned_data["parties"]
        )
        if version:
            return redirect(version)
    return render(request, "agreements/create.html", {"form": form})


@transaction.atomic
def _upload(form, agreement, *, by, parties=()):
    """Take in the form's file and have it read; a refusal becomes an error beside the file."""
    try:
        version = actions.upload(agreement, file=form.cleaned_data["file"], by=by)
    except Refused as refusal:
        form.add_error("file", refusal.reason)
        return None
    if parties:
        agreement.coalition.parties = parties
        agreement.coalition.save(update_fields=["parties"])
    transaction.on_commit(lambda: read_version.defer(pk=version.pk))
    return version


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
def agreement(request, pk):
    agreement = get_object_or_404(Agreement.objects.for_display(), pk=pk)
    return _agreement_page(request, agreement, FileForm())


def _agreement_page(request, agreement, form):
    return render(
        request,
        "agreements/agreement.html",
        {
            "agreement": agreement,
            "form": form,
            "readers": readers_of(agreement),
            "assignment_form": AssignmentForm(),
        },
    )


@require_POST
@permission_required("agreements.add_agreement", raise_exception=True)
def version_create(request, pk):
    agreement = get_object_or_404(Agreement.objects.for_display(), pk=pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        version = _upload(form, agreement, by=request.user)
        if version:
            messages.success(request, "Het bestand is geüpload.")
            return redirect(version)
    return _agreement_page(request, agreement, form)


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
def version_file(request, pk):
    version = get_object_or_404(AgreementVersion.objects.without_text().exclude(file=""), pk=pk)
    return as_download(version, name=version.original_name)
