"""The report of a municipality as an accessible PDF."""

import io
from datetime import date

import pikepdf
import pypdf
import pytest
from django.urls import reverse

from agreements.models import AgreementVersion
from assessments import actions
from assessments.models import Assessment, Reply
from reports.content import NotLiteral, municipality_report
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    MunicipalityFactory,
    PassageFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
    draft_of,
    in_reply,
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


def test_says_what_the_municipality_replied_and_what_vrt_answered(client, sign_in, coalition):
    draft = draft_of(code(coalition, "Er komt een team."))
    Assessment.objects.filter(pk=draft.pk).update(advice="Zeg wanneer het team begint.")
    reply = replied(draft, quote="komt een team")
    closed(reply)

    content = report(client, sign_in)

    text = words(content)
    assert "Advies van VRT Zeg wanneer het team begint." in text
    assert "Reactie van de gemeente: oneens" in text
    assert f"Er is al een team. {HOSTILE}".replace("😀", "�") in text
    assert "“komt een team”" in text
    assert "Antwoord van VRT Dat staat er niet in." in text
    links = [
        annotation.get_object()["/A"].get("/URI", "")
        for page in pypdf.PdfReader(io.BytesIO(content)).pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    ]
    assert [link for link in links if link.endswith("#blz-1")]


def test_says_that_no_reply_came_in_time_or_that_none_was_asked(client, sign_in, coalition):
    reply = in_reply(draft_of(code(coalition, "Er komt een team.")))
    Reply.objects.update(deadline=date(2026, 11, 2))
    publish_closed(reply)
    published_of(
        CodingFactory(
            passage__version__agreement__coalition=coalition, theme=ThemeFactory(key="brandweer")
        )
    )

    text = words(report(client, sign_in))

    assert "geen reactie binnen de termijn (tot en met 2 november 2026)" in text
    assert text.count("niet ter reactie voorgelegd") == 1


def test_says_when_it_was_revised_and_what_changed(client, sign_in, coalition):
    coding = code(coalition, "Er komt een team.")
    published_of(coding)
    assert "Herzien op" not in words(report(client, sign_in))

    published_of(coding)

    assert "Herzien op" in words(report(client, sign_in))
    assert ": Aangevuld." in words(report(client, sign_in))


def test_keeps_a_reply_to_itself_until_publication(client, sign_in, coalition):
    coding = code(coalition, "Er komt een team.")
    published_of(coding)
    reply = replied(draft_of(coding))
    assert "Er is al een team." not in words(report(client, sign_in))

    closed(reply)

    assert "Er is al een team." in words(report(client, sign_in))


def replied(draft, **kwargs):
    """Lay a draft before its municipality, which disagrees."""
    reply = in_reply(draft)
    reply.position, reply.text = "disagree", f"Er is al een team. {HOSTILE}"
    reply.version = AgreementVersion.objects.filter(passages__codings__in=draft.codings.all()).get()
    contact = UserFactory(role="Gemeentecontact", municipality=draft.coalition.municipality)
    return actions.reply(reply, by=contact, seen=1, **kwargs)


def closed(reply):
    """Answer a reply, and publish what it is about."""
    advisor = UserFactory(role="Adviseur")
    actions.answer_reply(reply, by=advisor, text="Dat staat er niet in.", seen=reply.edit_number)
    publish_closed(reply)


def publish_closed(reply):
    editor = UserFactory(role="Eindredacteur")
    seen = reply.text_edit
    actions.close_reply(reply.assessment, by=editor, seen=seen)
    actions.publish(reply.assessment, by=editor, seen=seen)


def test_leaves_drafts_out(client, sign_in, coalition):
    draft_of(code(coalition, "Er komt een team."), summary="Nog geheim.")

    assert "Nog geheim." not in words(report(client, sign_in))


def test_tells_what_was_searched_when_a_theme_is_absent(client, sign_in, coalition):
    from_text = VersionFactory(agreement=AgreementFactory(coalition=coalition), text="Niets.")
    publish(absent(from_text.agreement.coalition, ThemeFactory()))

    assert "Gezocht op 0 termen in 1 document;" in words(report(client, sign_in))


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
    make = {"date": "1 juni 2026", "address_of": lambda passage: "http://x", "place_of": str}
    assert municipality_report(coalition, **make).themes[0].quotes

    # The triggers let no such row exist, so the check is shown a text that changed under it.
    from_database = "agreements.models.passage.PassageQuerySet.not_literal"
    monkeypatch.setattr(from_database, lambda self: self)

    with pytest.raises(NotLiteral):
        municipality_report(coalition, **make)
