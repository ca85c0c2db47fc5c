"""The region at a glance: filtered, sorted, on a map, and counted without what isn't judged."""

import re

import pytest
from django.urls import reverse

from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    CouncilTermFactory,
    MunicipalityFactory,
    PassageFactory,
    ThemeFactory,
    VersionFactory,
    absent,
    publish,
    published_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reader(sign_in):
    sign_in("Burgemeester")


@pytest.fixture
def term():
    return CouncilTermFactory(start_year=2026)


@pytest.fixture
def fire():
    return ThemeFactory(key="brandweer")


@pytest.fixture
def crisis():
    return ThemeFactory(key="crisis")


def judged(name, term, *levels, strength=1, **places):
    """A municipality with these (theme, level) published."""
    coalition = CoalitionFactory(
        municipality=MunicipalityFactory(name=name, slug=name.lower(), **places), term=term
    )
    passage = PassageFactory(
        version=VersionFactory(agreement=AgreementFactory(coalition=coalition))
    )
    for theme, level in levels:
        if level == 0:
            publish(absent(coalition, theme))
            continue
        published_of(CodingFactory(passage=passage, theme=theme, strength=strength), level=level)
    return coalition


def ask(client, **query):
    return client.get(reverse("overview:matrix", args=[2026]), query).content.decode()


def matrix(page):
    return page.split('<table class="matrix')[1].split("</table>")[0]


def names(page):
    body = matrix(page).split("<tbody>")[1].split("</tbody>")[0]
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', body)


def test_the_matrix_begins_with_the_names_in_order(client, term, fire):
    judged("Borne", term, (fire, 1))
    judged("Almelo", term, (fire, 2))

    assert names(ask(client)) == ["Almelo", "Borne"]


def test_sorted_by_a_theme_the_highest_level_comes_first_and_what_is_not_judged_last(
    client, term, fire
):
    judged("Almelo", term)
    judged("Borne", term, (fire, 0))
    judged("Losser", term, (fire, 2))

    page = ask(client, sorteer="brandweer")

    assert names(page) == ["Losser", "Borne", "Almelo"]
    assert 'aria-sort="descending"' in page


def test_filtered_by_level_only_municipalities_that_have_it_are_left(client, term, fire):
    judged("Almelo", term, (fire, 1))
    judged("Borne", term, (fire, 2))

    page = ask(client, oordeel="2")

    assert names(page) == ["Borne"]
    assert "1 van de 2 gemeenten" in page


def test_a_cell_that_does_not_match_loses_its_colour(client, term, fire, crisis):
    judged("Almelo", term, (fire, 2), (crisis, 1))

    assert matrix(ask(client, oordeel="2")).count('class="unasked"') == 1


def test_what_is_not_judged_can_be_asked_for(client, term, fire):
    judged("Almelo", term, (fire, 1))
    judged("Borne", term)

    assert names(ask(client, oordeel="nog-niet")) == ["Borne"]


def test_filtered_by_theme_there_is_one_column(client, term, fire, crisis):
    judged("Almelo", term, (fire, 1), (crisis, 1))

    head = matrix(ask(client, thema="brandweer")).split("</thead>")[0]

    assert "Brandweer" in head
    assert "Crisis" not in head


def test_filtered_by_strength_the_strongest_quote_counts(client, term, fire):
    judged("Almelo", term, (fire, 1), strength=1)
    judged("Borne", term, (fire, 1), strength=3)

    assert names(ask(client, sterkte="2")) == ["Borne"]


def test_a_level_and_a_theme_go_together(client, term, fire, crisis):
    judged("Almelo", term, (fire, 1), (crisis, 2))
    judged("Borne", term, (fire, 2), (crisis, 1))

    assert names(ask(client, thema="brandweer", oordeel="2")) == ["Borne"]


def test_when_nothing_matches_the_page_says_what_to_do(client, term, fire):
    judged("Almelo", term, (fire, 1))

    assert "Kies een ander oordeel" in ask(client, oordeel="3")


def test_an_unknown_filter_is_left_out_and_named(client, term, fire):
    judged("Almelo", term, (fire, 1))

    page = ask(client, thema="bestaat-niet", oordeel="9")

    assert "Een deel van dit adres kennen we niet: bestaat-niet, 9." in page
    assert names(page) == ["Almelo"]


def test_the_spread_counts_levels_and_not_what_is_not_judged(client, term, fire):
    judged("Almelo", term, (fire, 1))
    judged("Borne", term, (fire, 1))
    judged("Losser", term)

    foot = ask(client).split("<tfoot>")[1].split("</tfoot>")[0]
    counts = re.findall(r"([a-z ]+):</span> (\d)", foot)

    assert counts == [
        ("concreet", "0"),
        ("uitgewerkt", "0"),
        ("genoemd", "2"),
        ("niet genoemd", "0"),
    ]


def test_the_spread_stays_that_of_the_whole_region_when_filtered(client, term, fire):
    judged("Almelo", term, (fire, 1))
    judged("Borne", term, (fire, 2))

    foot = ask(client, oordeel="2").split("<tfoot>")[1]

    assert "genoemd:</span> 1" in foot


def test_the_map_has_each_municipality_at_its_place(client, term, fire):
    judged("Almelo", term, (fire, 2), tile_row=1, tile_column=2)
    judged("Borne", term, tile_row=2, tile_column=1)

    rows = ask(client).split('class="tiles"')[1].split("</table>")[0].split("<tr>")[1:]

    assert [re.findall(r"<span>(\w+)</span>|(<td></td>)", row) for row in rows] == [
        [("", "<td></td>"), ("Almelo", "")],
        [("Borne", ""), ("", "<td></td>")],
    ]
    assert "uitgewerkt" in rows[0]
    assert "nog niet beoordeeld" in rows[1]


def test_the_map_shows_the_theme_that_is_asked_for(client, term, fire, crisis):
    judged("Almelo", term, (fire, 1), (crisis, 2))

    assert "Crisis op de kaart" in ask(client, kaart="crisis")


def test_links_of_the_map_keep_the_filter(client, term, fire, crisis):
    judged("Almelo", term, (fire, 1), (crisis, 2))

    assert "?oordeel=2&amp;kaart=crisis#kaart" in ask(client, oordeel="2")


def test_a_term_without_anything_shows_no_map(client, term):
    page = ask(client)

    assert "Er is voor deze raadsperiode nog niets gepubliceerd." in page
    assert 'class="tiles"' not in page
