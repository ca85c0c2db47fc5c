"""The regional input as a document to take along."""

import io

import pikepdf
import pypdf
import pytest
from django.urls import reverse

from tests.factories import (
    AmbitionFactory,
    FocusPointFactory,
    PartnerFactory,
    RegionalInputFactory,
    ThemeFactory,
    draft_input,
    edition_of,
)
from tests.reports.test_municipality import HOSTILE
from tests.reports.test_pdf import tags, words


@pytest.fixture
def regional_input(db):
    regional_input = RegionalInputFactory(title="Wat wij vragen")
    theme = ThemeFactory()
    AmbitionFactory(theme=theme, text=HOSTILE)
    FocusPointFactory(theme=theme, name="Lange adem", description="Jaren achter elkaar.")
    PartnerFactory(name="Platform IVZ").themes.set([theme])
    return regional_input


def document(client, sign_in):
    sign_in("Burgemeester")
    return client.get(reverse("reports:regional-input", args=[2026, "pdf"]))


def test_says_what_was_published_and_nothing_of_the_draft(client, sign_in, regional_input):
    edition_of(regional_input)
    draft_input(regional_input, title="Nog geheim")

    text = words(document(client, sign_in).content)

    assert "Wat wij vragen" in text
    assert "Lange adem. Jaren achter elkaar." in text
    assert "Platform IVZ" in text
    assert '#read("/etc/passwd") $x$ *vet* `code` <script>alert(1)</script>' in text
    assert "Editie 1" in text
    assert "Nog geheim" not in text


def test_is_tagged_titled_and_dutch(client, sign_in, regional_input):
    edition_of(regional_input)

    with pikepdf.open(io.BytesIO(document(client, sign_in).content)) as pdf:
        metadata = pdf.open_metadata()
        kinds = set(tags(pdf.Root.StructTreeRoot))

        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert "Wat wij vragen" in metadata["dc:title"]
        assert {"/H1", "/H2", "/L", "/LI", "/TOC"} <= kinds


def test_is_the_same_file_every_time(client, sign_in, regional_input):
    edition_of(regional_input)

    first, second = (document(client, sign_in) for _ in range(2))

    assert first.content == second.content
    assert "editie-1.pdf" in first["Content-Disposition"]
    assert pypdf.PdfReader(io.BytesIO(first.content)).pages


def test_without_an_edition_there_is_no_document(client, sign_in, regional_input):
    draft_input(regional_input)

    assert document(client, sign_in).status_code == 404
