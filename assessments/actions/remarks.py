"""A reviewer's remarks: made, answered, resolved."""

from django.db import transaction
from django.utils import timezone

from assessments.actions.moving import take
from assessments.actions.refused import Refused
from assessments.models import Remark


@transaction.atomic
def remark(new, *, by, seen):
    """Make a remark on a field or a quote of a judgement that lies before the editors."""
    new.assessment = take(new.assessment, "remark", by=by, seen=seen)
    new.author = by
    new.quote = new.passage.quote if new.passage else ""
    new.save()
    return new


@transaction.atomic
def answer_remark(remark, *, by, text):
    """Answer a remark, or answer it anew while it isn't resolved. Raises Refused."""
    remark = _take(remark, "answer-remark", by=by)
    if not text.strip():
        raise Refused("Schrijf eerst een antwoord.")
    remark.answer, remark.answered_by, remark.answered_at = text.strip(), by, timezone.now()
    remark.save(update_fields=["answer", "answered_by", "answered_at"])
    return remark


@transaction.atomic
def resolve_remark(remark, *, by):
    """Call a remark dealt with; any reviewer may, also when who made it is gone. Raises Refused."""
    remark = _take(remark, "resolve", by=by)
    remark.resolved_by, remark.resolved_at = by, timezone.now()
    remark.save(update_fields=["resolved_by", "resolved_at"])
    return remark


def _take(remark, key, *, by):
    assessment = remark.assessment
    take(assessment, key, by=by, seen=assessment.edit_number)
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    if remark.resolved_at:
        raise Refused("Deze opmerking is intussen afgehandeld. Vernieuw de bladzijde.")
    return remark
