"""Brings judgements of the demo to every place on the way to publication, by the actions of people."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agreements.models import AgreementVersion
from assessments import actions
from assessments.models import Assessment, Remark, Reply
from assessments.workflow import Status
from demo.loading import write_draft
from municipalities.models import Coalition
from themes.models import Theme

DAYS = 14  # from asking to the deadline


@transaction.atomic
def load_judgements(rows, *, people):
    """Once: what people do after that stays so, and what they were at is left alone. Says whether it did."""
    if Reply.objects.exists() or Remark.objects.exists():
        return False
    for row in rows:
        coalition = Coalition.objects.at(municipality=row["municipality"], term=2026).get()
        theme = Theme.objects.get(key=row["theme"])
        found = Assessment.objects.current().filter(coalition=coalition, theme=theme)
        base = found.order_by("-revision").first()
        if base and (base.is_writable or base.status == Status.PUBLISHED):
            _judgement(base, row, people)
    return True


def _judgement(base, row, people):
    editor, to = people["redacteur"], row["state"]
    if to == Status.WITHDRAWN:
        actions.withdraw(base, by=editor, seen=base.edit_number, why=row["why"])
        return
    words = {
        name: row.get(name, getattr(base, name)) for name in ("summary", "departure", "advice")
    }
    draft = write_draft(
        base.coalition,
        base.theme,
        level=base.level,
        by=people[row["author"]],
        change_note=row.get("change_note", ""),
        **words,
    )
    act = {"by": editor, "seen": draft.edit_number}
    actions.submit(draft, by=draft.author, seen=draft.edit_number)
    for remark in row.get("remarks", ()):
        _remark(draft, remark, people)
    if to == Status.RETURNED:
        actions.send_back(draft, why=row["why"], **act)
    elif to == Status.READY:
        actions.clear(draft, why=row["why"], **act)
    elif to in {Status.IN_REPLY, Status.PUBLISHED}:
        _reply(draft, row, people)
    if to == Status.PUBLISHED:
        actions.close_reply(draft, **act)
        actions.publish(draft, **act)


def _remark(draft, row, people):
    remark = actions.remark(
        Remark(assessment=draft, on=row["on"], text=row["text"]),
        by=people["redacteur"],
        seen=draft.edit_number,
    )
    if "answer" in row:
        actions.answer_remark(remark, by=draft.author, text=row["answer"])


def _reply(draft, row, people):
    """Ask for a reply, give it and answer it, as far as the row goes.

    `days_left` is counted from today; a deadline in the past was asked for that much longer ago.
    """
    left = row["days_left"]
    today = timezone.localdate()
    deadline = today + timedelta(days=max(left, 1))
    seen = draft.edit_number
    (reply,) = actions.ask_for_replies([(draft, seen)], by=people["redacteur"], deadline=deadline)
    if "position" in row:
        reply.position, reply.text = row["position"], row["text"]
        reply.version = (
            AgreementVersion.objects.current()
            .filter(agreement__coalition=draft.coalition, text__contains=row["quote"])
            .first()
            if "quote" in row
            else None
        )
        quote = row.get("quote", "") if reply.version else ""
        contact = people[row["contact"]]
        reply = actions.reply(reply, by=contact, seen=reply.edit_number, quote=quote)
    if "answer" in row:
        actions.answer_reply(reply, by=draft.author, text=row["answer"], seen=reply.edit_number)
    Reply.objects.filter(pk=reply.pk).update(
        deadline=today + timedelta(days=left),
        asked_at=timezone.now() - timedelta(days=DAYS - left),
    )
