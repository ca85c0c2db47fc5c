"""The terms of the theme detection: what they are, and what other ones would do."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from agreements import actions
from agreements.forms.terms import TermsForm
from agreements.models import Suggestion
from agreements.preview import preview
from agreements.tasks import update_suggestions
from agreements.track_record import track_record
from themes.detection import LIMIT, SEARCH_WEIGHT
from themes.models import Term, Theme
from themes.term_list import Line, differences, in_order, write
from themes.terms import EXPLANATION


@require_GET
@permission_required("themes.change_term", raise_exception=True)
def terms(request):
    """Per theme how many terms there are, and what became of what they proposed."""
    counted = (
        Suggestion.objects.in_current_versions()
        .exclude(reasons=[])  # a hit that was dealt with, but never proposed
        .order_by()
        .values_list("theme", "state")
        .annotate(number=Count("pk"))
    )
    numbers = {(theme, state): number for theme, state, number in counted}
    rows = [
        (
            theme,
            {state.name.lower(): numbers.get((theme.pk, state), 0) for state in Suggestion.State},
        )
        for theme in Theme.objects.annotate(term_count=Count("terms")).order_by("number")
    ]
    return render(request, "agreements/terms.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@permission_required("themes.change_term", raise_exception=True)
def theme_terms(request, theme):
    """Edit the terms of a theme in two steps: look at the effect, and then save what was looked at."""
    theme = get_object_or_404(Theme, slug=theme)
    stored = _stored(theme)
    form = TermsForm(
        request.POST or None,
        theme=theme,
        initial={"terms": write(stored), "seen": theme.terms_edit},
    )
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, stored)
    if form.is_stale:
        return _conflict(request, form)
    lines = form.cleaned_data["terms"]
    if "save" in request.POST and form.is_previewed:
        try:
            with transaction.atomic():
                actions.save_terms(theme, lines, by=request.user, seen=theme.terms_edit)
                update_suggestions.defer()
        except actions.Stale:
            return _conflict(request, form)
        messages.success(request, "De termen zijn opgeslagen. De voorstellen worden bijgewerkt.")
        return redirect(request.path)
    form.show(previewed=form.digest())
    return _page(
        request,
        form,
        stored,
        preview=preview(theme, before=stored, after=lines),
        not_previewed="save" in request.POST,
    )


def _stored(theme):
    rows = Term.objects.filter(theme=theme).values_list("text", "weight")
    return in_order(Line(text, weight) for text, weight in rows)


def _conflict(request, form):
    """Someone else saved meanwhile: show both texts; looking again is what it takes to save over it."""
    theme = form.theme
    theme.refresh_from_db()
    stored, mine = _stored(theme), in_order(form.cleaned_data["terms"])
    differing = differences(stored, mine)
    texts = {difference.text for difference in differing}
    form.show(seen=theme.terms_edit, previewed="")
    conflict = {
        "who": _last_editor(theme),
        "differences": differing,
        "theirs": [(line, line.text in texts) for line in stored],
        "mine": [(line, line.text in texts) for line in mine],
    }
    return _page(request, form, stored, conflict=conflict, status=409)


def _last_editor(theme):
    event = (
        Term.pgh_event_model.objects.filter(theme=theme)
        .select_related("pgh_context")
        .order_by("-pgh_id")
        .first()
    )
    who = event.pgh_context.metadata.get("user") if event and event.pgh_context else None
    return get_user_model().objects.filter(pk=who).first() if who else None


def _page(request, form, stored, *, status=200, **context):
    return render(
        request,
        "agreements/theme_terms.html",
        {
            "theme": form.theme,
            "themes": Theme.objects.all(),
            "form": form,
            "count": len(stored),
            "record": track_record(form.theme, stored),
            "explanation": EXPLANATION,
            "limit": LIMIT,
            "search_weight": SEARCH_WEIGHT,
            **context,
        },
        status=status,
    )
