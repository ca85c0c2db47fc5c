"""The six themes, kept by the administrator."""

import pytest
from django.urls import reverse

from tests.factories import ThemeFactory
from themes.models import Theme


@pytest.fixture
def themes(db):
    return [
        ThemeFactory(key="brandweer", number=1, letter="B"),
        ThemeFactory(key="ondermijning", number=2, letter="O"),
    ]


def test_a_theme_gets_another_name_and_keeps_its_address(client, sign_in, themes):
    sign_in("Beheerder", first_name="Rik", last_name="Scholten")

    client.post(
        reverse("themes:theme", args=["brandweer"]), {"name": "Vuur", "letter": "V", "seen": 1}
    )

    row = Theme.objects.get(slug="brandweer")
    assert (row.name, row.letter) == ("Vuur", "V")
    text = client.get(reverse("themes:theme", args=["brandweer"])).text
    assert "<del>Brandweer</del> <ins>Vuur</ins>" in text
    assert "Rik Scholten" in text


def test_a_letter_of_another_theme_is_refused(client, sign_in, themes):
    sign_in("Beheerder")

    response = client.post(
        reverse("themes:theme", args=["brandweer"]),
        {"name": "Brandweer", "letter": "O", "seen": 1},
    )

    assert Theme.objects.get(slug="brandweer").letter == "B"
    assert "Er is al een thema met deze letter." in response.text


def test_two_themes_change_places(client, sign_in, themes):
    sign_in("Beheerder")

    client.post(reverse("themes:theme-move", args=["brandweer"]), {"down": ""})

    assert [theme.slug for theme in Theme.objects.all()] == ["ondermijning", "brandweer"]


def test_the_first_stays_first(client, sign_in, themes):
    sign_in("Beheerder")

    client.post(reverse("themes:theme-move", args=["brandweer"]), {"up": ""})

    assert [theme.slug for theme in Theme.objects.all()] == ["brandweer", "ondermijning"]


def test_a_stale_save_gets_both(client, sign_in, themes):
    sign_in("Beheerder")
    address = reverse("themes:theme", args=["brandweer"])
    client.post(address, {"name": "Vuur", "letter": "B", "seen": 1})

    response = client.post(address, {"name": "Vlam", "letter": "B", "seen": 1})

    assert response.status_code == 409
    assert "Opgeslagen: <strong>Vuur</strong>" in response.text
    assert 'value="Vlam"' in response.text
