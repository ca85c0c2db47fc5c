"""How far each coalition is, kept by advisors in one table."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from municipalities.edits import Stale, save_edit
from municipalities.models import Formation
from tests.conftest import HTMX
from tests.factories import CoalitionFactory, FormationFactory, MunicipalityFactory, UserFactory


@pytest.fixture
def coalition(db):
    return CoalitionFactory(municipality=MunicipalityFactory(name="Proefstad", slug="proefstad"))


def address(name="formation-change"):
    return reverse(f"municipalities:{name}", args=[2026, "proefstad"])


def table():
    return reverse("municipalities:formation", args=[2026])


def typed(**values):
    blank = dict.fromkeys(
        ["state", "election_on", "exploration_on", "negotiation_on", "presented_on", "adopted_on"],
        "",
    )
    return {f"proefstad-{name}": value for name, value in (blank | {"seen": 0} | values).items()}


def test_an_advisor_writes_down_the_state_and_its_dates(client, sign_in, coalition):
    sign_in("Adviseur")

    client.post(address(), typed(state=3, election_on="2026-03-18", negotiation_on="2026-04-20"))

    formation = Formation.objects.get(coalition=coalition)
    assert (formation.state, formation.negotiation_on) == (3, date(2026, 4, 20))
    assert formation.exploration_on is None


def test_readers_see_what_is_known_and_what_is_not(client, sign_in, coalition):
    FormationFactory(coalition=coalition, state=3, negotiation_on=date(2026, 4, 20))
    CoalitionFactory()
    sign_in("Burgemeester")

    text = client.get(table()).text

    assert "<strong>onderhandeling</strong>" in text
    assert "20 apr 2026" in text
    assert "datum niet bekend" in text  # of the exploration
    assert "niet bekend" in text
    assert "Wijzig" not in text


def test_a_row_opens_and_closes_in_its_place(client, sign_in, coalition):
    sign_in("Adviseur")

    opened = client.get(address(), headers=HTMX).text
    saved = client.post(address(), typed(state=1), headers=HTMX).text

    assert opened.strip().startswith("{# Needs") or "<tr" in opened
    assert "<html" not in opened + saved
    assert "proefstad-election_on" in opened
    assert "Opgeslagen." in saved
    assert "verkiezing" in saved


def test_without_javascript_the_table_comes_with_the_row_open(client, sign_in, coalition):
    CoalitionFactory(municipality__name="Elders")
    sign_in("Adviseur")

    text = client.get(address()).text

    assert "proefstad-election_on" in text
    assert "Elders" in text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"state": 3, "election_on": "2026-04-20", "negotiation_on": "2026-03-18"},
            "Een latere stand heeft een eerdere datum.",
        ),
        ({"state": 1, "negotiation_on": "2026-04-20"}, "die nog niet is bereikt"),
        ({"election_on": "2026-03-18"}, "die nog niet is bereikt"),
        (
            {"state": 1, "election_on": (timezone.localdate() + timedelta(days=1)).isoformat()},
            "Deze datum is nog niet geweest.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(client, sign_in, coalition, values, message):
    sign_in("Adviseur")

    response = client.post(address(), typed(**values))

    assert message in response.text
    assert not Formation.objects.exists()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("formation_runs_forward", {"state": 5, "adopted_on": date(2026, 3, 1)}),
        ("formation_dates_were_reached", {"state": 1, "adopted_on": date(2026, 6, 1)}),
        ("formation_dates_were_reached", {"state": None}),
        ("formation_state_is_one_of_five", {"state": 6}),
    ],
)
def test_the_database_refuses_it_too(coalition, name, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        FormationFactory(coalition=coalition, **values)

    FormationFactory(coalition=coalition)  # what is right is let in


def test_a_stale_save_gets_both_and_loses_nothing(client, sign_in, coalition):
    sign_in("Adviseur")
    FormationFactory(coalition=coalition, state=2, edit_number=2, note="Van een collega")

    response = client.post(address(), typed(state=1, seen=1, note="Van mij"))

    assert response.status_code == 409
    assert "Van een collega" in response.text
    assert 'value="Van mij"' in response.text
    assert Formation.objects.get().note == "Van een collega"
    again = client.post(address(), typed(state=1, seen=2, note="Van mij"))
    assert again.status_code == 302


def test_two_people_begin_the_same_row_and_the_second_hears_it(committed):
    coalition = CoalitionFactory()
    first, second = (Formation(coalition=coalition, state=1) for _ in range(2))
    save_edit(first, by=UserFactory(), seen=0)

    with pytest.raises(Stale):
        save_edit(second, by=UserFactory(), seen=0)


def test_an_invented_row_is_labelled_and_a_person_can_put_it_right(client, sign_in, coalition):
    FormationFactory(coalition=coalition, is_fiction=True)
    sign_in("Adviseur")

    before = client.get(table()).text
    client.post(address(), typed(state=1, seen=1))

    assert "verzonnen" in before
    assert not Formation.objects.get().is_fiction


def test_who_changed_what_can_be_read(client, sign_in, coalition):
    sign_in("Adviseur", first_name="Anouk", last_name="Wolters")
    client.post(address(), typed(state=1))
    client.post(address(), typed(state=2, seen=1))

    text = client.get(table()).text

    assert "gewijzigd door Anouk Wolters" in text
    assert "<del>verkiezing</del> <ins>verkenning</ins>" in text


def test_an_editor_does_not_write(client, sign_in, coalition):
    sign_in("Eindredacteur")

    assert client.post(address(), typed(state=1)).status_code == 404
    assert not Formation.objects.exists()
