"""VRT's answer to what a municipality said."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.models import Reply
from assessments.views.desk import Desk, back_to, show, who_may

CHANGED = (
    "De reactie of het antwoord is intussen gewijzigd. Hieronder staat hoe het nu is. Uw antwoord staat nog in het "
    "veld en is niet verloren. Pas het zo nodig aan en sla het dan op."
)


@require_POST
@who_may("answer-reply")
def answer_reply(request, pk):
    """Answer the reply in the open round, or answer it anew."""
    given = get_object_or_404(
        Reply.objects.select_related(
            "assessment__coalition__municipality",
            "assessment__coalition__term",
            "assessment__theme",
        ),
        pk=pk,
    )
    text, seen = request.POST.get("answer", ""), request.POST.get("seen", "")
    try:
        actions.answer_reply(given, by=request.user, text=text, seen=seen)
    except (actions.Stale, actions.Refused) as refused:
        problem = CHANGED if isinstance(refused, actions.Stale) else str(refused)
        desk = Desk(given.assessment.coalition, given.assessment.theme)
        typed = {"reply_answer": text}
        return show(request, desk, problem=problem, typed=typed, status=409)
    messages.success(request, "Het antwoord is opgeslagen.")
    return back_to(given.assessment, "#replies")
