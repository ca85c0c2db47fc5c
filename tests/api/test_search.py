"""Search by a program finds what the page of search finds."""

import re

import pytest

from assessments import actions
from tests.factories import UserFactory
from tests.search.conftest import published

PATH = "zoekresultaten"


@pytest.fixture
def ask(client, sign_in):
    """The page of search, as a mayor sees it."""
    sign_in("Burgemeester")
    return lambda q: client.get("/zoeken/", {"q": q})


@pytest.fixture
def found(program):
    def found(q, **query):
        response = program.get(PATH, {"q": q, **query})
        assert response.status_code == 200, response.text
        return response.json()

    return found


def test_finds_as_many_places_as_the_page(found, ask, db):
    for _ in range(3):
        published()

    for q in ("ondermijning", "criminaliteit", '"pakken ondermijning"', "wijk -ondermijning"):
        places = re.search(r"<h2>(\d+) plaats", ask(q).text)
        assert found(q)["totaal"] == (int(places[1]) if places else 0), q


def test_a_fragment_is_text_with_the_places_of_what_was_found(found, db):
    published(text="Wij <b>pakken</b> ondermijning aan & meer.", quote=(0, 10))

    (hit,) = found("ondermijning", soort="document")["resultaten"]

    piece = hit["fragment"]
    assert piece["tekst"] == "Wij <b>pakken</b> ondermijning aan & meer."
    assert [piece["tekst"][p["begin"] : p["einde"]] for p in piece["gevonden"]] == ["ondermijning"]


@pytest.mark.parametrize("kind", ["document", "citaat", "samenvatting"])
def test_a_hit_leads_to_the_same_in_the_api_and_to_the_portal(program, client, found, ask, kind):
    published(summary="Ondermijning krijgt een team.")

    (hit,) = found("ondermijning", soort=kind)["resultaten"]

    there = program.get(hit["api"])
    assert there.status_code == 200
    assert "ndermijning" in there.text
    ask("ondermijning")  # signs in
    assert client.get(hit["portaal"].partition("#")[0]).status_code == 200


def test_can_be_narrowed_as_the_page(found, db):
    assessment = published()
    published(theme="brandweer")
    place = assessment.coalition.municipality.slug

    everywhere, there = found("ondermijning"), found("ondermijning", gemeente=place)

    assert (everywhere["gemeenten"], there["gemeenten"]) == (2, 1)
    assert found("ondermijning", thema="brandweer", soort="citaat")["totaal"] == 1
    assert found("ondermijning", oordeel=3)["totaal"] == 0
    assert found("criminaliteit", heleWoorden="true")["totaal"] == 0


@pytest.mark.parametrize("q", ["---", "!?", "de", "-team", "\x00", "a" * 200])
def test_a_question_that_finds_nothing_by_nature_says_why(found, q):
    page = found(q)

    assert page["totaal"] == 0
    assert page["melding"] or q == "a" * 200


def test_what_is_withdrawn_is_not_found(found, db):
    assessment = published()
    assert found("ondermijning")["totaal"] > 0
    editor = UserFactory(role="Eindredacteur")

    actions.withdraw(assessment, by=editor, seen=assessment.edit_number, why="Klopt niet.")

    assert found("ondermijning")["totaal"] == 0


def test_comes_twenty_at_a_time_as_on_the_page(program, found, db):
    published(text="\f".join(["Ondermijning."] * 25), quote=(0, 5))

    page = found("ondermijning", soort="document")

    assert (len(page["resultaten"]), page["totaal"], page["paginaGrootte"]) == (20, 25, 20)
    rest = program.get(page["links"]["volgende"]).json()["resultaten"]
    assert len(rest) == 5
    assert program.get(PATH, {"q": "team", "pagina": 16}).status_code == 400
