"""What the brief and the comparison say; read as HTML, for the other forms say the same (test_same_reports.py)."""

import pytest
from django.urls import reverse

from tests.factories import (
    CoalitionFactory,
    CodingFactory,
    CouncilTermFactory,
    FocusPointFactory,
    MeasureFactory,
    MunicipalityFactory,
    ThemeFactory,
    published_of,
)
from tests.reports.test_municipality import code


@pytest.fixture
def theme(db):
    return ThemeFactory(name="Ondermijning", slug="ondermijning", key="ondermijning")


def municipality(name, *, year=2026):
    return CoalitionFactory(
        municipality=MunicipalityFactory(name=name, slug=name.lower()),
        term=CouncilTermFactory(start_year=year, end_year=year + 4),
    )


def report(client, sign_in, kind, about):
    sign_in("Burgemeester")
    return client.get(reverse("reports:report", args=[2026, kind, about])).text


def test_two_amounts_in_one_quote_are_two_measures_with_money(client, sign_in, theme):
    coding = code(municipality("Oost"), "Wij investeren eenmalig en elk jaar.", theme=theme)
    for amount, kind in ((1_100_000, "eenmalig"), (450_000, "structureel")):
        MeasureFactory(passage=coding.passage, what="eigen systemen", amount=amount, kind=kind)
    published_of(coding)

    text = report(client, sign_in, "kort", "oost")

    assert "€\xa01.100.000 eenmalig" in text
    assert "€\xa0450.000 structureel" in text


def test_a_measure_under_two_themes_is_named_once(client, sign_in, theme):
    coalition = municipality("Oost")
    coding = code(coalition, "Wij investeren eenmalig.", theme=theme)
    other = CodingFactory(passage=coding.passage, theme=ThemeFactory(key="brandweer"))
    MeasureFactory(passage=coding.passage, what="eigen systemen", amount=7000)
    published_of(coding)
    published_of(other)

    assert report(client, sign_in, "kort", "oost").count("€\xa07.000") == 1


def test_money_without_a_year_is_told_and_not_counted_as_without(client, sign_in, theme):
    coding = code(municipality("Oost"), "Wij investeren eenmalig.", theme=theme)
    MeasureFactory(passage=coding.passage, what="systemen", amount=1_100_000, kind="eenmalig")
    MeasureFactory(passage=coding.passage, what="een gesprek")
    published_of(coding)

    text = report(client, sign_in, "gemeente", "oost")

    assert "€\xa01.100.000 eenmalig, zonder dat het akkoord een jaar noemt." in text
    assert "Eén maatregel zonder bedrag telt niet mee." in text


def test_the_brief_tells_silence_from_hardly_a_word(client, sign_in, theme):
    hardly, silent = (
        FocusPointFactory(theme=theme, name=name, slug=name.lower())
        for name in ("Signalen", "Barrières")
    )
    published_of(
        code(municipality("Oost"), "Er is geld.", theme=theme, point=hardly, strength=1), level=1
    )

    text = report(client, sign_in, "kort", "oost")

    assert "Signalen (Ondermijning), alleen genoemd." in text
    assert "Barrières (Ondermijning), niet genoemd." in text
    assert silent.name in text


def test_a_comparison_names_who_has_no_quote_once_for_each_reason(client, sign_in, theme):
    point = FocusPointFactory(theme=theme, name="Signalen", slug="signalen")
    published_of(code(municipality("Oost"), "Oost let op signalen.", theme=theme, point=point))
    for name in ("West", "Zuid"):
        published_of(code(municipality(name), f"{name} doet iets anders.", theme=theme))
    municipality("Noord")

    text = report(client, sign_in, "vergelijking", "ondermijning+oost+west+zuid+noord")

    assert "Zwijgt: West en Zuid." in text
    assert "Nog niet beoordeeld: Noord." in text
    assert "Oost · werkt het uit" in text
