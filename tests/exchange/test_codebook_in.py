"""A codebook from another program: first what it changes, then the draft; and nothing when it is wrong."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from tests.factories import (
    AmbitionFactory,
    FocusPointFactory,
    RegionalInputFactory,
    TermFactory,
    ThemeFactory,
    UserFactory,
    draft_input,
    edition_of,
)
from tests.overview.published import point
from themes.models import InputDraft, Term


@pytest.fixture
def advisor(db, sign_in):
    return sign_in("Adviseur")


@pytest.fixture
def drugs(db):
    """A published input with two focus points, the terms of its theme, and another theme."""
    theme = ThemeFactory()
    AmbitionFactory(theme=theme, text="Criminelen krijgen\ngeen kans.")
    drugs = point("drugs", theme=theme, description="Harddrugs, en wat erbij komt.")
    point("mensen", theme=theme)
    point("oud", theme=theme, is_dropped=True)
    point("toen", theme=theme, year=2022)
    TermFactory(theme=theme, text="ondermijn", weight="1.20")
    ThemeFactory(key="zorg")
    edition_of(drugs.regional_input)
    return drugs


ADDRESS = "/regionale-inbreng/2026/codeboek/"


def send(client, content, **fields):
    if isinstance(content, str):
        content = content.encode()
    return client.post(ADDRESS, {"file": SimpleUploadedFile("codeboek", content), **fields})


def apply(client, page):
    fields = dict(re.findall(r'name="(kept|previewed)" value="([^"]*)"', page))
    return client.post(ADDRESS, fields | {"apply": "1"})


def exported(client):
    return client.get(reverse("exchange:work-codebook-file")).content


def qdc(*themes):
    return f"<CodeBook><Codes>{''.join(themes)}</Codes></CodeBook>"


def theme(*below):
    return f'<Code name="Ondermijning">{"".join(below)}</Code>'


def group(*points, name="Regionale inbreng 2026–2030", said="false"):
    return f'<Code name="{name}" isCodable="{said}">{"".join(points)}</Code>'


POINT = '<Code name="Drugs"/>'


def points_of_draft(drugs):
    draft = InputDraft.objects.get(regional_input=drugs.regional_input)
    return [(p["key"], p["name"]) for p in draft.content["themes"]["ondermijning"]["focus_points"]]


def test_our_own_codebook_changes_nothing(client, advisor, drugs):
    page = send(client, exported(client)).text

    assert "Er verandert niets." in page
    assert "2 aandachtspunten blijven gelijk." in page


def test_the_codebook_for_readers_changes_nothing_either(client, advisor, drugs):
    page = send(client, client.get(reverse("exchange:codebook-file")).content).text

    assert "Er verandert niets." in page


def test_the_codebook_as_a_table_changes_nothing_either(client, advisor, drugs):
    """Nor what begins as a formula, has a comma or a line of its own, or is of another term."""
    FocusPointFactory(
        regional_input=drugs.regional_input,
        theme=drugs.theme,
        slug="vreemd",
        name="=Meer, en “anders”",
        description="- Een\n- Twee",
    )
    people = {"author": UserFactory(), "published_by": UserFactory()}
    edition_of(drugs.regional_input, number=2, **people)

    content = client.get(reverse("exchange:codebook-table-file")).content
    page = send(client, content).text

    assert b"thema,aandachtspunt,uitleg,raadsperiode\r\nOndermijning,Drugs," in content
    assert b"'=Meer" in content
    assert "oud" not in content.decode().casefold()
    assert "Er verandert niets." in page
    assert "3 aandachtspunten blijven gelijk." in page


def test_shows_what_is_new_changed_and_gone_and_writes_nothing_yet(client, advisor, drugs):
    content = exported(client).decode()
    content = content.replace('name="Drugs"', 'name="Harddrugs"').replace('name="Mensen"', 'name="Geld"')  # fmt: skip
    content = re.sub(r'guid="[^"]*" name="Geld"', 'guid="" name="Geld"', content)

    page = send(client, content).text

    assert "<del>Drugs. Harddrugs, en wat erbij komt.</del>" in page
    assert "<ins>Harddrugs. Harddrugs, en wat erbij komt.</ins>" in page
    assert "<del>Mensen.</del>" in page
    assert "<ins>Geld.</ins>" in page
    assert not InputDraft.objects.exists()


def test_what_was_shown_becomes_the_draft_and_keeps_its_keys(client, advisor, drugs):
    content = exported(client).decode().replace('name="Drugs"', 'name="Harddrugs"')

    response = apply(client, send(client, content).text)

    assert response.url == reverse("themes:input-edit", args=[2026])
    assert points_of_draft(drugs) == [("drugs", "Harddrugs"), ("mensen", "Mensen")]
    drugs.refresh_from_db()
    assert drugs.name == "Drugs"  # until an editor publishes


def test_terms_come_along(client, advisor, drugs):
    content = exported(client).decode().replace("ondermijn = 1,2", "ondermijn = 1,5\ndrugs")

    page = send(client, content).text
    apply(client, page)

    assert "Termen van Ondermijning" in page
    assert {str(t): str(t.weight) for t in Term.objects.all()} == {"ondermijn": "1.50", "drugs": "1.00"}  # fmt: skip


def test_csv_says_what_a_theme_asks_and_leaves_the_others_alone(client, advisor, drugs):
    page = send(client, "\ufeffThema;Aandachtspunt;Uitleg\nOndermijning;Drugs;Kort\n").text

    apply(client, page)

    assert "blijven zoals ze zijn:</p>" in page
    assert "<li>Zorg" in page
    assert points_of_draft(drugs) == [("drugs", "Drugs")]


def test_a_codebook_of_another_program_without_groups_is_read_too(client, advisor, drugs):
    content = '<CodeBook xmlns="urn:QDA-XML:codebook:1:0"><Codes><Code guid="{1}" name="ondermijning" isCodable="true"><Code guid="{2}" name="Drugs" isCodable="true"/></Code></Codes></CodeBook>'

    page = send(client, content).text

    assert "1 aandachtspunt blijft" not in page  # its description is gone
    assert "<del>Mensen.</del>" in page


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaa"><!ENTITY b "&a;&a;&a;">]><CodeBook>&b;</CodeBook>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CodeBook><Codes><Code name="&x;"/></Codes></CodeBook>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "geen geldig QDC-bestand"),
        (OUTSIDE, "geen geldig QDC-bestand"),
        (b"<CodeBook><Codes>", "geen geldig QDC-bestand"),
        (b"<html></html>", "Dit is geen codeboek."),
        (b"<CodeBook><Codes/></CodeBook>", "geen enkele code"),
        (b'<CodeBook>\n<Codes><Code name="Vrede"/></Codes></CodeBook>', "Regel 2: het thema ‘Vrede’ kennen wij niet."),
        ("thema,aandachtspunt\nVrede,Iets\n", "Rij 2: het thema ‘Vrede’ kennen wij niet."),
        ("thema,uitleg\nOndermijning,Iets\n", "Rij 1: de kolom ‘aandachtspunt’ ontbreekt."),
        ("thema,aandachtspunt\nOndermijning,Café\n".encode("cp1252"), "Rij 2: dit bestand is niet in UTF-8."),
        ("thema,aandachtspunt\nOndermijning,\n", "Rij 2: het aandachtspunt heeft geen naam."),
        ("thema,aandachtspunt\nOndermijning,A\nOndermijning,a\n", "Rij 3: aandachtspunt ‘a’ staat er twee keer."),
        ("thema,aandachtspunt\nOndermijning," + "x" * 101, "is langer dan 100 tekens"),
        ("thema,aandachtspunt\n", "geen enkele rij"),
        (b"\x00\x01\x02", "ontbreekt"),
        (b"x" * 1_000_001, "te groot"),
        (b"thema,aandachtspunt\r\r\nOndermijning,\"A", "Ondermijning"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "Dit is geen QDC- of CSV-bestand."),
        ("thema,aandachtspunt\nOndermijning,A\n,B\n", "Rij 3: het thema ontbreekt."),
        ("thema,aandachtspunt,uitleg\nOndermijning,Drugs,Kort, maar krachtig\n", "Rij 2: meer cellen dan kolommen. Zet de uitleg tussen aanhalingstekens."),
        ("thema,aandachtspunt,uitleg,\nOndermijning,Drugs,Kort, maar krachtig\n", "Rij 2: meer cellen dan kolommen."),
        ("thema,aandachtspunt,uitleg,Uitleg\nOndermijning,Drugs,Kort,Lang\n", "Rij 1: de kolom ‘uitleg’ staat er twee keer."),
        ("thema,aandachtspunt,raadsperiode\nOndermijning,Drugs,toen\n", "Rij 2: ‘toen’ is geen raadsperiode."),
        (qdc(theme(POINT), theme()), "het thema ‘Ondermijning’ staat er twee keer."),
        (qdc(theme('<Code name="Drugs"><Code name="Lab"/></Code>')), "onder aandachtspunt ‘Drugs’ staan nog codes."),
        (qdc(theme(group(POINT), '<Code name="Los"/>')), "‘Los’ staat naast een groep."),
        (qdc(theme(group(POINT), group(POINT))), "‘Regionale inbreng 2026–2030’ staat er twee keer."),
        (qdc(theme(group(POINT, name="Geld"))), "de groep ‘Geld’ kennen wij niet."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_and_nothing_is_changed(client, advisor, drugs, content, said):
    response = send(client, content)

    assert response.status_code == 200
    assert said in response.text
    assert not InputDraft.objects.exists()
    assert "root:" not in response.text


@pytest.mark.parametrize("content", [
    qdc(theme(group(POINT, name="Regionale inbreng 2022–2026"))),
    "thema,aandachtspunt,raadsperiode\nOndermijning,Toen,2022–2026\n",
])  # fmt: skip
def test_a_file_about_another_term_leaves_the_theme_alone(client, advisor, drugs, content):
    page = send(client, content).text

    assert "Er verandert niets." in page
    assert "<li>Ondermijning" in page


def test_a_group_may_say_with_a_0_that_it_is_one(client, advisor, drugs):
    page = send(client, qdc(theme(group(POINT, said="0")))).text

    assert "<del>Mensen.</del>" in page
    assert "Regionale inbreng 2026–2030." not in page  # it is no focus point


@pytest.mark.parametrize("sign", ["\x00", "\x1b"])
def test_a_sign_that_no_text_can_hold_becomes_its_picture(client, advisor, drugs, sign):
    content = f"thema,aandachtspunt,uitleg\nOndermijning,Dr{sign}ugs,Ko{sign}rt\n"

    apply(client, send(client, content).text)

    ((_, name),) = points_of_draft(drugs)
    assert name == f"Dr{chr(0x2400 + ord(sign))}ugs"


def test_of_many_mistakes_fifty_are_told_and_how_many_there_are_more(client, advisor, drugs):
    page = send(client, "thema,aandachtspunt\n" + "Vrede,Iets\n" * 1000).text

    assert page.count("kennen wij niet") == 50
    assert "<li>En nog 950.</li>" in page


def test_a_wrong_term_is_told_with_its_line(client, advisor, drugs):
    content = exported(client).decode().replace("ondermijn = 1,2", "ondermijn = veel")

    assert "Ondermijning, termen: Regel 2" in send(client, content).text


def test_without_a_file_it_asks_for_one(client, advisor, drugs):
    assert "Er is geen bestand." in client.post(ADDRESS, {}).text


def test_a_first_step_asks_for_a_file_and_says_what_is_left_out(client, advisor, drugs):
    page = client.get(ADDRESS).text

    assert "(mag leeg)" not in page
    assert "Wat bij een thema niet in het bestand staat, vervalt." in page


@pytest.mark.parametrize(
    "odd", [{"kept": "\0"}, {"kept": "é"}, {"kept": ""}, {"previewed": "x" * 65}]
)
def test_what_came_back_in_pieces_is_told(client, advisor, drugs, odd):
    page = send(client, "thema,aandachtspunt\nOndermijning,Drugs\n").text
    fields = dict(re.findall(r'name="(kept|previewed)" value="([^"]*)"', page))

    response = client.post(ADDRESS, fields | odd | {"apply": "1"})

    assert "kwam niet heel aan. Kies het bestand opnieuw." in response.text
    assert not InputDraft.objects.exists()


def test_says_how_many_points_lapse_and_what_is_now_and_then(client, advisor, drugs):
    page = send(client, "thema,aandachtspunt\nOndermijning,Drugs\n").text

    assert "1 aandachtspunt vervalt." in page
    assert "Nu: <del>Mensen.</del>" in page
    assert 'Straks: <span class="soft">vervallen</span>' in page
    assert "U vergelijkt met" not in page


def test_says_whose_draft_it_is_held_against(client, advisor, drugs):
    content = drugs.regional_input.as_document()
    draft = draft_input(drugs.regional_input, themes=content["themes"])

    page = send(client, "thema,aandachtspunt\nOndermijning,Drugs\n").text

    day = date_format(localtime(draft.saved_at), "j F Y")
    assert f"U vergelijkt met het concept van {draft.author} van {day}." in page
    assert "vervangt het de tekst van dat concept" in page


def test_what_a_colleague_saved_meanwhile_is_not_lost(client, advisor, drugs):
    page = send(client, exported(client).decode().replace('name="Drugs"', 'name="Harddrugs"')).text
    content = drugs.regional_input.as_document()
    content["themes"]["ondermijning"]["focus_points"][0]["name"] = "Drugshandel"
    draft_input(drugs.regional_input, themes=content["themes"])

    response = apply(client, page)

    assert "een collega sloeg intussen iets op" in response.text
    assert points_of_draft(drugs)[0] == ("drugs", "Drugshandel")


def test_a_term_without_an_input_is_not_there(client, advisor):
    RegionalInputFactory()

    assert client.get("/regionale-inbreng/1998/codeboek/").status_code == 404
