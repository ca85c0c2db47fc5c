"""An address of a comparison is read with patience and written in one way."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from overview.selection import Known, Selection, mail, read, read_terms, read_year

MANY = {f"gemeente-{n}": f"Gemeente {n}" for n in range(20)}
KNOWN = Known(
    terms=[2026, 2022],
    themes={"ondermijning": "Ondermijning", "brandweer": "Brandweer"},
    points={"ondermijning": {"partners": "Partners"}, "brandweer": {}},
    municipalities={"enschede": "Enschede", "hengelo": "Hengelo", "losser": "Losser"} | MANY,
)
WHOLE = Selection(2026, "ondermijning", "partners", ("losser", "enschede"))


def asked(query):
    return parse_qs(query, keep_blank_values=True)


def test_an_address_says_the_selection_and_nothing_else():
    assert WHOLE.query == (
        "raadsperiode=2026&thema=ondermijning&aandachtspunt=partners"
        "&gemeente=losser&gemeente=enschede"
    )


def test_what_an_address_says_is_read_back():
    assert read(asked(WHOLE.query), 2026, KNOWN) == (WHOLE, [])


def test_the_form_says_theme_and_focus_point_in_one():
    query = "onderwerp=ondermijning:partners&gemeente=losser&gemeente=enschede"

    assert read(asked(query), 2026, KNOWN) == (WHOLE, [])


@pytest.mark.parametrize(
    ("query", "kept", "complaint"),
    [
        ("thema=ondermijning&gemeente=losser", ("losser",), "Losser staat al aangevinkt."),
        ("thema=ondermijning", (), "Kies ten minste twee gemeenten."),
        ("gemeente=losser&gemeente=hengelo", ("losser", "hengelo"), "Kies een thema"),
        (
            "thema=ondermijning&gemeente=losser&gemeente=hengelo&gemeente=parijs",
            ("losser", "hengelo"),
            "“parijs” is geen gemeente die wij kennen. De rest is bewaard.",
        ),
        ("thema=kermis&gemeente=losser&gemeente=hengelo", ("losser", "hengelo"), "“kermis”"),
        (
            "thema=brandweer&aandachtspunt=partners&gemeente=losser&gemeente=hengelo",
            ("losser", "hengelo"),
            "U ziet het hele thema Brandweer.",
        ),
        ("thema=ondermijning&gemeente=losser&gemeente=losser", ("losser",), "ten minste twee"),
    ],
)
def test_what_is_known_is_kept_and_of_the_rest_it_is_said(query, kept, complaint):
    selection, complaints = read(asked(query), 2026, KNOWN)

    assert selection.municipalities == kept
    assert complaint in " ".join(complaints)


def test_more_than_fourteen_keeps_the_first_fourteen():
    query = "thema=ondermijning" + "".join(f"&gemeente={slug}" for slug in MANY)

    selection, complaints = read(asked(query), 2026, KNOWN)

    assert selection.municipalities == tuple(MANY)[:14]
    assert complaints == ["U koos 20 gemeenten. De eerste 14 staan hieronder."]


def test_nothing_chosen_is_nothing_wrong():
    assert read({}, 2026, KNOWN) == (Selection(2026), [])


@pytest.mark.parametrize(("said", "year"), [("2022", 2022), ("", 2026), ("abc", 2026)])
def test_a_term_that_is_not_there_gives_the_newest_and_says_so(said, year):
    found, complaints = read_year(asked(f"raadsperiode={said}"), "raadsperiode", [2026, 2022], 2026)

    assert found == year
    assert bool(complaints) == (said == "abc")


THERE = {"enschede": {2022, 2026}, "losser": {2026}}


def two_terms(query, own=""):
    return read_terms(
        asked(query), terms=[2026, 2022], newest=2026, themes={"brandweer"}, there=THERE, own=own
    )


def test_two_terms_are_read_back_whatever_their_order():
    selection, complaints = two_terms("gemeente=enschede&toen=2026&nu=2022&thema=brandweer")

    assert selection.query == "gemeente=enschede&toen=2022&nu=2026&thema=brandweer"
    assert two_terms(selection.query) == (selection, [])
    assert selection.is_whole
    assert not complaints


def test_without_a_municipality_two_terms_are_those_of_ones_own():
    selection, complaints = two_terms("", own="enschede")

    assert (selection.municipality, selection.then, selection.now) == ("enschede", 2022, 2026)
    assert not complaints


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("gemeente=enschede&toen=2026&nu=2026", "Kies twee verschillende raadsperioden."),
        ("gemeente=losser", "niet van beide raadsperioden een coalitie bekend"),
        ("gemeente=parijs", "“parijs” is geen gemeente"),
        ("toen=2022", "Kies een gemeente."),
    ],
)
def test_two_terms_that_cannot_be_compared_say_why(query, complaint):
    selection, complaints = two_terms(query)

    assert not selection.is_whole
    assert complaint in " ".join(complaints)


def test_a_mail_brings_the_whole_address():
    address = f"https://portaal.example/vergelijken/?{WHOLE.query}"

    link = urlsplit(mail("Vergelijking: “één” & meer", address))

    said = {
        name: unquote(value) for name, _, value in (p.partition("=") for p in link.query.split("&"))
    }
    assert said["subject"] == "Vergelijking: “één” & meer"
    assert said["body"].split("\r\n\r\n")[1].strip() == address
