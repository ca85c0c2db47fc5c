"""Guessing: how many chances there are, and what is said about it (ADR 27)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import lockout
from accounts.models import SignInTry
from tests.accounts.conftest import LOGIN, sign_in_by_form
from tests.factories import CouncilTermFactory, UserFactory


def guess(client, name, times, address="192.0.2.1"):
    for _ in range(times):
        response = client.post(LOGIN, {"username": name, "password": "fout"}, REMOTE_ADDR=address)
    return response


def test_after_five_wrong_passwords_an_account_waits(client, db):
    user = UserFactory()
    assert "horen niet bij elkaar" in guess(client, user.username, 5).text

    response = sign_in_by_form(client, user, REMOTE_ADDR="192.0.2.1")

    assert response.status_code == 429
    assert "te vaak een verkeerd wachtwoord" in response.text
    assert "Wacht tot" in response.text
    assert "_auth_user_id" not in client.session


def test_four_wrong_passwords_don_t_lock(client, db):
    user = UserFactory()
    guess(client, user.username, 4)

    assert sign_in_by_form(client, user, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_the_wait_is_over_after_fifteen_minutes(client, db):
    user = UserFactory()
    guess(client, user.username, 5)
    SignInTry.objects.update(at=timezone.now() - timedelta(minutes=15, seconds=1))

    assert sign_in_by_form(client, user, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_a_name_that_does_not_exist_gets_the_same_answers(client, elsewhere, db):
    user = UserFactory(username="bestaat")

    real = [guess(client, user.username, 1) for _ in range(6)]
    unreal = [guess(elsewhere, "bestaat-niet", 1) for _ in range(6)]

    assert [r.status_code for r in real] == [r.status_code for r in unreal] == [200] * 5 + [429]
    assert [len(r.context["form"].errors) for r in real] == [
        len(r.context["form"].errors) for r in unreal
    ]


def test_the_same_name_in_capitals_is_the_same_name(client, db):
    guess(client, "Anouk", 3)
    guess(client, "ANOUK ", 2)

    assert guess(client, "anouk", 1).status_code == 429


def test_the_victim_at_another_address_still_comes_in(client, elsewhere, db):
    CouncilTermFactory()
    user = UserFactory()
    for number in range(100):
        guess(client, user.username, 6, address=f"198.51.100.{number}")

    assert sign_in_by_form(elsewhere, user, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_far_more_guesses_from_everywhere_together_do_lock(client, db, monkeypatch):
    monkeypatch.setattr(lockout, "PER_NAME", 20)
    user = UserFactory()
    for number in range(4):
        guess(client, user.username, 5, address=f"198.51.100.{number}")

    assert sign_in_by_form(client, user, REMOTE_ADDR="192.0.2.9").status_code == 429


def test_after_thirty_wrong_passwords_an_address_waits(client, db):
    user = UserFactory()
    for number in range(30):
        guess(client, f"naam{number}", 1)

    assert sign_in_by_form(client, user, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert sign_in_by_form(client, user, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_a_right_password_wipes_the_slate(client, elsewhere, db):
    user = UserFactory()
    guess(elsewhere, user.username, 4)
    sign_in_by_form(client, user, REMOTE_ADDR="192.0.2.1")

    assert guess(elsewhere, user.username, 4).status_code == 200
    assert sign_in_by_form(elsewhere, user, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_names_are_not_readable_in_the_database(client, db):
    guess(client, "Wachtwoord-in-het-verkeerde-veld", 1)

    assert "wachtwoord" not in str(SignInTry.objects.values().get()).lower()


def test_a_forwarded_address_is_not_believed_without_a_proxy(client, db):
    for number in range(6):
        response = client.post(
            LOGIN,
            {"username": "x", "password": "fout"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )

    assert response.status_code == 429


def test_behind_a_proxy_only_its_own_hop_counts(client, db, settings):
    settings.BEHIND_PROXY = True
    for number in range(6):
        response = client.post(
            LOGIN,
            {"username": "x", "password": "fout"},
            headers={"X-Forwarded-For": f"10.0.0.{number}, 203.0.113.7"},
        )

    assert response.status_code == 429
    assert set(SignInTry.objects.values_list("address", flat=True)) == {"203.0.113.7"}


def test_guesses_at_the_same_moment_don_t_get_more_chances(committed):
    UserFactory(username="doelwit")

    def once(_):
        try:
            return Client().post(LOGIN, {"username": "doelwit", "password": "fout"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(once, range(12)))

    assert answers.count(200) == 5
    assert answers.count(429) == 7


@pytest.mark.parametrize("known", [True, False])
def test_asking_for_a_new_password_is_limited(client, db, known, mailoutbox):
    user = UserFactory(email="iemand@example.org")
    address = user.email if known else "niemand@example.org"
    for _ in range(5):
        assert client.post("/wachtwoord-vergeten/", {"email": address}).status_code == 302

    response = client.post("/wachtwoord-vergeten/", {"email": address})

    assert "te vaak" in response.text
    assert len(mailoutbox) == (5 if known else 0)
