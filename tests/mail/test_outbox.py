"""Every mail of the portal is a row first, in the transaction of who sends it."""

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from mail.models import Message
from tests.factories import MessageFactory


def deliveries():
    return ProcrastinateJob.objects.filter(task_name="mail.deliver")


def test_a_mail_is_kept_and_its_delivery_asked_for(db):
    mail.send_mail("Uitnodiging", "Welkom", "vrt@example.org", ["an@example.org"])

    message = Message.objects.get()
    assert (message.recipient, message.subject, message.text, message.state) == (
        "an@example.org",
        "Uitnodiging",
        "Welkom",
        "queued",
    )
    assert deliveries().get().args == {"pk": message.pk}


def test_every_address_gets_a_mail_of_its_own(db):
    mail.send_mail("S", "T", None, ["an@example.org", "bo@example.org"])

    assert set(Message.objects.values_list("recipient", flat=True)) == {
        "an@example.org",
        "bo@example.org",
    }


def test_html_and_headers_are_kept(db):
    email = EmailMultiAlternatives("S", "T", to=["an@example.org"], reply_to=["vrt@example.org"])
    email.attach_alternative("<p>T</p>", "text/html")
    email.send()

    message = Message.objects.get()
    assert message.html == "<p>T</p>"
    assert message.headers == {"Reply-To": "vrt@example.org"}


def test_what_is_rolled_back_is_never_mailed(db):
    with transaction.atomic():
        mail.send_mail("S", "T", None, ["an@example.org"])
        assert deliveries().count() == 1
        transaction.set_rollback(True)

    assert not Message.objects.exists()
    assert not deliveries().exists()


def test_a_line_break_in_a_header_is_refused_where_the_caller_hears_it(db):
    with pytest.raises(BadHeaderError):
        mail.send_mail("S\nBcc: boef@example.org", "T", None, ["an@example.org"])

    assert not Message.objects.exists()


def test_an_attachment_is_refused_rather_than_lost(db):
    email = EmailMessage("S", "T", to=["an@example.org"])
    email.attach("a.txt", "inhoud")

    with pytest.raises(ValueError, match="text and HTML"):
        email.send()


def test_the_database_keeps_no_text_of_a_mail_that_was_sent(db):
    message = MessageFactory(state="sent")

    with pytest.raises(IntegrityError, match="sent_mail_is_wiped"):
        Message.objects.filter(pk=message.pk).update(text="een link")
