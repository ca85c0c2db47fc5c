"""Then and now: what became of a focus point between two agreements of one municipality."""

import pytest
from django.urls import reverse

from overview.change import Change
from overview.then_and_now import previous, then_and_now
from overview.treatment import Treatment
from tests.factories import CodingFactory, ThemeFactory, published_of
from tests.overview.published import (
    coalition_of,
    draft_that_says,
    place,
    point,
    published_silence,
    published_that_says,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def enschede():
    return place("Enschede")


@pytest.fixture
def then(enschede):
    return coalition_of(enschede, 2022)


@pytest.fixture
def now(enschede):
    return coalition_of(enschede)


def both_years(slug):
    return point(slug, year=2022), point(slug)


def compared(now):
    """The comparison of the theme of these tests."""
    rows = then_and_now(now, previous(now))
    return next(row for row in rows if row.theme == ThemeFactory())


def by_name(row):
    return {each.name: each for each in row.points}


def test_each_point_has_its_change_and_both_quotes(now, then):
    jeugd, partners, adem = both_years("jeugd"), both_years("partners"), both_years("adem")
    published_that_says(
        then,
        ("Wij praten met jeugd.", jeugd[0], 1, None),
        ("Wij praten met partners.", partners[0], 2, None),
    )
    published_that_says(
        now,
        ("Wij betalen jongerenwerk.", jeugd[1], 2, {"amount": 5000}),
        ("Het duurt lang.", adem[1], 1, None),
    )

    found = by_name(compared(now))

    assert {name: each.change for name, each in found.items()} == {
        "Jeugd": Change.STRONGER,
        "Partners": Change.DROPPED,
        "Adem": Change.NEW,
    }
    assert (found["Jeugd"].then, found["Jeugd"].now) == (Treatment.MENTIONED, Treatment.FUNDED)
    assert found["Jeugd"].quote_then.quote == "Wij praten met jeugd."
    assert found["Jeugd"].quote_now.quote == "Wij betalen jongerenwerk."
    assert found["Partners"].quote_now is None


def test_the_strongest_quote_stands_for_its_side(now, then):
    jeugd = both_years("jeugd")
    published_that_says(then, ("Wij praten met jeugd.", jeugd[0], 1, None))
    published_that_says(
        now,
        ("Jeugd is belangrijk.", jeugd[1], 1, None),
        ("Er komt een wijkagent.", jeugd[1], 2, {"what": "een wijkagent"}),
    )

    assert by_name(compared(now))["Jeugd"].quote_now.quote == "Er komt een wijkagent."


def test_a_draft_is_no_side(now, then):
    jeugd = both_years("jeugd")
    published_that_says(then, ("Wij praten met jeugd.", jeugd[0], 1, None))
    draft_that_says(now, ("Het geheim van de jeugd.", jeugd[1], 2, None))

    row = compared(now)

    assert row.change is Change.NOT_COMPARABLE
    assert row.why_not == "Over 2026–2030 is dit nog niet gepubliceerd."
    assert not row.points


def test_silence_is_a_side(now, then):
    jeugd = both_years("jeugd")
    published_silence(then)
    published_that_says(now, ("Wij praten met jeugd.", jeugd[1], 1, None), level=1)

    row = compared(now)

    assert row.change is Change.NEW
    assert by_name(row)["Jeugd"].change is Change.NEW


def test_a_point_of_one_term_only_is_told_apart(now, then):
    oud, nieuw = point("oud", year=2022), point("nieuw")
    published_that_says(then, ("Wij doen het oude.", oud, 1, None))
    published_that_says(now, ("Wij doen het nieuwe.", nieuw, 1, None))

    found = by_name(compared(now))

    assert found["Oud"].change is Change.NOT_ASKED_NOW
    assert found["Nieuw"].change is Change.NOT_ASKED_THEN


def test_a_point_that_was_taken_out_of_an_edition_is_not_asked(now, then):
    jeugd = point("jeugd", year=2022), point("jeugd", is_dropped=True)
    published_that_says(then, ("Wij praten met jeugd.", jeugd[0], 1, None))
    published_that_says(now, ("Wij praten nog.", jeugd[1], 1, None))

    assert by_name(compared(now))["Jeugd"].change is Change.NOT_ASKED_NOW


def test_without_an_earlier_coalition_nothing_is_compared(now):
    published_that_says(now, ("Wij praten met jeugd.", point("jeugd"), 1, None))

    row = compared(now)

    assert row.why_not == "Er is geen eerdere raadsperiode bekend."


def test_the_page_of_the_municipality_shows_it(client, sign_in, now, then):
    sign_in("Burgemeester")
    jeugd = both_years("jeugd")
    published_that_says(then, ("Wij praten met jeugd.", jeugd[0], 1, None), level=1)
    passage = (
        published_that_says(now, ("Wij betalen jongerenwerk.", jeugd[1], 2, None))
        .codings.get()
        .passage
    )

    text = client.get(reverse("overview:municipality", args=[2026, "enschede"])).text

    assert "Was genoemd, nu uitgewerkt." in text
    assert "Eén aandachtspunt is sterker." in text
    assert "Wij praten met jeugd." in text
    assert f"?passage={passage.pk}#passage-{passage.pk}" in text


def test_the_page_shows_measures_and_their_money_per_year(client, sign_in, now):
    sign_in("Burgemeester")
    money = {"what": "een wijkagent erbij", "amount": 5000, "first_year": 2029}
    published_that_says(
        now,
        ("Wij betalen een wijkagent.", None, 2, money | {"kind": "structureel"}),
        ("Wij praten verder.", None, 1, {"what": "een gesprek"}),
        (
            "Wij investeren in camera’s.",
            None,
            2,
            {"what": "camera’s", "amount": 7000, "kind": "eenmalig"},
        ),
    )

    text = client.get(reverse("overview:municipality", args=[2026, "enschede"])).text

    assert "een wijkagent erbij" in text
    assert '<th scope="row">2029</th><td data-label="Structureel">€\xa05.000</td>' in text
    assert "zonder eindjaar tot en met 2030" in text
    assert "<li>€ 7.000 eenmalig</li>" in text
    assert "1 maatregel zonder bedrag telt niet mee." in text


def test_a_measure_under_two_themes_counts_once(client, sign_in, now):
    sign_in("Burgemeester")
    money = {"amount": 5000, "first_year": 2029, "last_year": 2029, "kind": "eenmalig"}
    passage = (
        published_that_says(now, ("Wij betalen een wijkagent.", None, 2, money))
        .codings.get()
        .passage
    )
    published_of(CodingFactory(passage=passage, theme=ThemeFactory(key="brandweer")))

    text = client.get(reverse("overview:municipality", args=[2026, "enschede"])).text

    assert text.count('<ul class="promises">') == 2
    assert '<td data-label="Totaal">€\xa05.000</td>' in text


def test_a_measure_of_unpublished_work_is_not_shown(client, sign_in, now):
    sign_in("Burgemeester")
    money = {"what": "een geheime wijkagent", "amount": 5000, "first_year": 2029}
    published_that_says(now, ("Wij praten.", None, 2, {"what": "een gesprek"}))
    draft_that_says(now, ("Wij betalen meer.", None, 2, money), theme=ThemeFactory(key="brandweer"))

    text = client.get(reverse("overview:municipality", args=[2026, "enschede"])).text

    assert "een geheime wijkagent" not in text
    assert "een gesprek" in text
