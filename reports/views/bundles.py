"""All municipality reports of a term as one zip, made by the worker."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from municipalities.models import CouncilTerm
from reports import actions
from reports.forms import BundleForm
from reports.models import Bundle
from reports.tasks import make_bundle


@require_POST
@permission_required("reports.add_bundle", raise_exception=True)
def bundle_create(request, year):
    term = get_object_or_404(CouncilTerm, start_year=year)
    form = BundleForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["format"][0])
        return redirect("reports:list", year)
    bundle = actions.ask_bundle(term, format=form.cleaned_data["format"], by=request.user)
    transaction.on_commit(lambda: make_bundle.defer(pk=bundle.pk))
    return redirect("reports:bundle", bundle.pk)


@require_GET
@permission_required("reports.add_bundle", raise_exception=True)
def bundle(request, pk):
    """How far it is; asks for itself again until it is done."""
    bundle = get_object_or_404(Bundle.objects.select_related("term"), pk=pk)
    template = "reports/_bundle.html" if request.htmx else "reports/bundle.html"
    return render(request, template, {"bundle": bundle, "term": bundle.term})


@require_GET
@permission_required("reports.add_bundle", raise_exception=True)
def bundle_file(request, pk):
    bundle = get_object_or_404(
        Bundle.objects.select_related("term").exclude(file=""), pk=pk, state=Bundle.State.READY
    )
    name = f"gemeenterapporten-{bundle.term.start_year}-{bundle.format}.zip"
    return FileResponse(bundle.file.open("rb"), as_attachment=True, filename=name)
