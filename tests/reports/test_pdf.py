"""The report of a municipality as an accessible PDF."""

import io

import pikepdf
import pypdf
import pytest
from django.urls import reverse

from reports.content import NotLiteral, municipality_report
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    MunicipalityFactory,
    PassageFactory,
    ThemeFactory,
    VersionFactory,
    absent,
    draft_of,
    publish,
    published_of,
)

HOSTILE = '#read("/etc/passwd") $x$ *vet* `code` <script>alert(1)</script> \\ 😀 é “q”'


@pytest.fixture
def coalition(db):
    return CoalitionFactory(municipality=MunicipalityFactory(name="Proefstad", slug="proefstad"))


def code(coalition, text, **kwargs):
    version = VersionFactory(
        agreement=AgreementFactory(coalition=coalition, title="Samen verder", **kwargs), text=text
    )
    return CodingFactory(
        passage=PassageFactory(version=version, start=0, end=len(text)), strength=2
    )


def report(client, sign_in):
    sign_in("Burgemeester")
    response = client.get(reverse("reports:municipality", args=[2026, "proefstad"]))
    assert response["Content-Type"] == "application/pdf"
    return response.content


def words(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_says_what_is_published_with_its_source(client, sign_in, coalition):
    published_of(code(coalition, "Er komt een team."), summary="Proefstad wil een team.")

    text = words(report(client, sign_in))

    assert "Proefstad wil een team." in text
    assert "“Er komt een team.”" in text
    assert "Samen verder, blz. 1" in text


def test_leaves_drafts_out(client, sign_in, coalition):
    draft_of(code(coalition, "Er komt een team."), summary="Nog geheim.")

    assert "Nog geheim." not in words(report(client, sign_in))


def test_tells_what_was_searched_when_a_theme_is_absent(client, sign_in, coalition):
    from_text = VersionFactory(agreement=AgreementFactory(coalition=coalition), text="Niets.")
    publish(absent(from_text.agreement.coalition, ThemeFactory()))

    assert "Gezocht op 0 termen in 1 document(en)" in words(report(client, sign_in))


def test_says_on_every_page_that_an_agreement_is_invented(client, sign_in, coalition):
    published_of(code(coalition, "Er komt een team.", is_fiction=True))

    pages = pypdf.PdfReader(io.BytesIO(report(client, sign_in))).pages

    assert all("verzonnen akkoord" in page.extract_text() for page in pages)


def test_is_tagged_titled_and_dutch(client, sign_in, coalition):
    published_of(code(coalition, "Er komt een team."))

    with pikepdf.open(io.BytesIO(report(client, sign_in))) as pdf:
        root = pdf.Root
        metadata = pdf.open_metadata()

        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert str(root.Lang).startswith("nl")
        assert root.ViewerPreferences.DisplayDocTitle
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert "Proefstad" in metadata["dc:title"]


def test_has_headings_a_table_with_heads_and_footnotes(client, sign_in, coalition):
    published_of(code(coalition, "Er komt een team."))

    with pikepdf.open(io.BytesIO(report(client, sign_in))) as pdf:
        kinds = set(tags(pdf.Root.StructTreeRoot))

    assert {"/H1", "/H2", "/Table", "/TH", "/Note", "/TOC"} <= kinds


def tags(element):
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from tags(child)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from tags(element.K)


def test_hostile_words_come_out_as_the_same_words(client, sign_in, coalition):
    published_of(code(coalition, HOSTILE), summary=HOSTILE)

    text = words(report(client, sign_in))

    assert text.count('#read("/etc/passwd") $x$ *vet* `code` <script>alert(1)</script>') == 2
    assert "root:" not in text


def test_a_character_without_a_letterform_does_not_stop_the_report(client, sign_in, coalition):
    published_of(code(coalition, "Wij zijn 😀 met 漢字."))

    assert "Wij zijn � met ��." in words(report(client, sign_in))


def test_a_quote_that_does_not_stand_there_stops_the_report(coalition, monkeypatch):
    published_of(code(coalition, "Er komt een team."))
    make = {"date": "1 juni 2026", "address_of": lambda passage: "http://x"}
    assert municipality_report(coalition, **make).themes[0].quotes

    # The triggers let no such row exist, so the check is shown a text that changed under it.
    from_database = "agreements.models.passage.PassageQuerySet.not_literal"
    monkeypatch.setattr(from_database, lambda self: self)

    with pytest.raises(NotLiteral):
        municipality_report(coalition, **make)
