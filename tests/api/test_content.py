"""What the API tells of what is published, and of nothing else."""

import pytest

from assessments import actions
from tests.api.conftest import Program, replied
from tests.factories import (
    AmbitionFactory,
    CodingFactory,
    CouncilTermFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    in_reply,
    published_of,
)
from tests.overview.published import (
    coalition_of,
    place,
    point,
    published_silence,
    published_that_says,
)

SAID = "Er komt een team tegen ondermijning."


@pytest.fixture
def enschede(db):
    return coalition_of(place("Enschede", population=160_000, population_year=2025))


def test_a_municipality_has_its_facts_and_null_where_nothing_is_known(program, enschede):
    place("Losser")

    known, unknown = program.rows("gemeenten")

    assert (known["id"], known["inwoners"], known["website"]) == ("enschede", 160_000, None)
    assert unknown["inwoners"] is None
    assert program.get(known["zelf"]).json() == known


def test_a_passage_has_its_words_its_place_and_what_it_is_coded_with(program, enschede):
    team = point("team")
    measure = {"what": "een team", "amount": 1500, "first_year": 2027}
    assessment = published_that_says(enschede, (SAID, team, 3, measure), level=3, is_fiction=True)
    version = assessment.codings.get().passage.version

    (passage,) = program.rows("passages")

    text = program.get(passage["versieLink"]).json()["tekst"]
    assert text[passage["begin"] : passage["einde"]] == passage["citaat"] == SAID
    assert (passage["sha256"], passage["isFictie"]) == (version.sha256, True)
    (coding,) = passage["coderingen"]
    assert (coding["thema"], coding["aandachtspunt"]) == ("ondermijning", "team")
    assert coding["sterkte"] == {"niveau": 3, "woord": "concreet"}
    (promised,) = passage["maatregelen"]
    assert (promised["wat"], promised["bedrag"], promised["wie"]) == ("een team", "1500.00", None)
    assert program.get(passage["zelf"]).json() == passage


def test_a_judgement_has_its_level_its_words_and_its_quotes(program, enschede):
    AmbitionFactory(regional_input__term=enschede.term)
    published_that_says(enschede, (SAID, None, 2, None))

    (found,) = program.rows("beoordelingen", gemeente="enschede", raadsperiode=2026)

    assert found["oordeel"] == {"niveau": 2, "woord": "uitgewerkt"}
    assert found["samenvatting"] == "Samenvatting van Enschede."
    assert found["ambitie"] == "Criminelen krijgen geen kans."
    assert found["zelf"] == "/api/v1/coalities/2026-enschede/beoordelingen/ondermijning"
    assert program.get(found["zelf"]).json() == found
    (quote,) = found["passages"]
    assert program.get(quote["zelf"]).json()["citaat"] == SAID


def test_a_silence_has_its_proof(program, enschede):
    published_silence(enschede)

    (found,) = program.rows("beoordelingen", oordeel=0)

    assert found["passages"] == []
    proof = found["bewijsVanAfwezigheid"]
    assert proof["treffers"] == 0
    assert len(proof["versies"][0]["sha256"]) == 64


def test_a_reply_stands_with_its_judgement_and_by_itself(program, enschede):
    in_reply(draft_of(CodingFactory(theme=ThemeFactory(key="brandweer"))))
    assert program.rows("reacties") == []
    _, contact = replied(enschede)

    (found,) = program.rows("reacties", standpunt="aanvulling", gemeente="enschede")

    assert (found["standpunt"], found["tekst"]) == ("eens, met aanvulling", "Er is meer.")
    assert found["antwoord"] == "Dank u."
    assert program.get(found["beoordeling"]).json()["reactie"] == found
    assert program.get(found["zelf"]).json() == found
    assert contact.username not in str(found)


def test_drafts_and_what_is_withdrawn_are_not_there(program, enschede):
    assessment = published_that_says(enschede, (SAID, None, 2, None))
    address = program.rows("beoordelingen")[0]["zelf"]
    quote = program.rows("passages")[0]["zelf"]
    editor = UserFactory(role="Eindredacteur")
    actions.withdraw(assessment, by=editor, seen=assessment.edit_number, why="Klopt niet.")

    for path in ("beoordelingen", "passages", "akkoorden", "reacties"):
        assert program.rows(path) == []
    for path in (address, quote):
        assert program.get(path).status_code == 404


def test_an_agreement_shows_only_versions_that_a_reader_may_open(program, enschede):
    assessment = published_that_says(enschede, (SAID, None, 2, None))
    version = assessment.codings.get().passage.version
    VersionFactory(agreement=version.agreement, number=version.number + 1)
    unread = VersionFactory()

    (agreement,) = program.rows("akkoorden")

    assert [v["nummer"] for v in agreement["versies"]] == [version.number]
    assert program.get(agreement["versies"][0]["zelf"]).json()["tekst"] == SAID
    newer = f"akkoorden/{version.agreement_id}/versies/{version.number + 1}"
    assert program.get(newer).status_code == 404
    assert program.get(f"akkoorden/{unread.agreement_id}").status_code == 404


def test_a_theme_has_what_the_region_asks_per_term(program, db):
    AmbitionFactory(regional_input=point("team").regional_input)
    point("oud", is_dropped=True)

    (theme,) = program.rows("themas")

    (asked,) = theme["inbreng"]
    assert (asked["raadsperiode"], asked["ambitie"]) == (2026, "Criminelen krijgen geen kans.")
    assert [p["id"] for p in asked["aandachtspunten"]] == ["team"]


def test_lists_can_be_narrowed(program, enschede):
    losser = coalition_of(place("Losser"), year=2022)
    published_that_says(enschede, (SAID, point("team"), 3, None))
    published_that_says(losser, ("Brandweer.", None, 1, None), theme=ThemeFactory(key="brandweer"), level=1)  # fmt: skip

    def found(**query):
        return [p["gemeente"] for p in program.rows("passages", **query)]

    assert found(gemeente="losser") == found(raadsperiode=2022) == ["losser"]
    assert found(thema="ondermijning") == found(aandachtspunt="team") == ["enschede"]
    assert found(sterkte=1) == found(oordeel=1) == ["losser"]
    assert found(thema="ondermijning", sterkte=1) == []
    assert [c["id"] for c in program.rows("coalities", raadsperiode=2022)] == ["2022-losser"]
    assert [b["thema"] for b in program.rows("beoordelingen", thema="brandweer")] == ["brandweer"]


def test_filters_of_a_passage_are_about_one_coding(program, enschede):
    """One passage, coded strongly with one theme and weakly with another."""
    assessment = published_that_says(enschede, (SAID, None, 3, None))
    passage = assessment.codings.get().passage
    fire = ThemeFactory(key="brandweer")
    published_of(CodingFactory(passage=passage, theme=fire, strength=1), level=1)

    assert len(program.rows("passages", thema="brandweer")) == 1
    assert program.rows("passages", thema="brandweer", sterkte=3) == []


def test_a_list_comes_in_pages_with_links(program, db):
    for year in range(2002, 2027, 4):
        CouncilTermFactory(start_year=year)

    response = program.get("raadsperioden", {"paginaGrootte": 3, "pagina": 2})

    page = response.json()
    assert [term["id"] for term in page["resultaten"]] == [2014, 2010, 2006]
    assert (page["totaal"], page["pagina"], page["paginaGrootte"]) == (7, 2, 3)
    assert program.get(page["links"]["volgende"]).json()["links"]["volgende"] is None
    assert program.get(page["links"]["vorige"]).json()["links"]["vorige"] is None
    assert f'<{page["links"]["laatste"]}>; rel="last"' in response["Link"]
    assert program.rows("raadsperioden", pagina=99) == []


@pytest.mark.parametrize(
    ("path", "query", "parameter", "why"),
    [
        ("gemeenten", {"naam": "x"}, "naam", "bestaat hier niet"),
        ("gemeenten", {"pagina": "een"}, "pagina", "heel getal"),
        ("gemeenten", {"paginaGrootte": 101}, "paginaGrootte", "hoogstens 100"),
        ("beoordelingen", {"oordeel": [1, 2]}, "oordeel", "één keer"),
        ("beoordelingen", {"gemeente": "En schede"}, "gemeente", "tekens"),
        ("reacties", {"standpunt": "misschien"}, "standpunt", "Kies uit"),
        ("wijzigingen", {"sinds": "gisteren"}, "sinds", "2026-03-01T09:00:00Z"),
        ("zoekresultaten", {}, "q", "ontbreekt"),
    ],
)
def test_a_question_that_does_not_fit_says_what_and_why(program, path, query, parameter, why):
    response = program.get(path, query)

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["parameter"] == parameter
    assert why in error["detail"]


def test_a_filter_with_a_slip_of_the_pen_is_no_empty_list(program, enschede):
    response = program.get("coalities", {"gemeente": "enschde"})

    assert response.status_code == 404
    assert "“enschde”" in response.json()["detail"]


def test_begin_tells_where_everything_is(anyone):
    addresses = anyone.get("/api/v1").json()["adressen"]

    assert len(addresses) == 10
    for address in addresses.values():
        assert anyone.get(address).status_code == 401


def test_a_program_without_a_token_gets_nothing(anyone, enschede):
    assert Program("vrt_onbekend").get("gemeenten").status_code == 401
    assert anyone.get("gemeenten").status_code == 401
