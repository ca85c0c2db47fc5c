"""Undoing one's last action in the reading room."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from agreements import actions
from agreements.views import room
from agreements.views.last_action import forget, keep, last_action


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def undo(request, pk):
    version = room.version_at(pk)
    action = last_action(request, version)
    undone, places = None, []
    try:
        with room.one_action(version):
            if action is None:
                raise actions.NotUndoable("Er is niets om ongedaan te maken.")
            places = actions.undo(action["change"], version=version, by=request.user)
        undone, problem = f"Ongedaan gemaakt: {action['what']}.", None
    except actions.NotUndoable as reason:
        problem = str(reason)
    except IntegrityError:
        problem = room.CARRIES
    forget(request)
    if not request.htmx:
        (messages.error if problem else messages.success)(request, problem or undone)
        return keep(request, redirect(version))
    return room.changed(
        request,
        version,
        "undo",
        places=places,
        queue=room.queue_asked(request, version),
        undone=undone,
        problem_undoing=problem,
    )
