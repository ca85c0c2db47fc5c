"""Delivering what waits in the outbox."""

import logging
import smtplib
import ssl
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.utils import timezone

from mail.models import MOST_ATTEMPTS, Message

logger = logging.getLogger(__name__)


def deliver(message):
    """Try to send one mail that is due, and note on it what came of that. True unless it went wrong.

    Two workers never send one mail: who delivers holds a lock of the database session, as who reads a
    file does (ADR 17), and looks at the row again once it has the lock. A mail goes out a second time
    only when the worker or the database dies between the OK of the mail server and the commit of that
    news: the protocol has no way to take an OK back. Better twice than never.

    Without a mail server in the settings nothing is tried and nothing is counted.
    """
    if not settings.MAIL_DELIVERY:
        return True
    with _only_carrier_of(message) as mine:
        if not mine or not Message.objects.due().filter(pk=message.pk).exists():
            return True
        message.refresh_from_db()
        if message.attempts >= MOST_ATTEMPTS:
            message.note_failure("Het verzenden brak steeds af.", is_final=True)
            return False
        message.begin_attempt()
        try:
            _send(message)
        except Exception as problem:  # whatever it is, the row must tell it
            error, is_hopeless = _in_dutch(problem)
            is_final = is_hopeless or message.attempts >= MOST_ATTEMPTS
            message.note_failure(error, is_final=is_final)
            logger.warning("Mail %s is niet verzonden: %s", message.pk, error)
            return False
        message.note_sent()
        return True


def deliver_due():
    """Deliver all that is due. At the first that fails the rest waits for the next round.

    A mail server that doesn't answer costs seconds each time, and the worker has more to do.
    """
    for message in Message.objects.due():
        if not deliver(message):
            return


def try_again():
    """Make everything that didn't arrive due at once, with all its attempts; how many that is."""
    return Message.objects.exclude(state=Message.State.SENT).update(
        state=Message.State.QUEUED, attempts=0, next_attempt_at=timezone.now()
    )


def clean():
    """Forget mails that were sent or given up long ago."""
    Message.objects.past_keeping().delete()


@contextmanager
def _only_carrier_of(message):
    """Hold a lock of the database session, which a killed worker can't leave behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_DELIVERING, message.pk])
        (mine,) = cursor.fetchone()
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_DELIVERING, message.pk])


_DELIVERING = 4712  # the first half of the advisory locks that guard delivering


def _send(message):
    mail = EmailMultiAlternatives(
        message.subject,
        message.text or message.html,
        message.sender,
        [message.recipient],
        headers=message.headers | {"Message-ID": message.message_id},
        connection=get_connection(settings.MAIL_DELIVERY),
    )
    if not message.text:
        mail.content_subtype = "html" if message.html else "plain"
    elif message.html:
        mail.attach_alternative(message.html, "text/html")
    mail.send()


def _in_dutch(problem):
    """What went wrong, for an administrator, and whether trying again is of no use.

    The words of the server itself are left out: they can repeat what was in the mail.
    """
    match problem:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _ in problem.recipients.values()]
            return (
                f"De mailserver neemt geen mail aan voor dit adres (code {max(codes)}).",
                min(codes) >= 500,
            )
        case smtplib.SMTPDataError():
            return (
                f"De mailserver weigert deze mail (code {problem.smtp_code}).",
                problem.smtp_code >= 500,
            )
        case smtplib.SMTPAuthenticationError():
            return (
                "De mailserver weigert de aanmelding. Controleer MAIL_USER en MAIL_PASSWORD.",
                False,
            )
        case smtplib.SMTPSenderRefused():
            return (
                f"De mailserver weigert de afzender (code {problem.smtp_code}). Controleer MAIL_FROM.",
                False,
            )
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            return (
                "Er komt geen beveiligde verbinding met de mailserver. Controleer MAIL_TLS.",
                False,
            )
        case smtplib.SMTPServerDisconnected() | smtplib.SMTPConnectError():
            return "De mailserver brak de verbinding af.", False
        case smtplib.SMTPResponseException():
            return f"De mailserver gaf een fout (code {problem.smtp_code}).", False
        case OSError():
            return f"De mailserver {settings.EMAIL_HOST} is niet bereikbaar.", False
        case _:
            logger.exception("An unforeseen error while delivering a mail")
            return f"Er ging iets onverwachts mis ({type(problem).__name__}).", False
