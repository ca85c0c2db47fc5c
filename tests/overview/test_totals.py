"""Money per year: only where a quote says how much and when."""

from decimal import Decimal

import pytest

from overview.totals import Apart, Promise, totals


def promise(amount=100, first=None, last=None, kind="", years=""):
    return Promise(amount and Decimal(amount), first, last, kind, years)


def per_year(*promises):
    found = totals(promises, term_end=2030)
    return {year.year: (year.once, year.structural, year.unsaid) for year in found.years}


def test_structural_money_counts_every_year_from_first_to_last():
    assert per_year(promise(100, 2027, 2029, "structureel")) == {
        2027: (0, 100, 0),
        2028: (0, 100, 0),
        2029: (0, 100, 0),
    }


def test_structural_money_without_an_end_counts_through_the_end_of_the_term():
    found = totals([promise(100, 2029, None, "structureel")], term_end=2030)

    assert [year.year for year in found.years] == [2029, 2030]
    assert found.until == 2030


def test_structural_money_from_after_the_term_counts_in_its_first_year():
    assert list(per_year(promise(100, 2033, None, "structureel"))) == [2033]


def test_money_spent_once_counts_in_its_year():
    assert per_year(promise(100, 2027, 2027, "eenmalig")) == {2027: (100, 0, 0)}


@pytest.mark.parametrize(("first", "last"), [(2026, 2029), (2026, None), (None, 2028)])
@pytest.mark.parametrize("kind", ["eenmalig", ""])
def test_money_over_several_years_is_not_cut_into_pieces(first, last, kind):
    found = totals([promise(100, first, last, kind, "de jaren")], term_end=2030)

    assert found.years == []
    assert found.apart == [Apart(Decimal(100), kind, "de jaren")]


def test_money_of_which_the_kind_is_not_said_counts_in_its_one_year():
    assert per_year(promise(100, 2027, 2027)) == {2027: (0, 0, 100)}


def test_without_an_amount_a_measure_is_only_counted():
    found = totals([promise(None, 2027, 2027, "eenmalig")], term_end=2030)

    assert (found.years, found.apart, found.undated, found.without) == ([], [], [], 1)


@pytest.mark.parametrize("kind", ["eenmalig", ""])
def test_money_without_a_year_stands_apart_and_is_not_without(kind):
    found = totals([promise(100, None, None, kind)], term_end=2030)

    assert (found.years, found.apart, found.without) == ([], [], 0)
    assert found.undated == [Apart(Decimal(100), kind, "")]


@pytest.mark.parametrize("last", [None, 2029])
def test_structural_money_without_a_first_year_is_an_amount_per_year(last):
    found = totals([promise(100, None, last, "structureel")], term_end=2030)

    assert (found.years, found.yearly, found.without) == ([], 100, 0)


def test_years_add_up_and_have_no_gap():
    found = totals(
        [
            promise(100, 2026, 2026, "eenmalig"),
            promise(50, 2026, 2026, "structureel"),
            promise(7, 2029, 2029),
        ],
        term_end=2030,
    )

    assert [(year.year, year.total) for year in found.years] == [
        (2026, 150),
        (2027, 0),
        (2028, 0),
        (2029, 7),
    ]
