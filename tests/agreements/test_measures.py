"""Measures: what a passage promises, with its money and years."""

from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse

from agreements.models import Measure
from tests.conftest import HTMX
from tests.factories import MeasureFactory, PassageFactory


@pytest.fixture
def passage(db):
    return PassageFactory()


@pytest.fixture
def advisor(db, sign_in):
    return sign_in("Adviseur")


def create(client, passage, **data):
    defaults = {"what": "een team", "seen": 0}
    address = reverse("agreements:measure-create", args=[passage.pk])
    return client.post(address, defaults | data, headers=HTMX)


def change(client, measure, **data):
    defaults = {"what": measure.what, "seen": measure.edit_number}
    address = reverse("agreements:measure-change", args=[measure.pk])
    return client.post(address, defaults | data, headers=HTMX)


def test_a_measure_keeps_what_the_quote_says(client, advisor, passage):
    response = create(
        client,
        passage,
        what="ondermijningsteam",
        amount="180.000,50",
        first_year=2027,
        last_year=2030,
        kind="structureel",
        who="college",
    )

    measure = Measure.objects.get()
    assert measure.amount == Decimal("180000.50")
    assert (measure.years, measure.kind, measure.who) == ("2027–2030", "structureel", "college")
    assert measure.created_by == advisor
    assert "ondermijningsteam, € 180.000,50 structureel, 2027–2030 (college)" in response.text


def test_only_what_is_needed(client, advisor, passage):
    create(client, passage)

    measure = Measure.objects.get()
    assert (measure.amount, measure.years, measure.kind, measure.who) == (None, "", "", "")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"what": ""}, "Dit veld is verplicht"),
        ({"amount": "veel"}, "Schrijf het bedrag als 180.000 of 1.500,50"),
        ({"amount": "1.5 miljoen"}, "Schrijf het bedrag als 180.000 of 1.500,50"),
        ({"amount": "1.5"}, "Schrijf het bedrag als 180.000 of 1.500,50"),
        ({"amount": "0"}, "Vul een bedrag in van meer dan nul"),
        ({"amount": "-5"}, "Vul een bedrag in van meer dan nul"),
        ({"first_year": 1999}, "Vul een jaar in vanaf 2000"),
        ({"last_year": 2101}, "Vul een jaar in tot en met 2100"),
        ({"first_year": 2030, "last_year": 2027}, "Het eerste jaar komt niet na het laatste"),
    ],
)
def test_what_can_not_be_is_refused_in_words(client, advisor, passage, data, message):
    response = create(client, passage, who="het college", **data)

    assert response.status_code == 200
    assert message in response.text
    assert "het college" in response.text
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("82000", "82000"),
        ("180.000", "180000"),
        ("€ 1.500,50", "1500.50"),
        ("2 500", "2500"),
        ("1.000,-", "1000"),
    ],
)
def test_an_amount_is_read_as_it_is_written_in_dutch(client, advisor, passage, written, amount):
    create(client, passage, amount=written)

    assert Measure.objects.get().amount == Decimal(amount)


def test_a_change_begins_with_the_amount_as_it_is_written(client, advisor, passage):
    measure = MeasureFactory(passage=passage, amount=Decimal("180000.50"))

    response = client.get(reverse("agreements:measure-change", args=[measure.pk]), headers=HTMX)

    assert 'value="180.000,50"' in response.text


def test_a_stale_change_gets_both_texts(client, advisor, passage):
    measure = MeasureFactory(passage=passage, what="van een ander")
    Measure.objects.update(edit_number=4)

    response = change(client, measure, what="van mij")

    measure.refresh_from_db()
    assert response.status_code == 409
    assert "van een ander" in response.text
    assert "van mij" in response.text
    assert measure.what == "van een ander"


def test_a_measure_can_go(client, advisor, passage):
    measure = MeasureFactory(passage=passage)

    client.post(reverse("agreements:measure-delete", args=[measure.pk]), headers=HTMX)

    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (2027, None, "vanaf 2027"),
        (None, 2029, "uiterlijk 2029"),
        (2027, 2027, "2027"),
        (None, None, ""),
    ],
)
def test_years_are_told_in_words(first, last, words):
    assert Measure(first_year=first, last_year=last).years == words


def test_the_database_refuses_years_that_run_back(passage):
    with pytest.raises(IntegrityError, match="years_run_forward"):
        MeasureFactory(passage=passage, first_year=2030, last_year=2027)
