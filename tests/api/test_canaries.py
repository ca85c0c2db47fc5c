"""A word that isn't public comes in no answer of the API, whoever asks it (tests/canaries.py)."""

import json
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from search.hits import KINDS
from tests.api.conftest import Program
from tests.canaries import plant
from tests.factories import TokenFactory, UserFactory
from tests.scene import scene_with
from tests.test_access import READER
from tests.test_canaries import WORD

ADDRESS = re.compile(r'"(/api/v1[^"]*)"')
SAME_LIST = 4  # a list with other questions behind it is looked at this many times
ALWAYS_THERE = {"assessments.Assessment.summary", "agreements.AgreementVersion.text"}  # fmt: skip


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with scene_with({"Adviseur"}, django_db_blocker) as scene:
        yield scene


@pytest.fixture(scope="module")
def canaries(scene):
    return {canary.word: canary for canary in plant(scene.world)}


def program_of(who, settings):
    if who == "anyone":
        settings.PUBLIC_READING = True
        return Program()
    role = "Adviseur" if who == "an advisor" else "Burgemeester"
    return Program(TokenFactory(owner=UserFactory(role=role)).secret)


def crawl(program):
    """Follow every address in every answer, and search for all that can be found; gives words and bytes."""
    ahead = ["/api/v1", "/api/v1/openapi.json"]
    ahead += [f"/api/v1/zoekresultaten?q=kanarie0&soort={kind}" for kind in KINDS]
    ahead += [f"/api/v1/{name}?paginaGrootte=100" for name in ("passages", "beoordelingen", "reacties", "akkoorden")]  # fmt: skip
    ahead += [f"/api/v1/passages/{n}" for n in range(1, 40)]
    ahead += ["/api/v1/bestaat-niet", "/api/v1/gemeenten?naam=kanarie"]
    known, times, found, size = set(ahead), Counter(), {}, 0
    while ahead:
        path = ahead.pop()
        response = program.get(path)
        text = json.dumps(dict(response.headers)) + response.text
        size += len(text)
        for word in WORD.findall(text):
            found.setdefault(word, path)
        for to in set(ADDRESS.findall(response.text)) - known:
            times[urlsplit(to).path] += 1
            if times[urlsplit(to).path] <= SAME_LIST:
                known.add(to)
                ahead.append(to)
    return found, size


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["anyone", "a reader", "an advisor"])
def test_no_answer_holds_a_word_that_is_not_public(scene, canaries, settings, who):
    found, size = crawl(program_of(who, settings))

    leaks = [
        f"{canaries[word].where} at {where}"
        for word, where in found.items()
        if not canaries[word].seen_by >= READER
    ]
    assert not leaks, "\n".join(leaks)
    assert size > 50_000
    # The control: what is public does come by.
    assert {canaries[word].where.partition(" ")[0] for word in found} >= ALWAYS_THERE
