"""The facts about municipalities and coalitions, kept by the administrator."""

import pytest
from django.urls import reverse

from municipalities.models import Municipality
from tests.factories import CoalitionFactory, MunicipalityFactory


@pytest.fixture
def coalition(db):
    return CoalitionFactory(municipality=MunicipalityFactory(name="Proefstad", slug="proefstad"))


PLACE = {"name": "Proefstad", "tile_row": 9, "tile_column": 9, "seen": 1}


def place():
    return reverse("municipalities:municipality", args=["proefstad"])


def test_the_administrator_changes_a_municipality_and_the_address_stays(client, sign_in, coalition):
    sign_in("Beheerder", first_name="Rik", last_name="Scholten")
    other = MunicipalityFactory(name="Elders")

    client.post(
        place(),
        PLACE
        | {
            "name": "Nieuwstad",
            "population": 5000,
            "population_year": 2025,
            "neighbours": [other.pk],
        },
    )

    row = Municipality.objects.get(slug="proefstad")
    assert (row.name, row.population, row.population_year) == ("Nieuwstad", 5000, 2025)
    assert list(other.neighbours.all()) == [row]
    text = client.get(place()).text
    assert "<del>Proefstad</del> <ins>Nieuwstad</ins>" in text
    assert "door Rik Scholten" in text
    assert "Elders, gemaakt door Rik Scholten" in text


def test_a_population_needs_its_year(client, sign_in, coalition):
    sign_in("Beheerder")

    response = client.post(place(), PLACE | {"population": 5000})

    assert "Vul inwoners en peiljaar allebei in" in response.text
    assert Municipality.objects.get(slug="proefstad").population is None


def test_a_stale_save_of_a_municipality_gets_both(client, sign_in, coalition):
    sign_in("Beheerder")
    client.post(place(), PLACE | {"website": "https://proefstad.nl"})

    response = client.post(place(), PLACE | {"website": "https://anders.nl"})

    assert response.status_code == 409
    assert "https://proefstad.nl" in response.text
    assert 'value="https://anders.nl"' in response.text


def test_the_administrator_writes_down_the_real_agreement(client, sign_in, coalition):
    sign_in("Beheerder")
    address = reverse("municipalities:coalition", args=["proefstad", 2026])

    client.post(
        address, {"parties": "Wij, Zij", "real_title": "Echt", "real_adopted_on": "", "seen": 1}
    )

    coalition.refresh_from_db()
    assert coalition.parties == ["Wij", "Zij"]
    assert coalition.real_title == "Echt"
    assert coalition.real_adopted_on is None
    assert "<ins>Wij, Zij</ins>" in client.get(address).text


def test_a_stale_save_of_a_coalition_gets_both(client, sign_in, coalition):
    sign_in("Beheerder")
    address = reverse("municipalities:coalition", args=["proefstad", 2026])
    client.post(address, {"parties": "Wij", "real_title": "", "seen": 1})

    response = client.post(address, {"parties": "Zij", "real_title": "", "seen": 1})

    assert response.status_code == 409
    assert "Opgeslagen: <strong>Wij</strong>" in response.text
    assert 'value="Zij"' in response.text
