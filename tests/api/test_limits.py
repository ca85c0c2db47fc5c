"""Nobody asks more often in a minute than is allowed, whichever process answers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from api import actions, limits
from api.models import Tally
from tests.api.conftest import Program, token_of
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def one_minute(monkeypatch):
    """All of a test falls in one minute, and in a process that begins."""
    moment = timezone.now().replace(second=20)
    monkeypatch.setattr(limits.timezone, "now", lambda: moment)
    monkeypatch.setattr(limits, "_purse", limits._Purse())


def test_after_so_many_one_waits(program, settings):
    settings.API_PER_MINUTE = 3

    left = [program.get("gemeenten")["RateLimit-Remaining"] for _ in range(3)]
    response = program.get("gemeenten")

    assert left == ["2", "1", "0"]
    assert response.status_code == 429
    assert response["Retry-After"] == response["RateLimit-Reset"] == "40"
    assert response["RateLimit-Limit"] == "3"
    assert "Wacht 40 seconden" in response.json()["detail"]


def test_what_is_left_is_that_of_the_minute(program, settings):
    settings.API_PER_MINUTE = 100

    left = [int(program.get("gemeenten")["RateLimit-Remaining"]) for _ in range(100)]

    assert left == list(range(99, -1, -1))
    assert program.get("gemeenten").status_code == 429


def test_what_is_left_only_falls_though_another_process_takes_some_too(db, monkeypatch):
    purses, left = [limits._Purse() for _ in range(2)], [[], []]
    for turn in range(220):
        monkeypatch.setattr(limits, "_purse", purses[turn % 2])
        allowance = limits.take_one("iemand", 200)
        left[turn % 2].append(allowance.remaining)

    for told in left:
        assert told == sorted(told, reverse=True)
        assert told[0] >= 189
        assert told[-1] == 0


def test_each_token_has_its_own_count(program, settings):
    settings.API_PER_MINUTE = 1
    _, secret = token_of(UserFactory(role="Burgemeester"))

    assert program.get("gemeenten").status_code == 200
    assert program.get("gemeenten").status_code == 429
    assert Program(secret).get("gemeenten").status_code == 200


def test_without_a_token_the_address_is_counted(anyone, settings):
    settings.PUBLIC_READING, settings.API_PER_MINUTE_OPEN = True, 1

    assert anyone.get("gemeenten").status_code == 200
    assert anyone.get("gemeenten").status_code == 429
    elsewhere = anyone.client.get("/api/v1/gemeenten", REMOTE_ADDR="192.0.2.8")
    assert elsewhere.status_code == 200


def test_wrong_tokens_are_counted_by_address_too(db, settings):
    settings.API_PER_MINUTE_OPEN = 2

    found = [Program(f"vrt_{n}").get("gemeenten").status_code for n in range(4)]

    assert found == [401, 401, 429, 429]


def test_the_address_can_not_be_read_back(anyone):
    anyone.get("gemeenten")

    assert "192.0.2.7" not in str(Tally.objects.values())


def test_what_the_api_is_may_always_be_asked(anyone, settings, django_assert_num_queries):
    settings.API_PER_MINUTE_OPEN = 1

    with django_assert_num_queries(0):
        for _ in range(5):
            assert anyone.get("/api/v1").status_code == 200
            assert anyone.get("/api/v1/openapi.json").status_code == 200


def test_a_process_takes_some_at_once_so_that_few_requests_write(db, settings):
    for _ in range(100):
        limits.take_one("iemand", 100)

    assert Tally.objects.get().times == 100
    assert limits.take_one("iemand", 100).is_over


def test_processes_together_never_let_through_more(db, monkeypatch):
    purses = [limits._Purse() for _ in range(2)]
    through = 0
    for turn in range(200):
        monkeypatch.setattr(limits, "_purse", purses[turn % 2])
        through += not limits.take_one("iemand", 50).is_over

    assert 48 <= through <= 50


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_are_all_counted(committed):
    def ask(_):
        try:
            return not limits.take_one("iemand", 30).is_over
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        through = sum(pool.map(ask, range(120)))

    assert through <= 30
    assert through >= 22  # what eight threads took and didn't give out


def test_the_next_minute_begins_anew(db, monkeypatch):
    assert not limits.take_one("iemand", 1).is_over
    assert limits.take_one("iemand", 1).is_over
    later = limits.timezone.now() + limits.MINUTE
    monkeypatch.setattr(limits.timezone, "now", lambda: later)

    assert not limits.take_one("iemand", 1).is_over


def test_what_was_counted_is_forgotten_after_an_hour(db):
    now = timezone.now()
    for hours in (0, 2):
        Tally.objects.create(who=f"{hours}", minute=now - timedelta(hours=hours), times=1)

    actions.clear()

    assert [tally.who for tally in Tally.objects.all()] == ["0"]
