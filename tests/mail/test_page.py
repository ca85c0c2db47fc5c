"""What an administrator sees of the mail."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from mail.models import Message
from tests.factories import MessageFactory, any_word

ADDRESS = "/beheer/post/"


def test_shows_who_got_what_and_never_what_was_in_it(client, sign_in, db):
    sign_in("Beheerder")
    secrets = [any_word(), any_word(), any_word()]
    for state in ("queued", "failed"):
        MessageFactory(
            state=state, text=secrets[0], html=secrets[1], headers={"X": secrets[2]},
            recipient=f"{state}@example.org", subject=f"Over {state}", error="De mailserver is weg.",
        )  # fmt: skip
    MessageFactory(state="sent", recipient="sent@example.org")

    page = client.get(ADDRESS).text

    for words in ("queued@example.org", "Over failed", "De mailserver is weg.", "sent@example.org"):
        assert words in page
    assert not any(secret in page for secret in secrets)


def test_says_why_mail_waits_when_there_is_no_server(client, sign_in, db, settings):
    settings.MAIL_DELIVERY = ""
    sign_in("Beheerder")

    assert "MAIL_HOST" in client.get(ADDRESS).text


def test_the_button_makes_everything_due_and_wakes_the_worker(client, sign_in, db):
    sign_in("Beheerder")
    later = timezone.now() + timedelta(hours=12)
    MessageFactory(state="failed", attempts=6)
    MessageFactory(next_attempt_at=later)

    response = client.post(reverse("mail:try-again"), follow=True)

    assert "2 mails worden nu opnieuw geprobeerd." in response.text
    assert Message.objects.due().count() == 2
    assert ProcrastinateJob.objects.filter(task_name="mail.deliver_due").exists()


def test_trouble_is_told_where_an_administrator_begins(client, sign_in, db):
    sign_in("Beheerder")
    assert "Bekijk de post" not in client.get(reverse("accounts:users")).text

    MessageFactory(state="failed")
    MessageFactory(attempts=1)
    MessageFactory(attempts=2)

    page = " ".join(client.get(reverse("accounts:users")).text.split())
    assert "1 mail is niet aangekomen. 2 mails wachten langer dan gewoon." in page
