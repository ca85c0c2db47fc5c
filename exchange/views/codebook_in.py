"""A codebook that comes in: first what it would change, and then the draft."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agreements import actions as agreement_actions
from agreements.tasks import update_suggestions
from exchange import incoming
from exchange.adoption import adopt, plan
from exchange.forms import CodebookForm, KeptCodebookForm
from municipalities.edits import Stale
from themes.chapters import names_of
from themes.models import RegionalInput, Theme


@require_http_methods(["GET", "POST"])
@permission_required("themes.change_regionalinput", raise_exception=True)
def codebook_in(request, year):
    """Choose a file and see what it changes; then make that the draft of this regional input."""
    row = get_object_or_404(RegionalInput.objects.select_related("term"), term__start_year=year)
    if request.method != "POST":
        return _page(request, row)
    wants = "apply" in request.POST
    form = KeptCodebookForm(request.POST) if wants else CodebookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, row, lost=form) if wants else _page(request, row, form=form)
    codebook = incoming.read(form.content, themes=names_of(Theme.objects.all()), term=str(row.term))
    if codebook.mistakes:
        return _page(request, row, mistakes=codebook.mistakes)
    planned = plan(row, codebook, has_terms=request.user.has_perm("themes.change_term"))
    wants = wants and not planned.is_empty
    if wants and form.cleaned_data["previewed"] == planned.digest and _do(row, planned, request):
        messages.success(request, "Het codeboek is overgenomen. Lees het concept na.")
        return redirect("themes:input-edit", year)
    kept = KeptCodebookForm.of(form.content)
    return _page(request, row, plan=planned, kept=kept, is_changed=wants)


def _do(row, planned, request):
    """Whether it was done; not when someone else saved at this very moment."""
    try:
        with transaction.atomic():
            adopt(row, planned, by=request.user)
            if planned.terms:
                update_suggestions.defer()
    except (Stale, agreement_actions.Stale):
        return False
    return True


def _page(request, row, **context):
    context = {"row": row, "term": row.term, "form": CodebookForm(), **context}
    return render(request, "exchange/codebook_in.html", context)
