"""The facts about the municipalities and their coalitions, kept by the administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from municipalities.actions import save_municipality
from municipalities.changes import changes_of
from municipalities.edits import Stale, conflict_of, save_edit
from municipalities.forms import CoalitionForm, MunicipalityForm
from municipalities.models import Coalition, CouncilTerm, Municipality, Neighbour


@require_GET
@permission_required("municipalities.change_municipality", raise_exception=True)
def municipalities(request):
    coalitions = Coalition.objects.select_related("term").order_by("term__start_year")
    of_municipality = {}
    for coalition in coalitions:
        of_municipality.setdefault(coalition.municipality_id, []).append(coalition)
    return render(
        request,
        "municipalities/list.html",
        {
            "rows": [
                (municipality, of_municipality.get(municipality.pk, []))
                for municipality in Municipality.objects.all()
            ],
            "terms": CouncilTerm.objects.order_by("start_year"),
        },
    )


@require_http_methods(["GET", "POST"])
@permission_required("municipalities.change_municipality", raise_exception=True)
def municipality(request, municipality):
    row = get_object_or_404(Municipality, slug=municipality)
    name = str(row)
    form = MunicipalityForm(request.POST or None, instance=row, initial={"seen": row.edit_number})
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save_municipality(
                form.instance,
                neighbours=form.cleaned_data["neighbours"],
                by=request.user,
                seen=form.cleaned_data["seen"],
            )
        except Stale:
            conflict = conflict_of(form, Municipality.objects.get(pk=row.pk))
        else:
            messages.success(request, f"{row} is opgeslagen.")
            return redirect(request.path)
    return render(
        request,
        "municipalities/municipality.html",
        {
            "heading": name,
            "municipality": row,
            "form": form,
            "conflict": conflict,
            "coalitions": Coalition.objects.filter(municipality=row)
            .select_related("term")
            .order_by("term__start_year"),
            "changes": changes_of(row.events.all()),
            "neighbour_changes": changes_of(
                Neighbour.pgh_event_model.objects.filter(from_municipality=row),
                about="to_municipality",
            ),
        },
        status=409 if conflict else 200,
    )


@require_http_methods(["GET", "POST"])
@permission_required("municipalities.change_municipality", raise_exception=True)
def coalition(request, municipality, year):
    """The parties of a coalition, and what is known of its real agreement."""
    row = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    form = CoalitionForm(request.POST or None, instance=row, initial={"seen": row.edit_number})
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form.instance, by=request.user, seen=form.cleaned_data["seen"])
        except Stale:
            conflict = conflict_of(form, Coalition.objects.get(pk=row.pk))
        else:
            messages.success(request, f"De coalitie van {row} is opgeslagen.")
            return redirect("municipalities:municipality", municipality)
    return render(
        request,
        "municipalities/coalition.html",
        {
            "coalition": row,
            "form": form,
            "conflict": conflict,
            "changes": changes_of(row.events.all()),
        },
        status=409 if conflict else 200,
    )
