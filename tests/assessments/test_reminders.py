"""The clock of the right of reply: silence is written down, and who has three days left is reminded once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from assessments import actions, tasks
from assessments.history import history_of
from assessments.models import Assessment, Reply
from tests.factories import (
    CodingFactory,
    PassageFactory,
    ThemeFactory,
    UserFactory,
    draft_of,
    in_reply,
)


@pytest.fixture
def reply(db):
    coding = CodingFactory(theme=ThemeFactory(name="Brandweer"))
    return in_reply(draft_of(coding, summary="Geheime samenvatting."))


def move(days_left, *, asked=timedelta(days=11)):
    """Let time pass: the deadline lies this many days from today."""
    Reply.objects.update(
        deadline=timezone.localdate() + timedelta(days=days_left), asked_at=timezone.now() - asked
    )
    mail.outbox.clear()


def test_asking_mails_the_contacts_of_that_municipality_alone(reply):
    other = UserFactory(
        role="Gemeentecontact",
        municipality=CodingFactory().passage.version.agreement.coalition.municipality,
    )

    (letter,) = mail.outbox

    assert letter.to != [other.email]
    assert reverse("assessments:replies") in letter.body


@pytest.mark.parametrize(("days_left", "mails"), [(4, 0), (3, 1), (1, 1), (0, 1), (-1, 0)])
def test_the_contact_is_reminded_three_days_before(reply, days_left, mails):
    move(days_left)

    actions.remind()

    assert len(mail.outbox) == mails


def test_a_reminder_goes_out_once_and_stands_in_the_history(reply):
    move(3)

    actions.remind()
    actions.remind()

    assert len(mail.outbox) == 1
    said = [entry.what for entry in history_of(reply.assessment.coalition, reply.assessment.theme)]
    assert said.count("Herinnering gestuurd") == 1


def test_one_mail_for_all_themes_of_a_municipality(reply):
    version = reply.assessment.codings.get().passage.version
    passage = PassageFactory(version=version, start=29, end=62)
    coding = CodingFactory(passage=passage, theme=ThemeFactory(key="crisis"))
    in_reply(draft_of(coding))
    move(2)

    actions.remind()

    (letter,) = mail.outbox
    assert "Brandweer" in letter.body
    assert "Crisis" in letter.body


def test_a_reminder_names_no_level_and_quotes_nothing(reply):
    move(3)

    actions.remind()

    (letter,) = mail.outbox
    whole = f"{letter.subject} {letter.body}"
    assert "Brandweer" in whole
    assert not [
        word
        for word in (
            reply.assessment.get_level_display(),
            "Geheime samenvatting.",
            reply.assessment.codings.get().passage.quote,
        )
        if word in whole
    ]


def test_who_has_replied_is_not_reminded(reply):
    contact = UserFactory(
        role="Gemeentecontact", municipality=reply.assessment.coalition.municipality
    )
    actions.agree_with_all([(reply, reply.edit_number)], by=contact)
    move(3)

    actions.remind()

    assert not mail.outbox


def test_who_was_asked_today_is_not_reminded_today(reply):
    move(2, asked=timedelta(hours=2))

    actions.remind()

    assert not mail.outbox


def test_a_round_without_anyone_to_mail_is_tried_again(reply):
    move(3)
    contacts = type(UserFactory()).objects.filter(groups__name="Gemeentecontact")
    contacts.update(is_active=False)
    assert actions.remind() == 0
    contacts.update(is_active=True)

    assert actions.remind() == 1
    assert len(mail.outbox) == 1


def test_silence_is_recorded_the_day_after_the_deadline_and_not_before(reply):
    move(0)
    tasks.record_silence(0)
    reply.refresh_from_db()
    assert reply.position == ""

    move(-1)
    tasks.record_silence(0)

    reply.refresh_from_db()
    assert reply.position == "silent"
    said = [entry.what for entry in history_of(reply.assessment.coalition, reply.assessment.theme)]
    assert "Reactie van de gemeente: geen reactie binnen de termijn" in said


def test_closing_after_the_deadline_records_silence_too(reply):
    move(-1)

    actions.close_reply(reply.assessment, by=UserFactory(role="Adviseur"), seen=1)

    reply.refresh_from_db()
    assert (reply.position, reply.closed_at is None) == ("silent", False)
    assert Assessment.objects.get(pk=reply.assessment_id).status == Assessment.Status.READY


@pytest.mark.parametrize(
    ("moment", "silent"),
    [
        # The last day ends at midnight in Twente, which in winter is 23:00 UTC.
        (datetime(2026, 12, 10, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 10, 23, 1, tzinfo=UTC), True),
    ],
)
def test_the_day_ends_at_midnight_in_twente(reply, monkeypatch, moment, silent):
    Reply.objects.update(deadline=datetime(2026, 12, 10).date())
    monkeypatch.setattr(timezone, "now", lambda: moment)

    assert actions.record_silence() == silent


def test_a_worker_runs_both_by_the_clock():
    periodic = tasks.app.periodic_registry.periodic_tasks
    assert {("assessments.record_silence", ""), ("assessments.remind", "")} <= set(periodic)
