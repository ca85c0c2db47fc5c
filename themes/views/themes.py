"""The six themes, kept by the administrator: name, letter and order. There are always six."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from municipalities.changes import changes_of
from municipalities.edits import Stale, conflict_of, save_edit
from themes import actions
from themes.forms import ThemeForm
from themes.models import Theme


@require_GET
@permission_required("themes.change_theme", raise_exception=True)
def themes(request):
    return render(
        request,
        "themes/list.html",
        {
            "themes": Theme.objects.all(),
            "changes": changes_of(Theme.pgh_event_model.objects.all(), about="name"),
        },
    )


@require_http_methods(["GET", "POST"])
@permission_required("themes.change_theme", raise_exception=True)
def theme(request, theme):
    row = get_object_or_404(Theme, slug=theme)
    name = str(row)
    form = ThemeForm(request.POST or None, instance=row, initial={"seen": row.edit_number})
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form.instance, by=request.user, seen=form.cleaned_data["seen"])
        except Stale:
            conflict = conflict_of(form, Theme.objects.get(pk=row.pk))
        else:
            messages.success(request, f"{row} is opgeslagen.")
            return redirect("themes:list")
    return render(
        request,
        "themes/theme.html",
        {
            "heading": name,
            "theme": row,
            "form": form,
            "conflict": conflict,
            "changes": changes_of(Theme.pgh_event_model.objects.filter(pgh_obj=row)),
        },
        status=409 if conflict else 200,
    )


@require_POST
@permission_required("themes.change_theme", raise_exception=True)
def theme_move(request, theme):
    """Let a theme change places with the one before it, or after it with `down`."""
    row = get_object_or_404(Theme, slug=theme)
    if "down" in request.POST:
        other = Theme.objects.filter(number__gt=row.number).first()
    else:
        other = Theme.objects.filter(number__lt=row.number).last()
    if other:
        actions.swap_themes(row, other=other, by=request.user)
        messages.success(request, f"{row} en {other} zijn van plaats gewisseld.")
    return redirect("themes:list")
