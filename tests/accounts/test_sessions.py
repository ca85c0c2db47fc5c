"""How long a sign-in lasts, where one is signed in, and what ends it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clearing
from accounts.models import Session
from tests.accounts.conftest import grow_old, sign_in_by_form
from tests.factories import (
    PASSWORD,
    CouncilTermFactory,
    MunicipalityFactory,
    UserFactory,
    VersionFactory,
)

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
NEW = "een-heel-nieuw-woord-9"


@pytest.fixture
def reader(client, db):
    CouncilTermFactory()
    user = UserFactory(role="Burgemeester")
    sign_in_by_form(client, user)
    return user


def is_in(client):
    return client.get("/").status_code == 200


def test_thirty_idle_minutes_end_a_session(client, reader):
    grow_old(minutes=29)
    assert is_in(client)

    grow_old(minutes=31)
    assert not is_in(client)


def test_use_keeps_it_alive(client, reader):
    grow_old(minutes=29)
    client.get("/")

    assert Session.objects.live().count() == 1
    grow_old(minutes=29)
    assert is_in(client)


def test_twelve_hours_end_a_session_whatever_happens(client, reader):
    grow_old(hours=13, field="started_at")

    assert not is_in(client)


def test_the_demo_is_not_interrupted(client, reader, settings):
    settings.SESSION_IDLE_MINUTES = 12 * 60
    grow_old(hours=11)

    assert is_in(client)


def test_what_a_page_asks_by_itself_is_not_use(client, db):
    user = UserFactory(role="Adviseur")
    sign_in_by_form(client, user)
    version = VersionFactory()
    grow_old(minutes=20)
    before = Session.objects.get().last_used_at

    client.get(reverse("agreements:news", args=[version.pk]))
    assert Session.objects.get().last_used_at == before

    client.get(reverse("accounts:mine"))
    assert Session.objects.get().last_used_at > before


def test_last_use_is_written_at_most_once_a_minute(client, reader):
    grow_old(minutes=2)
    with CaptureQueriesContext(connection) as first:
        client.get("/")
    with CaptureQueriesContext(connection) as second:
        client.get("/")

    assert len(first) == len(second) + 1
    assert not [q for q in second if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_the_cookie_changes_when_someone_signs_in(client, db):
    user = UserFactory(role="Burgemeester")
    client.get("/wachtwoord-vergeten/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key

    sign_in_by_form(client, user)

    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_an_old_cookie_is_dead_after_signing_out(client, reader):
    old = client.cookies["session"].value
    response = client.post(reverse("accounts:logout"))
    assert response.cookies["session"].value == ""

    client.cookies["session"] = old

    assert not is_in(client)


def test_someone_sees_where_they_are_signed_in(client, elsewhere, reader):
    sign_in_by_form(elsewhere, reader, headers={"User-Agent": CHROME}, REMOTE_ADDR="203.0.113.5")

    page = client.get(reverse("accounts:mine")).text

    assert "Chrome op Windows" in page
    assert "203.0.113.5" in page
    assert "dit apparaat" in page
    for session in Session.objects.all():
        assert session.pk not in page  # its key is its password


def test_and_ends_one_of_them(client, elsewhere, reader):
    sign_in_by_form(elsewhere, reader, headers={"User-Agent": CHROME})
    other = next(
        row
        for row in client.get(reverse("accounts:mine")).context["sessions"]
        if "Chrome" in row[2]
    )

    client.post(reverse("accounts:session-end"), {"number": other[1]})

    assert is_in(client)
    assert not is_in(elsewhere)


def test_and_all_others(client, elsewhere, reader):
    sign_in_by_form(elsewhere, reader)

    client.post(reverse("accounts:session-end"), {"all": "1"})

    assert is_in(client)
    assert not is_in(elsewhere)


def test_but_never_another_person_s(client, elsewhere, reader):
    other = UserFactory(role="Burgemeester")
    sign_in_by_form(elsewhere, other)
    number = elsewhere.get(reverse("accounts:mine")).context["sessions"][0][1]

    client.post(reverse("accounts:session-end"), {"number": number})

    assert is_in(elsewhere)


def change_password(client, old=PASSWORD):
    return client.post(
        reverse("accounts:password"),
        {"old_password": old, "new_password1": NEW, "new_password2": NEW},
    )


def test_a_new_password_ends_the_others(client, elsewhere, reader):
    sign_in_by_form(elsewhere, reader)

    assert change_password(client).status_code == 302

    assert is_in(client)
    assert not is_in(elsewhere)
    reader.refresh_from_db()
    assert reader.check_password(NEW)


def test_a_new_password_asks_for_the_old_one(client, reader):
    response = change_password(client, old="fout")

    assert response.status_code == 200
    reader.refresh_from_db()
    assert reader.check_password(PASSWORD)


def test_a_password_that_is_set_by_command_ends_sessions(client, reader):
    reader.set_password(NEW)
    reader.save()

    assert not is_in(client)


def test_a_disabled_account_is_out_at_the_next_request(client, elsewhere, reader):
    admin = UserFactory(role="Beheerder")
    elsewhere.force_login(admin)

    elsewhere.post(
        reverse("accounts:user-change", args=[reader.pk]),
        {
            "first_name": "A",
            "last_name": "B",
            "role": reader.groups.get().pk,
            "municipality": MunicipalityFactory().pk,
            "seen": 0,
        },
    )

    reader.refresh_from_db()
    assert not reader.is_active
    assert not is_in(client)
    assert Session.objects.get(user=reader).ended_at


def test_sessions_are_cleared_a_day_after_their_end(client, reader):
    client.post(reverse("accounts:logout"))
    clearing.clear()
    assert Session.objects.count() == 1

    grow_old(hours=25, field="ended_at")
    clearing.clear()
    assert not Session.objects.exists()


def test_a_live_session_is_not_cleared(client, reader):
    clearing.clear()

    assert is_in(client)


def test_no_session_is_made_for_a_stranger(client, db):
    client.get("/aanmelden/")
    client.post("/aanmelden/", {"username": "x", "password": "y"})

    assert not Session.objects.exists()
