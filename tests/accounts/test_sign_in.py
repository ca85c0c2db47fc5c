"""Signing in, the demo people, and making accounts."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from accounts.demo import PASSWORD as DEMO_PASSWORD
from accounts.models import User
from accounts.roles import ROLES
from tests.factories import PASSWORD, CouncilTermFactory, MunicipalityFactory, UserFactory

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

    assert "Voer een juiste gebruikersnaam en wachtwoord in" in response.text


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


def new_account(**changes):
    return {
        "username": "nieuw",
        "first_name": "Nieuwe",
        "last_name": "Mens",
        "email": "nieuw@example.org",
        "password1": "een-lang-wachtwoord-7",
        "password2": "een-lang-wachtwoord-7",
        "role": Group.objects.get(name="Adviseur").pk,
    } | changes


def test_an_administrator_makes_an_account(client, sign_in, db):
    sign_in("Beheerder")

    client.post(reverse("accounts:user-create"), new_account())

    user = User.objects.get(username="nieuw")
    assert user.role == "Adviseur"
    assert user.check_password("een-lang-wachtwoord-7")


def test_a_mayor_needs_a_municipality(client, sign_in, db):
    sign_in("Beheerder")
    mayor = Group.objects.get(name="Burgemeester").pk

    response = client.post(reverse("accounts:user-create"), new_account(role=mayor))
    assert "Kies de gemeente" in response.text

    place = MunicipalityFactory()
    client.post(reverse("accounts:user-create"), new_account(role=mayor, municipality=place.pk))
    assert User.objects.get(username="nieuw").municipality == place


def test_a_form_can_not_make_a_superuser(client, sign_in, db):
    sign_in("Beheerder")

    client.post(reverse("accounts:user-create"), new_account(is_superuser="on", is_staff="on"))

    user = User.objects.get(username="nieuw")
    assert not user.is_superuser
    assert not user.is_staff


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
