"""Frozen editions: the register, one of them with what changed since, its files, and withdrawing it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from municipalities.published import readers_only
from reports import actions
from reports.content.made import Made
from reports.differences import differences
from reports.forms import WithdrawForm
from reports.models import Edition, EditionFile
from reports.subjects import filename, subject_at
from reports.views.reports import as_file


@require_GET
@readers_only
def edition_list(request):
    """All of them, the withdrawn too."""
    return render(request, "reports/editions.html", {"editions": Edition.objects.for_display()})


@require_GET
@readers_only
def edition(request, pk):
    """One edition, and what the same report would say now."""
    return _page(request, _edition(pk), WithdrawForm())


def _page(request, edition, form):
    subject = subject_at(edition.kind, edition.year, edition.about)
    now = subject and subject.document(Made(timezone.now()))
    standing = Edition.objects.of(edition).filter(withdrawal=None)
    return render(
        request,
        "reports/edition.html",
        {
            "edition": edition,
            "subject": subject,
            "files": edition.files.defer("data"),
            "may_have_files": _may_have_files(request.user, edition),
            "differences": differences(edition.document, now) if now else [],
            "newer": standing.filter(number__gt=edition.number).order_by("number").last(),
            "form": form,
        },
    )


@require_GET
@readers_only
def edition_file(request, pk, format):
    """The file of an edition, to the byte as it was frozen; of a withdrawn one its page, which says why."""
    edition = _edition(pk)
    if not _may_have_files(request.user, edition):
        return redirect("reports:edition", pk)
    file = get_object_or_404(EditionFile, edition=edition, format=format)
    return as_file(bytes(file.data), format, filename(edition, format, edition.number))


@require_POST
@permission_required("reports.add_withdrawal", raise_exception=True)
def withdraw(request, pk):
    """Say that an edition doesn't count any more."""
    edition = _edition(pk)
    form = WithdrawForm(request.POST)
    if not edition.is_withdrawn and not form.is_valid():
        return _page(request, edition, form)
    try:
        actions.withdraw(edition, by=request.user, reason=form.cleaned_data.get("reason"))
        messages.success(request, "De editie is ingetrokken. Lezers zien de reden.")
    except IntegrityError:
        messages.warning(request, "Deze editie was al ingetrokken.")
    return redirect("reports:edition", pk)


def _edition(pk):
    return get_object_or_404(
        Edition.objects.select_related("frozen_by", "withdrawal__withdrawn_by"), pk=pk
    )


def _may_have_files(user, edition):
    """A withdrawn edition isn't handed out any more, except to who made it: VRT's own people."""
    return not edition.is_withdrawn or user.has_perm("assessments.view_assessment")
