"""Signing in and out, and the demo people."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse

from accounts.demo import PASSWORD as DEMO_PASSWORD
from accounts.models import User
from accounts.roles import ROLES
from tests.factories import PASSWORD, CouncilTermFactory, UserFactory

LOGIN = "/aanmelden/"


@pytest.fixture
def demo_people(db):
    call_command("load_reference")
    User.objects.create_user("burgemeester", password=DEMO_PASSWORD)


def test_a_person_signs_in_and_out(client, db):
    CouncilTermFactory()
    user = UserFactory(role="Burgemeester")

    client.post(LOGIN, {"username": user.username, "password": PASSWORD})
    assert client.get("/").status_code == 200

    client.post(reverse("accounts:logout"))
    assert client.get("/").url.startswith(LOGIN)


def test_a_wrong_password_is_said_in_dutch(client, db):
    user = UserFactory()

    response = client.post(LOGIN, {"username": user.username, "password": "fout"})

    assert "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar" in response.text


def test_the_demo_lists_its_people(client, demo_people, settings):
    settings.DEMO = True

    response = client.get(LOGIN)

    assert "Burgemeester Enschede" in response.text
    assert DEMO_PASSWORD in response.text


def test_outside_the_demo_nobody_is_listed(client, demo_people, settings):
    settings.DEMO = False

    response = client.get(LOGIN)

    assert DEMO_PASSWORD not in response.text
    assert "Vraag de beheerder" in response.text


def test_the_demo_lists_only_accounts_that_are_there(client, db, settings):
    settings.DEMO = True

    assert "Rondkijken" not in client.get(LOGIN).text


def test_signing_in_goes_nowhere_else(client, db):
    user = UserFactory(role="Burgemeester")

    response = client.post(
        LOGIN, {"username": user.username, "password": PASSWORD, "next": "https://elders.example/"}
    )

    assert response.url == "/"


def test_a_switched_off_account_is_out_at_once(client, sign_in, db):
    CouncilTermFactory()
    user = sign_in("Burgemeester")
    assert client.get("/").status_code == 200

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert client.get("/").status_code == 302


def test_roles_are_made_equal_to_the_table(db):
    adviser = Group.objects.get(name="Adviseur")
    adviser.permissions.clear()

    call_command("sync_roles")

    names = {f"{p.content_type.app_label}.{p.codename}" for p in adviser.permissions.all()}
    assert names == set(ROLES["Adviseur"])


def test_a_new_role_counts_at_the_next_request(client, sign_in, db):
    user = sign_in("Burgemeester")
    assert client.get(reverse("accounts:users")).status_code == 404

    user.groups.set([Group.objects.get(name="Beheerder")])

    assert client.get(reverse("accounts:users")).status_code == 200


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/signup/", "/accounts/login/", "/registreren/"]
)
def test_nobody_can_sign_up(client, db, path):
    assert client.get(path).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
