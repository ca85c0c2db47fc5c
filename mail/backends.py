"""Where django.core.mail puts its mail."""

from django.core.mail import BadHeaderError
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from mail.models import Message
from mail.tasks import deliver


class OutboxBackend(BaseEmailBackend):
    """Keep each mail as a row, in the transaction of who sends it, and let the worker deliver it.

    When that transaction is rolled back the mail never was. Every address gets a mail of its own, so
    that one refusal can't hide behind the others. The portal's mails have no attachments and no copies
    in other formats than HTML; one that has is refused here, rather than sent without.
    """

    @transaction.atomic
    def send_messages(self, email_messages):
        for email in email_messages:
            for message in _rows_of(email):
                _refuse_a_second_line(message)
                message.save()
                deliver.defer(pk=message.pk)
        return len(email_messages)


def _refuse_a_second_line(message):
    """Whoever gets a line break into a header writes headers of his own; tell the caller, not the worker."""
    values = [message.subject, message.sender, message.recipient, *message.headers.values()]
    if any("\n" in value or "\r" in value for value in values):
        raise BadHeaderError("A header of a mail holds a line break.")


def _rows_of(email):
    alternatives = list(getattr(email, "alternatives", []))
    if email.attachments or any(kind != "text/html" for _, kind in alternatives):
        raise ValueError("The outbox keeps text and HTML only.")
    is_html = email.content_subtype == "html"
    html = email.body if is_html else next((content for content, _ in alternatives), "")
    headers = {name: str(value) for name, value in email.extra_headers.items()}
    if email.reply_to:
        headers["Reply-To"] = ", ".join(email.reply_to)
    for recipient in email.recipients():
        yield Message(
            recipient=recipient,
            sender=email.from_email,
            subject=str(email.subject),
            text="" if is_html else email.body,
            html=html,
            headers=headers,
        )
