"""Remembers what was made of the database for as long as nobody wrote anything in it (ADR 41)."""

from threading import Lock

from django.db import connection
from django.template.loader import render_to_string

MOST = 500  # things; each is a part of a page

_made = {}
_lock = Lock()


def sight():
    """What a reader sees now, as a word that is another after every commit; None for who has written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned() IS NULL"
        )
        seen, is_reader = cursor.fetchone()
    return seen if is_reader else None


def remembered(key, make, *, seen=None):
    """What `make()` gives for this key; made again as soon as anything was committed since.

    Who asks for several things at once may ask for their sight once, and give it as `seen`.

    PostgreSQL tells what a reader sees as one short text. Two equal ones see the same rows, so nothing
    needs to be forgotten by hand, and what was withdrawn is gone at once. Who writes in the transaction
    at hand sees more than that text says, and gets no more than what is made on the spot.
    """
    seen = seen or sight()
    if seen is None:
        return make()
    before = _made.get(key)
    if before and before[0] == seen:
        return before[1]
    value = make()
    with _lock:
        if len(_made) >= MOST:
            _made.clear()
        _made[key] = (seen, value)
    return value


def drawn(template, *key, context, seen=None):
    """A part of a page, remembered; `context()` gathers what it is drawn of.

    The key must hold everything in that context that isn't the same for all: what the address asks for,
    and what of the reader shows in it.
    """
    return remembered((template, *key), lambda: render_to_string(template, context()), seen=seen)
