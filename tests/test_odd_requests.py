"""Requests that no form sends get an answer, never an error of the server."""

import pytest
from django.urls import reverse

from tests.conftest import HTMX
from tests.factories import MunicipalityFactory, UserFactory
from tests.test_access import PAGES, WRITES
from tests.world import make_world

ODD = ["9" * 5000, "-1", "²", "abc", "\x00", "' OR 1=1 --", "😀", "../../etc/passwd"]
FIELDS = (
    *(
        "passage",
        "coalitie",
        "coalition",
        "title",
        "kind",
        "adopted_on",
        "source_url",
        "parties",
        "file",
    ),
    *(
        "theme",
        "focus_point",
        "strength",
        "note",
        "start",
        "end",
        "quote",
        "seen",
        "level",
        "summary",
    ),
    *("terms", "previewed", "save"),
    *("codings", "hit", "role", "municipality", "username", "password", "next"),
    *("reader", "themes", "number", "until", "undo", "wie"),
)


@pytest.fixture
def world(db):
    return make_world()


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("role", ["Adviseur", "Eindredacteur", "Beheerder"])
def test_odd_values_are_no_server_error(client, sign_in, world, role, value):
    sign_in(role)
    odd = dict.fromkeys(FIELDS, value)

    for name in [*PAGES, *WRITES]:
        address = reverse(name, args=world.arguments[name])
        assert client.get(address, odd).status_code < 500, name
        assert client.post(address, odd).status_code < 500, name


@pytest.mark.parametrize("number", [0, 10**6, 2**31, 2**63, 10**30])
def test_numbers_that_are_nobodys_are_not_found(client, sign_in, world, number):
    sign_in("Adviseur")

    for path in (
        "akkoorden/{}/",
        "akkoorden/versies/{}/",
        "akkoorden/coderingen/{}/",
        "overzicht/{}/",
    ):
        assert client.get("/" + path.format(number)).status_code == 404


def test_the_address_of_a_button_answers_in_words(client, db):
    client.force_login(UserFactory(role="Gemeentecontact", municipality=MunicipalityFactory()))

    response = client.get("/reactie/2026/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "Dit adres hoort bij een knop" in response.text
    assert client.get("/reactie/2026/", headers=HTMX).content == b""
