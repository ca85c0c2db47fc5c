"""How far the fourteen are with their agreements: one table, kept row by row."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from municipalities.changes import changes_of
from municipalities.edits import Stale, conflict_of, save_edit
from municipalities.forms import FormationForm
from municipalities.models import Coalition, CouncilTerm, Formation, FormationState
from municipalities.published import readers_only


@require_GET
@readers_only
def formation(request, year=None):
    """The formation of every coalition of one council term."""
    return _page(request, get_object_or_404(CouncilTerm.objects.starting(year)))


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
@permission_required("municipalities.change_coalition", raise_exception=True)
def formation_change(request, year, municipality):
    """Edit one row of the table; by HTMX in its place, else as the same table with that row open."""
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    row = Formation.objects.filter(coalition=coalition).first() or Formation(
        coalition=coalition, edit_number=0
    )
    form = FormationForm(
        request.POST or None, instance=row, initial={"seen": row.edit_number}, prefix=municipality
    )
    if request.method == "GET" or not form.is_valid():
        return _row(request, coalition, form)
    try:
        save_edit(form.instance, by=request.user, seen=form.cleaned_data["seen"])
    except Stale:
        stored = Formation.objects.get(coalition=coalition)
        return _row(request, coalition, form, conflict=conflict_of(form, stored), status=409)
    if request.htmx:
        context = {"coalition": coalition, "formation": form.instance, "is_saved": True}
        return render(request, "municipalities/_formation_row.html", context)
    messages.success(request, f"De formatie van {coalition.municipality} is opgeslagen.")
    return HttpResponseRedirect(
        f"{reverse('municipalities:formation', args=[year])}#{municipality}"
    )


def _row(request, coalition, form, *, conflict=None, status=200):
    open_row = {"coalition": coalition, "form": form, "conflict": conflict}
    if request.htmx:
        return render(request, "municipalities/_formation_form.html", open_row, status=status)
    return _page(request, coalition.term, open_row=open_row, status=status)


def _page(request, term, *, open_row=None, status=200):
    coalitions = (
        Coalition.objects.for_term(term).select_related("formation").order_by("municipality__name")
    )
    rows = [(coalition, getattr(coalition, "formation", None)) for coalition in coalitions]
    known = [row.state for _, row in rows if row and row.state]
    context = {
        "term": term,
        "terms": CouncilTerm.objects.all(),
        "rows": rows,
        "counts": [(state.label, known.count(state)) for state in FormationState],
        "unknown": len(rows) - len(known),
        "holds_invented": any(row and row.is_fiction for _, row in rows),
        **(open_row or {}),
    }
    if request.user.has_perm("municipalities.change_coalition"):
        events = Formation.pgh_event_model.objects.filter(coalition__term=term)
        context["changes"] = changes_of(events, about="coalition__municipality")
    return render(request, "municipalities/formation.html", context, status=status)
