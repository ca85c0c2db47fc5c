"""Keeping a search, telling of what is new, and noting what was asked."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import DatabaseError, OperationalError, connection, transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from municipalities.published import READ
from search.address import Address, Choices
from search.hits import count_new, in_time
from search.meaning import meaning_of
from search.models import Asked, SavedSearch

log = logging.getLogger(__name__)


def look(saved):
    """Remember that its owner looks now."""
    saved.seen_at = timezone.now()
    saved.save(update_fields=["seen_at"])


def news_since_look(saved, choices):
    """How much a saved search finds that wasn't there when its owner last looked."""
    return _news(saved, choices, since=saved.seen_at)


def _news(saved, choices, *, since):
    address = Address.read(QueryDict(saved.query), choices)
    with in_time():
        meaning = meaning_of(address.question, is_exact=bool(address.exact))
        if meaning.is_empty:
            return 0
        return count_new(meaning.tsquery, address.filters(choices), since=since)


def tell_of_news():
    """Mail the owner of each saved search that finds something new; one mail a day for each at most."""
    choices = Choices()
    for pk in SavedSearch.objects.due().values_list("pk", flat=True):
        try:
            _tell(pk, choices)
        except OperationalError as problem:  # it takes too long: the others go on
            log.warning("saved search %s: %s", pk, problem)


@transaction.atomic
def _tell(pk, choices):
    due = SavedSearch.objects.due().select_for_update(of=["self"]).select_related("owner")
    saved = due.filter(pk=pk).first()
    if saved is None or not saved.owner.has_perm(READ):
        return
    number = _news(saved, choices, since=saved.told_until)
    if not number:
        return
    saved.mailed_at = timezone.now()
    saved.save(update_fields=["mailed_at"])
    about = {
        "saved": saved,
        "number": number,
        "address": settings.PORTAL_ADDRESS + reverse("search:saved"),
    }
    text = render_to_string("search/mail/news.txt", about)
    send_mail("Er is iets nieuws bij uw zoekopdracht", text, None, [saved.owner.email])


def note_question(question, *, found):
    """Count that this was asked today, without who asked. It never stands in the way of a search (ADR 36)."""
    words = " ".join(question.text.lower().split())
    if not _may_be_noted(words):
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Nobody waits for the disk: a count that is lost with the power is no loss.
            cursor.execute(
                """
                SET LOCAL synchronous_commit = off;
                INSERT INTO search_asked (day, question, times, found) VALUES (%s, %s, 1, %s)
                ON CONFLICT (day, question)
                DO UPDATE SET times = search_asked.times + 1, found = EXCLUDED.found
                """,
                [timezone.localdate(), words, found],
            )
    except DatabaseError as problem:
        log.warning("a question was not counted: %s", type(problem).__name__)


def _may_be_noted(words):
    """Not what could be somebody's number, mail address or story."""
    has_number = any(character.isdigit() for character in words)
    is_short = len(words) <= Asked._meta.get_field("question").max_length and words.count(" ") < 5
    return bool(words) and is_short and not has_number and "@" not in words


def clear():
    """Forget what was asked long ago, and sooner what hardly anyone asked."""
    today = timezone.localdate()
    Asked.objects.filter(day__lte=today - Asked.KEPT).delete()
    rare = Asked.objects.recent().summed().filter(times__lt=Asked.RARE).values("question")
    Asked.objects.filter(day__lte=today - Asked.KEPT_WHEN_RARE, question__in=rare).delete()


@transaction.atomic
def rebuild_index():
    """Make the index anew of all texts that are there, for rows that came in past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute(_REBUILD)


# As the migration did for what was there before the index (0002_what_is_found); the functions are its own.
_REBUILD = r"""
TRUNCATE search_entry, search_word RESTART IDENTITY;
INSERT INTO search_entry (kind, version_id, page, words)
SELECT 'page', v.id, p.number, search_words(substr(text, start + 1, "end" - start))
FROM agreements_page p JOIN agreements_agreementversion v ON v.id = p.version_id;
INSERT INTO search_entry (kind, passage_id, words)
SELECT 'quote', id, search_words(quote) FROM agreements_passage WHERE quote <> '';
INSERT INTO search_entry (kind, assessment_id, words)
SELECT 'summary', id, search_words(summary) FROM assessments_assessment WHERE summary <> ''
UNION ALL SELECT 'advice', id, search_words(advice) FROM assessments_assessment WHERE advice <> '';
INSERT INTO search_entry (kind, reply_id, words)
SELECT 'reply', id, search_words(text) FROM assessments_reply WHERE text <> ''
UNION ALL SELECT 'answer', id, search_words(answer) FROM assessments_reply WHERE answer <> '';
INSERT INTO search_entry (kind, advice_id, words)
SELECT 'public', id, search_words(title || E'\n\n' || text) FROM assessments_publishedadvice;
DO $$
DECLARE pieces text[];
BEGIN
    FOR pieces IN
        SELECT array_agg(substr(text, start + 1, "end" - start))
        FROM agreements_page p JOIN agreements_agreementversion v ON v.id = p.version_id GROUP BY v.id
        UNION ALL SELECT ARRAY[summary, advice] FROM assessments_assessment
        UNION ALL SELECT ARRAY[text, answer] FROM assessments_reply
        UNION ALL SELECT ARRAY[title, text] FROM assessments_publishedadvice
        UNION ALL SELECT ARRAY[quote] FROM agreements_passage
    LOOP
        PERFORM search_learn(pieces);
    END LOOP;
END;
$$;
"""
