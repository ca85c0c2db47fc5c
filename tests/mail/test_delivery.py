"""Mail arrives when the mail server does, once, and what is in the way is told."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from email import message_from_string

import pytest
from django.core import mail
from django.db import connection, connections
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from mail.actions import clean, deliver, deliver_due, try_again
from mail.models import MOST_ATTEMPTS, PAUSES, Message
from tests.factories import MessageFactory
from tests.mail.mail_server import mail_server


def make_due():
    Message.objects.update(next_attempt_at=timezone.now())


def test_a_mail_arrives_and_its_text_is_wiped(db, server):
    mail.send_mail("Uitnodiging", "Kijk hier: geheim", "vrt@example.org", ["an@example.org"],
                   html_message="<p>geheim</p>")  # fmt: skip

    deliver_due()

    (received,) = server.received
    arrived = message_from_string(received["data"])
    assert received["to"] == "an@example.org"
    assert arrived["Subject"] == "Uitnodiging"
    assert [part.get_content_type() for part in arrived.get_payload()] == [
        "text/plain",
        "text/html",
    ]
    message = Message.objects.get()
    assert (message.state, message.text, message.html) == ("sent", "", "")


def test_a_server_that_is_down_keeps_the_mail_and_is_told(db, no_server):
    MessageFactory()

    deliver_due()

    message = Message.objects.get()
    assert (message.state, message.attempts, message.text) == ("queued", 1, "Kijk in het portaal.")
    assert message.error == "De mailserver 127.0.0.1 is niet bereikbaar."
    assert message.next_attempt_at > timezone.now() + PAUSES[0] - timedelta(seconds=50)


def test_a_mail_waits_out_its_pause(db, no_server):
    MessageFactory()
    deliver_due()

    with mail_server(no_server) as server:
        deliver_due()

    assert server.received == []


def test_a_server_that_comes_back_gets_the_mail(db, no_server):
    MessageFactory()
    deliver_due()
    make_due()

    with mail_server(no_server) as server:
        deliver_due()

    assert len(server.received) == 1
    assert Message.objects.get().state == "sent"


def test_pauses_grow_and_end(db, no_server):
    message = MessageFactory()
    waited = []

    for _ in range(MOST_ATTEMPTS):
        make_due()
        deliver_due()
        message.refresh_from_db()
        waited.append(round((message.next_attempt_at - timezone.now()) / timedelta(minutes=1)))

    assert waited[:-1] == [1, 5, 30, 120, 720]
    assert (message.state, message.text) == ("failed", "Kijk in het portaal.")


def test_a_server_that_is_down_is_asked_once_a_round(db, no_server):
    MessageFactory.create_batch(3)

    deliver_due()

    assert sum(Message.objects.values_list("attempts", flat=True)) == 1


def test_an_unknown_address_fails_at_once_and_stops_nobody_else(db, server):
    wrong, right = MessageFactory(), MessageFactory()
    server.answers[wrong.recipient] = "550 onbekend"

    deliver_due()
    deliver_due()

    wrong.refresh_from_db()
    assert wrong.state == "failed"
    assert "neemt geen mail aan voor dit adres (code 550)" in wrong.error
    assert [received["to"] for received in server.received] == [right.recipient]


def test_a_server_that_asks_for_patience_gets_it(db, server):
    message = MessageFactory()
    server.answers[message.recipient] = "450 probeer het later"

    deliver_due()

    message.refresh_from_db()
    assert message.state == "queued"
    assert "450" in message.error


def test_without_a_mail_server_in_the_settings_mail_waits(db, settings):
    settings.MAIL_DELIVERY = ""
    MessageFactory()

    deliver_due()

    message = Message.objects.get()
    assert (message.state, message.attempts) == ("queued", 0)


def test_a_failed_mail_can_be_tried_again(db, server):
    MessageFactory(state="failed", attempts=MOST_ATTEMPTS, error="De mailserver is weg.")

    assert try_again() == 1
    deliver_due()

    assert len(server.received) == 1


def test_two_workers_send_a_mail_once(committed, server):
    message = MessageFactory()
    second = []

    def another_worker(_):
        def work():
            second.append(deliver(Message.objects.get(pk=message.pk)))
            connections.close_all()

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()

    server.before_ok = another_worker

    # Both found it due; the second comes while the first talks to the server.
    Message.objects.filter(pk=message.pk).update(next_attempt_at="2026-01-01T00:00Z")
    deliver(message)
    deliver(message)

    assert second == [True]
    assert len(server.received) == 1


def test_the_control_without_lock_and_pause_it_is_sent_twice(committed, server, monkeypatch):
    monkeypatch.setattr("mail.models.PAUSES", [timedelta(0)])
    message = MessageFactory()

    def another_worker(_):
        server.before_ok = lambda mail: None
        monkeypatch.setattr("mail.actions._DELIVERING", 1)  # a lock that holds nobody

        def work():
            deliver(Message.objects.get(pk=message.pk))
            connections.close_all()

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()

    server.before_ok = another_worker

    deliver(message)

    assert len(server.received) == 2


def test_a_worker_killed_while_it_sends_leaves_the_mail_queued(committed, server):
    message = MessageFactory()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(message.pk)],
        env=os.environ | {
            "DATABASE_URL": database_url(), "MAIL_HOST": "127.0.0.1", "MAIL_FROM": "vrt@example.org",
            "MAIL_PORT": str(server.port), "MAIL_TLS": "none",
        },
    )  # fmt: skip

    def kill(_):
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        raise ConnectionAbortedError

    server.before_ok = kill
    server.handle_error = lambda *about: None
    worker.wait(timeout=90)

    message.refresh_from_db()
    assert (message.state, message.attempts, server.received) == ("queued", 1, [])
    server.before_ok = lambda mail: None
    make_due()
    deliver_due()
    assert len(server.received) == 1


WORKER = """
import sys, django
django.setup()
from mail.actions import deliver
from mail.models import Message
deliver(Message.objects.get(pk=sys.argv[1]))
"""


def database_url():
    given = connection.get_connection_params()
    words = ("user", "password", "dbname", "host", "port", "requirepeer")
    return make_conninfo(**{word: given[word] for word in words if given.get(word)})


def test_old_mail_is_forgotten_and_what_waits_is_not(db):
    long_ago = timezone.now() - timedelta(days=91)
    for state in ("queued", "failed", "sent"):
        MessageFactory(state=state, created_at=long_ago)
        MessageFactory(state=state)

    clean()

    assert Message.objects.count() == 4
    assert Message.objects.filter(created_at=long_ago).get().state == "queued"


@pytest.mark.parametrize("state", ["queued", "failed"])
def test_the_same_mail_keeps_its_number_at_each_attempt(db, server, state):
    message = MessageFactory(state=state)

    try_again()
    deliver_due()

    assert message_from_string(server.received[0]["data"])["Message-ID"] == message.message_id
