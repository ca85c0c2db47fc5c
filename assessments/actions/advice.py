"""Asking VRT for advice, answering, and making an answer public."""

import pghistory
from django.db import transaction
from django.utils import timezone

from assessments import advice_letters
from assessments.actions.refused import Refused, Stale
from assessments.advising import ACTS, AdviceState
from assessments.models.advice import AdviceMessage, AdviceRequest


@transaction.atomic
def ask_advice(request, *, question, by):
    """Ask VRT this on behalf of the municipality of `by`; the advisors get a mail."""
    request.municipality_id, request.asked_by = by.municipality_id, by
    with pghistory.context(user=by.pk):
        request.save()
        _send_message(request, question, by=by)
    advice_letters.tell_of_question(request)
    return request


@transaction.atomic
def assign_advice(request, *, to, by, seen):
    """Give a question to an advisor, who gets a mail unless they took it themselves. Raises Stale, Refused."""
    request = _take(request, "assign", by=by, seen=seen)
    request.assigned_to = to
    _step(request, "assign", by=by)
    if to != by:
        advice_letters.tell_of_assignment(request)
    return request


@transaction.atomic
def save_answer(request, *, text, by, seen, is_sent=False):
    """Keep an answer as a draft of VRT's, or send it; then the municipality gets a mail. Raises Stale, Refused."""
    act = "send" if is_sent else "draft"
    request = _take(request, act, by=by, seen=seen)
    draft = request.messages.drafts().first() or AdviceMessage(request=request, is_answer=True)
    draft.text, draft.author = text, by
    draft.sent_at = timezone.now() if is_sent else None
    with pghistory.context(user=by.pk):
        draft.save()
    _step(request, act, by=by)
    if is_sent:
        advice_letters.tell_of_answer(request)
    return request


@transaction.atomic
def close_advice(request, *, by, seen):
    """Close a question: it needs nothing any more. Raises Stale, Refused."""
    act = "close" if request.state == AdviceState.ANSWERED else "withdraw"
    return _step(_take(request, act, by=by, seen=seen), act, by=by)


@transaction.atomic
def follow_up(request, *, question, by, seen):
    """Ask on about what was answered or closed; the advisors get a mail. Raises Stale, Refused."""
    request = _take(request, "follow-up", by=by, seen=seen)
    with pghistory.context(user=by.pk):
        _send_message(request, question, by=by)
    _step(request, "follow-up", by=by)
    advice_letters.tell_of_question(request)
    return request


@transaction.atomic
def publish_advice(advice, *, answer, by):
    """Make this advice, drawn from an answer that was sent, readable for everyone. Raises Refused."""
    answers = AdviceMessage.objects.sent().select_for_update(of=["self"])
    answer = answers.select_related("request", "author").get(pk=answer.pk, is_answer=True)
    if answer.author_id == by.pk:
        raise Refused(
            "U schreef dit antwoord zelf. Vraag een andere eindredacteur om te publiceren."
        )
    if answer.published.public().exists():
        raise Refused("Dit antwoord is al gepubliceerd als advies. Trek dat eerst in.")
    advice.answer, advice.author, advice.published_by = answer, answer.author, by
    advice.is_fiction = answer.request.is_fiction
    with pghistory.context(user=by.pk):
        advice.save()
    return advice


@transaction.atomic
def withdraw_advice(advice, *, by):
    """Take published advice away from readers; it stays in the history."""
    advice.withdrawn_at = timezone.now()
    with pghistory.context(user=by.pk):
        advice.save(update_fields=["withdrawn_at"])


def _send_message(request, text, *, by):
    AdviceMessage.objects.create(request=request, text=text, author=by, sent_at=timezone.now())


def _take(request, act, *, by, seen):
    """The question as it is now, locked, if it is still the one that was seen and the table allows the act.

    `seen` is its edit number, as it came from the page.
    """
    request = (
        AdviceRequest.objects.select_for_update(of=["self"])
        .select_related("municipality", "theme", "assigned_to")
        .get(pk=request.pk)
    )
    if str(request.edit_number) != str(seen):
        raise Stale
    if not ACTS[act].is_open_to(by, request):
        raise Refused(
            f"Deze vraag is {request.get_state_display()}. Dit kan nu niet. Vernieuw de bladzijde."
        )
    return request


def _step(request, act, *, by):
    request.state = ACTS[act].to or request.state
    request.edit_number += 1
    with pghistory.context(user=by.pk):
        request.save()
    return request
