"""A word that stands in one place only never comes before the eyes of who may not see that place."""

import io
import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pypdf
import pytest
from django.core import mail
from django.db import transaction

from search.hits import KINDS
from tests.canaries import WHO_MAY_SEE, plant, text_fields, without_secret
from tests.scene import put_file, scene_with
from tests.test_access import EVERYONE, FORMS, TABLE

WORD = re.compile(r"kanarie\d{5}x")
LINK = re.compile(r'(?:href|action|hx-get)="([^"#]+)')
SEARCH = ["?q=kanarie", "?zoek=kanarie"]
# Search looks inside words, so this asks for all of them; by kind, as it shows twenty at a time.
FOUND = [f"/zoeken/?q=kanarie0{kind}" for kind in ("", *(f"&soort={kind}" for kind in KINDS))]
# A report says the same in every form (tests/reports/test_same_words.py), and each of them takes time to make.
SAME_WORDS = re.compile(r"/rapport\.(pdf|odt|docx|html)$")
SAME_PAGE = 3  # a page with other questions behind it is looked at this many times

# On no page of this world: why a suggestion was rejected, where none is.
SHOWN_NOWHERE = {"agreements.Suggestion.reason"}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with scene_with(EVERYONE, django_db_blocker) as scene:
        yield scene


@pytest.fixture(scope="module")
def canaries(scene):
    return plant(scene.world)


@pytest.fixture(scope="module")
def walks():
    """Per person what they came across, and how many bytes that was looked for in; each walks once."""
    return {}


def test_every_text_has_a_rule():
    assert text_fields().keys() == WHO_MAY_SEE.keys() | without_secret()
    assert not WHO_MAY_SEE.keys() & without_secret()


@pytest.mark.django_db
@pytest.mark.parametrize("who", sorted(EVERYONE))
def test_nobody_comes_across_a_word_that_is_not_theirs(scene, canaries, walks, settings, who):
    found, looked_through = walk(scene, walks, who)

    of = {canary.word: canary for canary in canaries}
    leaks = [
        f"{of[word].where} at {where}"
        for word, where in found.items()
        if who not in of[word].seen_by
    ]
    assert not leaks, "\n".join(leaks)
    assert looked_through > 100_000


@pytest.mark.django_db
def test_the_control_every_word_is_found_by_someone_who_may(scene, canaries, walks, settings):
    found = {who: walk(scene, walks, who)[0] for who in sorted(EVERYONE)}

    assert len(canaries) > 150
    unseen = {
        canary.where.partition(" ")[0]
        for canary in canaries
        if canary.seen_by and not any(canary.word in found[who] for who in canary.seen_by)
    }
    seen = {
        canary.where.partition(" ")[0]
        for canary in canaries
        if any(canary.word in found[who] for who in canary.seen_by)
    }
    assert unseen - seen <= SHOWN_NOWHERE, sorted(unseen - seen)


@pytest.mark.django_db
def test_no_mail_carries_a_word(scene, canaries, settings):
    """Every form that there is is sent, by someone who may; what is mailed then holds no word of anyone."""
    put_file()
    sent = []
    for name, (allowed, answer) in TABLE.items():
        people = FORMS.get(name, allowed if answer == 405 else set())
        for place in scene.places[name]:
            for who in sorted(
                people & {"Adviseur", "Eindredacteur", "Beheerder", "Gemeentecontact"}
            ):
                mail.outbox.clear()
                with transaction.atomic():
                    scene.crowd.send(who, place.path, place.body)
                    sent += [f"{m.subject}\n{m.body}\n{m.message()}" for m in mail.outbox]
                    transaction.set_rollback(True)

    assert len(sent) >= 5
    assert [WORD.findall(text) for text in sent if WORD.search(text)] == []


def walk(scene, walks, who):
    if who not in walks:
        put_file()
        walks[who] = _walk(scene, who)
    return walks[who]


def _walk(scene, who):
    """Go everywhere: each address of the table in each state, and on along every link of every page."""
    table = ["/", *(place.path for places in scene.places.values() for place in places)]
    ahead = table + [path + query for path in table[:3] for query in SEARCH] + FOUND
    known, queries, found, looked_through = set(ahead), Counter(), {}, 0
    while ahead:
        path = ahead.pop()
        texts = [_text(scene.crowd.response(who, path))]
        if path in table:
            texts.append(_text(scene.crowd.response(who, path, HTTP_HX_REQUEST="true")))
        for text in texts:
            looked_through += len(text)
            for word in WORD.findall(text):
                found.setdefault(word, path)
            for to in set(_links(text, path)) - known:
                queries[urlsplit(to).path] += 1
                if queries[urlsplit(to).path] <= SAME_PAGE:
                    known.add(to)
                    ahead.append(to)
    return found, looked_through


def _links(text, path):
    for link in LINK.findall(text):
        to = urljoin(path, link.replace("&amp;", "&"))
        is_ours = to.startswith("/") and not to.startswith(("//", "/static/"))
        if is_ours and not SAME_WORDS.search(to):
            yield to


def _text(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    text = f"{headers}\n{response.cookies}\n{content.decode(errors='replace')}"
    if content.startswith(b"%PDF") and len(content) > 100:
        text += "\n".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages
        )
    return text
