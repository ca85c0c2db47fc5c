"""What a reader finds, and why."""

import re

import pytest
from django.urls import reverse

from tests.factories import CoalitionFactory, CouncilTermFactory
from tests.search.conftest import published


def places(response):
    """How many places the page says there are."""
    found = re.search(r"<h2>(\d+) plaats", response.text)
    return int(found[1]) if found else 0


def test_finds_a_page_and_opens_it_at_the_lit_word(client, ask, db):
    version = published().codings.get().passage.version

    response = ask("cameratoezicht")

    link = re.search(r'href="([^"]*documenten[^"]*)"', response.text)[1].replace("&amp;", "&")
    assert f"/documenten/{version.pk}/?woorden=cameratoezicht#gevonden-2" in link
    document = client.get(link.partition("#")[0]).text
    assert 'id="gevonden-2"></span><mark class="found"' in document
    assert "blz. 2</a>" in document


def test_a_quote_opens_its_passage_lit(ask, db):
    passage = published().codings.get().passage

    text = ask("ondermijning", soort="citaat").text

    assert f"passage={passage.pk}#passage-{passage.pk}" in text


def test_a_summary_opens_the_municipality_at_the_theme(ask, db):
    assessment = published(summary="Het akkoord noemt de wijkagent.")
    place = reverse(
        "overview:municipality",
        args=[assessment.coalition.term.start_year, assessment.coalition.municipality.slug],
    )

    assert f'href="{place}#{assessment.theme.slug}"' in ask("wijkagent").text


@pytest.mark.parametrize(
    "q",
    ["vrijwilliger", "VRIJWILLIGERS", "cooperatie", "scene", "inwoner wijken", "cameratoezicht"],
)  # fmt: skip
def test_finds_other_forms_of_a_word(ask, db, q):
    published()

    assert places(ask(q)) == 1


def test_a_word_that_is_not_there_is_not_found(ask, db):
    published()

    assert places(ask("zwembad")) == 0


def test_a_compound_is_found_by_its_part_and_says_so(ask, db):
    published()

    response = ask("criminaliteit")

    assert places(response) == 1
    assert "Ook gevonden: <q" in response.text
    assert '<mark class="found">drugscriminaliteit</mark>' in response.text
    assert "exact=1" in response.text


def test_compounds_can_be_left_out(ask, db):
    published()

    response = ask("criminaliteit", exact="1")

    assert places(response) == 0
    assert "Zoek ook in langere woorden" in response.text


def test_a_short_word_is_not_looked_for_inside_others(ask, db):
    published()

    assert places(ask("dru")) == 0


def test_a_phrase_asks_for_the_words_in_a_row(ask, db):
    published()

    assert places(ask('"coöperatie helpt"')) == 1
    assert places(ask('"helpt coöperatie"')) == 0
    assert places(ask("helpt coöperatie")) == 1


def test_a_minus_leaves_out(ask, db):
    published()

    assert places(ask("cameratoezicht -parkeren")) == 1
    assert places(ask("cameratoezicht -coöperatie")) == 0


def test_several_words_must_all_be_there(ask, db):
    published()

    assert places(ask("cameratoezicht coöperatie")) == 1
    assert places(ask("cameratoezicht zwembad")) == 0


def test_counts_places_and_municipalities(ask, db):
    published(summary="Niets.")
    published(summary="Niets.")

    assert "4 plaatsen in 2 gemeenten." in ask("ondermijning").text  # two pages, two quotes


@pytest.fixture
def two(db):
    """Two judgements that differ in everything that can be filtered."""
    one = published(summary="Over de wijkagent.", level=1)
    earlier = CoalitionFactory(term=CouncilTermFactory(start_year=2022))
    two = published(summary="Nog een wijkagent.", theme="brandweer", coalition=earlier)
    return one, two


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gemeente", lambda a: a.coalition.municipality.slug),
        ("periode", lambda a: a.coalition.term.start_year),
        ("thema", lambda a: a.theme.slug),
        ("oordeel", lambda a: a.level),
    ],
)
def test_each_filter_narrows(ask, two, name, value):
    assert places(ask("wijkagent")) == 2

    response = ask("wijkagent", **{name: value(two[1])})

    assert places(response) == 1
    assert "Nog een" in response.text
    assert "Over de" not in response.text
    assert "Alle filters weg" in response.text


def test_a_kind_narrows(ask, db):
    published(summary="Ondermijning krijgt aandacht.")

    assert places(ask("ondermijning")) == 3
    for kind in ("document", "citaat", "samenvatting"):
        assert places(ask("ondermijning", soort=kind)) == 1
    assert places(ask("ondermijning", soort="reactie")) == 0


def test_a_filter_says_how_much_each_choice_holds(ask, two):
    name, theme = two[0].coalition.municipality.name, two[0].theme
    text = ask("wijkagent").text

    assert re.search(rf'{name}</a> <span class="number">1<', text)
    assert re.search(rf'{theme.name}</a> <span class="number">1<', text)


def test_an_unknown_filter_is_no_filter(ask, two):
    response = ask(
        "wijkagent", gemeente="nergens", periode="x", thema="'", oordeel="9", bladzijde="ⅷ"
    )

    assert places(response) == 2


def test_shows_twenty_at_a_time(ask, db):
    published(text="\f".join(["Wij pakken ondermijning aan."] * 25), summary="Niets.")

    first, second = ask("ondermijning"), ask("ondermijning", bladzijde=2)

    assert first.text.count('class="find"') == 20
    assert second.text.count('class="find"') == 6
    assert "bladzijde=2" in first.text
    assert "Deel 2 van 2" in second.text


def test_nothing_found_says_what_to_try(ask, two):
    text = ask("wijkagnet", thema=two[0].theme.slug).text

    assert "Niets gevonden." in text
    assert "Bedoelt u “wijkagent”?" in text


def test_nothing_found_with_a_filter_offers_to_drop_it(ask, two):
    text = ask("wijkagent", soort="reactie").text

    assert "Zoek zonder filter</a> (2)" in text


def test_nothing_found_offers_fewer_words(ask, two):
    text = ask("wijkagent zwembad").text

    assert "Zoek zonder “zwembad”</a> (2)" in text


def test_only_words_that_stand_everywhere_are_refused_in_words(ask, db):
    assert "Deze woorden staan overal" in ask("de het een").text
    assert "wél moet staan" in ask("-drugs").text


def test_too_many_words_lose_nothing(ask, db):
    published()
    q = " ".join(["wijk"] * 25)

    text = ask(q).text

    assert "meer dan 20 woorden" in text
    assert f'value="{q}"' in text


def test_a_question_that_is_too_long_loses_nothing(ask, db):
    published()
    q = "cameratoezicht " * 20

    text = ask(q).text

    assert "eerste 200 tekens" in text
    assert f'value="{q}"' in text
