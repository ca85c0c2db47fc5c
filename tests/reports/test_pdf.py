"""A report on paper: PDF/UA-1 and PDF/A-2a, as far as it can be read back here."""

import io

import pikepdf
import pypdf
import pytest
from django.urls import reverse

from assessments.models import Assessment
from reports.document import Document, Heading, Paragraph, Quote, Table
from reports.rendering import render
from tests.factories import MeasureFactory, ThemeFactory, published_of
from tests.reports.test_municipality import coalition, code

__all__ = ["coalition"]
MADE = "2026-06-01T12:00:00+00:00"


def report(client, sign_in, kind="gemeente"):
    sign_in("Burgemeester")
    response = client.get(reverse("reports:file", args=[2026, kind, "proefstad", "pdf"]))
    assert response["Content-Type"] == "application/pdf"
    return response.content


def words(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def tags(element):
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from tags(child)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from tags(element.K)


def elements(element, kind):
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from elements(child, kind)
    elif isinstance(element, pikepdf.Dictionary):
        if element.get("/S") == kind:
            yield element
        if "/K" in element:
            yield from elements(element.K, kind)


def scope(head):
    """What a table head says that it is the head of."""
    attributes = head.A if isinstance(head.A, pikepdf.Array) else [head.A]
    return next(str(each.Scope) for each in attributes if "/Scope" in each)


def a_document(*chapters, **fields):
    return Document(
        title="Proef", subtitle="", kind="Proef", lead="", standing="Nu", made_at=MADE,
        chapters=chapters, **fields,
    )  # fmt: skip


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


def test_has_headings_a_table_with_heads_notes_and_contents(client, sign_in, coalition):
    published_of(code(coalition, "Er komt een team."))

    with pikepdf.open(io.BytesIO(report(client, sign_in))) as pdf:
        kinds = set(tags(pdf.Root.StructTreeRoot))

    assert {"/H1", "/H2", "/Table", "/TH", "/Note", "/TOC"} <= kinds


def test_every_table_has_heads_above_its_columns_and_beside_its_rows():
    table = Table("Tabel", ("Thema", "Oordeel"), (("Brandweer", "concreet"),), (50, 50))

    with pikepdf.open(io.BytesIO(render(a_document(Heading("Een", 1), table), "pdf"))) as pdf:
        scopes = [scope(each) for each in elements(pdf.Root.StructTreeRoot, "/TH")]

    assert scopes == ["/Column", "/Column", "/Row"]


def test_its_notes_lead_to_the_source():
    quote = Quote("Er komt een team.", "Samen verder, blz. 1", "https://example.org/akkoord?a=1#b")

    with pikepdf.open(io.BytesIO(render(a_document(Heading("Een", 1), quote), "pdf"))) as pdf:
        links = [
            str(annotation.A.URI)
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if "/A" in annotation and "/URI" in annotation.A
        ]

    assert links == ["https://example.org/akkoord?a=1#b"]


def test_every_picture_has_words(client, sign_in, coalition):
    published_of(code(coalition, "Er komt een team."))
    sign_in("Burgemeester")
    theme = Assessment.objects.get().theme

    made = client.get(reverse("reports:file", args=[2026, "thema", theme.slug, "pdf"])).content

    with pikepdf.open(io.BytesIO(made)) as pdf:
        alts = [str(each.Alt) for each in elements(pdf.Root.StructTreeRoot, "/Figure")]
    assert any("1 uitgewerkt" in alt for alt in alts)


def test_says_on_every_page_that_an_agreement_is_invented(client, sign_in, coalition):
    published_of(code(coalition, "Er komt een team.", is_fiction=True))

    pages = pypdf.PdfReader(io.BytesIO(report(client, sign_in))).pages

    assert all("verzonnen akkoorden" in page.extract_text() for page in pages)


def pages_of_chapters(first):
    """Where the chapters Een and Twee begin, by the pages after the cover."""
    document = a_document(
        Heading("Een", 1),
        Paragraph("Veel woorden. " * first),
        Heading("Twee", 1),
        Paragraph("Kort."),
    )
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(render(document, "pdf"))).pages]
    return [("Een" in page, "Twee" in page) for page in pages[1:]]


def test_a_chapter_goes_on_where_there_is_room_for_it():
    assert pages_of_chapters(first=80) == [(True, True)]


def test_a_chapter_begins_a_page_where_less_than_a_third_of_one_is_left():
    assert pages_of_chapters(first=270) == [(True, False), (False, True)]


def test_a_sentence_keeps_to_the_table_below_it():
    table = Table(
        "Tabel", ("Thema", "Oordeel"), tuple((f"Rij {n}", "") for n in range(6)), (50, 50)
    )

    for words in range(200, 330, 10):
        document = a_document(
            Heading("Een", 1), Paragraph("Veel woorden. " * words),
            Heading("Toen en nu"), Paragraph("Een is nieuw."), table,
        )  # fmt: skip
        pages = pypdf.PdfReader(io.BytesIO(render(document, "pdf"))).pages

        assert {("Toen en nu" in t, "Een is nieuw." in t, "Rij 5" in t) for t in texts(pages)} <= {
            (True, True, True),
            (False, False, False),
        }


def texts(pages):
    return [page.extract_text() for page in pages]


@pytest.mark.parametrize("themes", [0, 1, 6])
def test_the_brief_has_two_pages_at_most(client, sign_in, coalition, themes):
    for each in range(themes):
        coding = code(
            coalition,
            f"{each} " + "Er komt een team voor de hele stad. " * 7,
            title=f"Deel {each}",
            theme=ThemeFactory(key=f"thema{each}", name=f"Een thema met een lange naam {each}"),
        )
        for number in range(8):
            MeasureFactory(passage=coding.passage, what=f"{number} dat lang is " * 9, amount=10)
        published_of(coding, summary="Een zin die doorgaat over wat er gebeurt " * 40)

    made = report(client, sign_in, "kort")

    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) <= 2
    assert ("Maatregelen met geld" in words(made)) == bool(themes)
