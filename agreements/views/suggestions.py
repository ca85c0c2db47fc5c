"""The queue of suggestions: look at one, accept it, or say that it is not about the theme."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from agreements import actions
from agreements.forms.marking import RejectForm
from agreements.models import Suggestion
from agreements.queue import queue_of
from agreements.views import room
from agreements.views.last_action import remember


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
@vary_on_headers("HX-Request")
def suggestions(request, pk):
    """The queue of a version, from its first suggestion (of one theme, when asked)."""
    version = room.version_at(pk)
    return _show(request, version, queue_of(version, theme=room.theme_asked(request)))


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
@vary_on_headers("HX-Request")
def suggestion(request, pk):
    """One suggestion, or when it is decided the one that comes next."""
    suggestion = get_object_or_404(Suggestion, pk=pk)
    version = room.version_at(suggestion.version_id)
    queue = queue_of(version, theme=room.theme_asked(request), at=pk, after=suggestion.start)
    return _show(request, version, queue)


def _show(request, version, queue):
    if request.htmx:
        return room.part(request, version, "suggestion", queue=queue)
    return room.changed(request, version, "suggestion", places=[], queue=queue)


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def accept(request, pk):
    suggestion = get_object_or_404(Suggestion.objects.select_related("theme"), pk=pk)
    version = room.version_at(suggestion.version_id)
    try:
        with room.one_action(version) as change:
            passage = actions.accept(suggestion, by=request.user)
    except actions.Decided:
        return _too_late(request, version, suggestion)
    remember(request, version, change, f"voorstel {suggestion.theme} aangenomen")
    return _next(request, version, suggestion, passage=room.with_codings(passage.pk))


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def reject(request, pk):
    suggestion = get_object_or_404(Suggestion.objects.select_related("theme"), pk=pk)
    version = room.version_at(suggestion.version_id)
    form = RejectForm(request.POST)
    if not form.is_valid():
        queue = queue_of(version, theme=room.theme_asked(request), at=pk)
        return room.part(request, version, "suggestion", queue=queue, reject_form=form)
    try:
        with room.one_action(version) as change:
            actions.reject(suggestion, by=request.user, reason=form.cleaned_data["reason"])
    except actions.Decided:
        return _too_late(request, version, suggestion)
    remember(request, version, change, f"voorstel {suggestion.theme} afgewezen")
    return _next(request, version, suggestion)


def _too_late(request, version, suggestion):
    """Someone else was first: say what they decided, and go on with the next."""
    suggestion.refresh_from_db()
    problem = (
        f"{suggestion.decided_by} heeft dit voorstel al {suggestion.get_state_display()}. "
        "Hieronder staat het volgende."
    )
    return _next(request, version, suggestion, decided=problem)


def _next(request, version, suggestion, **context):
    queue = queue_of(version, theme=room.theme_asked(request), after=suggestion.start)
    places = [(suggestion.start, suggestion.end)]
    return room.changed(request, version, "suggestion", places=places, queue=queue, **context)
