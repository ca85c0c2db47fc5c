"""The right of reply: asked, given, answered, closed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agreements.citation import locate, pages_of
from assessments import letters
from assessments.actions.moving import check_reviewed, reviewed, step, take
from assessments.actions.refused import Refused, Stale
from assessments.models import Reply
from assessments.people import who_may
from assessments.workflow import CONTACT

REMINDER_DAYS = 3  # before the deadline


class NotLiteral(Exception):
    """The quote that goes with a reply doesn't stand in that document."""


@transaction.atomic
def ask_for_replies(assessments, *, by, deadline):
    """Lay judgements of one coalition, as (assessment, seen), before its municipality until this date.

    The contacts get one mail. Raises Refused, with nothing asked, when one of them can't be.
    """
    replies = []
    for assessment, seen in assessments:
        assessment = take(assessment, "ask-reply", by=by, seen=seen)
        check_reviewed(assessment)
        municipality = assessment.coalition.municipality
        if not who_may(CONTACT, municipality=municipality).exists():
            raise Refused(
                f"{municipality} heeft geen gemeentecontact met een account. Vraag de beheerder om iemand uit te "
                "nodigen, of maak de beoordeling gereed zonder reactie."
            )
        if deadline <= timezone.localdate():
            raise Refused("De termijn moet in de toekomst liggen. Kies een latere dag.")
        step(assessment, "ask-reply", by=by, **reviewed(by))
        replies.append(
            Reply.objects.create(
                assessment=assessment,
                text_edit=assessment.edit_number,
                asked_by=by,
                deadline=deadline,
            )
        )
    letters.ask_for_replies(replies)
    return replies


@transaction.atomic
def reply(given, *, by, seen, quote=""):
    """Give the municipality's reply, or change it while the judgement still lies with it.

    `given` is the open Reply with position, text and version as they were filled in; `quote` is a stretch of
    that version's text, raises NotLiteral when it doesn't stand there. `seen` is the edit number of the reply;
    raises Stale when it isn't the newest.
    """
    assessment = given.assessment
    take(assessment, "reply", by=by, seen=given.text_edit)
    stored = Reply.objects.open().select_for_update().filter(pk=given.pk).first()
    if stored is None:
        raise Refused(
            "Op deze beoordeling kunt u niet meer reageren. Bel zo nodig uw adviseur bij VRT."
        )
    if stored.edit_number != seen:
        raise Stale
    _place(given, quote)
    if stored.answer and _words(stored) != _words(given):  # it answered other words
        given.answer, given.answered_by, given.answered_at = "", None, None
    given.given_by, given.given_at = by, timezone.now()
    given.edit_number = seen + 1
    given.save(
        update_fields=[
            *("position", "text", "version", "start", "end", "page", "quote"),
            *("answer", "answered_by", "answered_at", "given_by", "given_at", "edit_number"),
        ]
    )
    letters.tell_of_reply([assessment])
    return given


def _words(given):
    return given.position, given.text, given.version_id, given.quote


def _place(given, quote):
    """Give a reply the place of this quote in its version, or none."""
    given.start = given.end = given.page = None
    given.quote = ""
    if not quote.strip():
        given.version = None
        return
    places = locate(given.version.text, quote) if given.version else []
    if not places:
        raise NotLiteral
    given.start, given.end = places[0]
    given.quote = given.version.text[given.start : given.end]
    given.page = pages_of(given.version.spans, given.start, given.end)[0]


@transaction.atomic
def agree_with_all(replies, *, by):
    """Say "eens" to every awaited one of these replies, as (reply, seen), in one go. Raises Refused."""
    told = []
    for given, seen in replies:
        take(given.assessment, "reply", by=by, seen=given.text_edit)
        number = (
            Reply.objects.open()
            .filter(pk=given.pk, edit_number=seen, given_at__isnull=True)
            .update(
                position=Reply.Position.AGREE,
                given_by=by,
                given_at=timezone.now(),
                edit_number=seen + 1,
            )
        )
        if not number:
            raise Refused(
                f"Er is intussen iets veranderd bij {given.assessment.theme}. Kijk het na en kies dan opnieuw."
            )
        told.append(given.assessment)
    if told:
        letters.tell_of_reply(told)
    return told


@transaction.atomic
def answer_reply(given, *, by, text, seen):
    """Write VRT's answer to a reply. `seen` is its edit number, as it came from the page; raises Stale, Refused."""
    take(given.assessment, "answer-reply", by=by, seen=given.text_edit)
    given = Reply.objects.open().select_for_update().filter(pk=given.pk).first()
    if given is None:
        raise Refused("Deze ronde is gesloten. Beantwoord de reactie in de nieuwe ronde.")
    if str(given.edit_number) != str(seen):
        raise Stale
    if not given.given_at:
        raise Refused("De gemeente heeft nog niet gereageerd. Er is nog niets te beantwoorden.")
    if not text.strip():
        raise Refused("Schrijf eerst een antwoord.")
    given.answer, given.answered_by, given.answered_at = text.strip(), by, timezone.now()
    given.edit_number += 1
    given.save(update_fields=["answer", "answered_by", "answered_at", "edit_number"])
    return given


@transaction.atomic
def close_reply(assessment, *, by, seen):
    """Close the round and call the judgement ready. No answer by the deadline is recorded as such."""
    assessment = take(assessment, "close-reply", by=by, seen=seen)
    given = assessment.replies.open().select_for_update().get()
    if given.is_late:
        given.position = Reply.Position.SILENT
    if not given.position:
        raise Refused(
            f"De gemeente heeft nog niet gereageerd. Zij heeft daarvoor tot en met {given.deadline:%d-%m-%Y}."
        )
    if given.needs_answer:
        raise Refused("De reactie van de gemeente heeft nog geen antwoord. Beantwoord die eerst.")
    check_reviewed(assessment)
    given.closed_at = timezone.now()
    given.save(update_fields=["position", "closed_at"])
    return step(assessment, "close-reply", by=by)


@transaction.atomic
def record_silence():
    """Write down of every round whose deadline has passed without a word that there was none."""
    return Reply.objects.overdue().update(position=Reply.Position.SILENT)


@transaction.atomic
def remind():
    """Mail the contacts of whom a reply is awaited within three days, once per round.

    Who was asked less than a day ago needs no reminder yet. A round of which no contact can be mailed isn't
    marked, so that it is tried again.
    """
    now, today = timezone.now(), timezone.localdate()
    due = (
        Reply.objects.awaited()
        .filter(
            reminded_at__isnull=True,
            asked_at__lt=now - timedelta(days=1),
            deadline__range=(today, today + timedelta(days=REMINDER_DAYS)),
        )
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("assessment__coalition__municipality", "assessment__theme")
        .order_by("assessment__coalition_id", "assessment__theme__number")
    )
    of_coalition = {}
    for row in due:
        of_coalition.setdefault(row.assessment.coalition_id, []).append(row)
    reminded = []
    for rows in of_coalition.values():
        if letters.remind_of_replies(rows):
            reminded += [row.pk for row in rows]
    return Reply.objects.filter(pk__in=reminded).update(reminded_at=now)
