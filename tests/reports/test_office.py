"""A report to go on writing in: ODT and DOCX with headings, table heads, words for pictures and a language."""

import io
import zipfile

import pytest
from docx import Document as read_docx
from docx.oxml.ns import qn
from lxml import etree
from odfdo import Document as read_odt

from overview.drawing import Shape
from reports.document import Heading, Item, Items, Level, Paragraph, Picture, Quote, Table
from reports.formats.odt import NAMESPACES
from reports.rendering import render
from tests.reports.test_pdf import a_document, words

SOURCE = "https://example.org/akkoord?a=1&b=2#passage-3"
DOCUMENT = a_document(
    Heading("Brandweer", 1),
    Level(3, "concreet", "Was genoemd, nu concreet."),
    Heading("Wat het akkoord zegt"),
    Quote("Er komt een kazerne.", "Samen verder, blz. 4", SOURCE, "heeft een maatregel"),
    Items((Item("een kazerne, € 2.000.000", "", "blz. 4", SOURCE),)),
    Heading("Toen", 3),
    Paragraph("Eerste regel.\nTweede regel."),
    Table("De oordelen", ("Thema", "Oordeel"), (("Brandweer", Level(3, "concreet")),) * 3, (50, 50)),
    Picture("plaat", "Gemeenten per oordeel", "3 concreet.", 90, 30, (Shape("text", "ink", x=1, y=20, text="3"),)),
)  # fmt: skip


@pytest.fixture(scope="module")
def odt():
    return render(DOCUMENT, "odt")


@pytest.fixture(scope="module")
def docx():
    return render(DOCUMENT, "docx")


def part(file, name):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read(name))


def found(file, path, name="content.xml"):
    return part(file, name).xpath(path, namespaces=NAMESPACES)


def test_odt_has_headings_by_level(odt):
    assert [
        (each.get(f"{{{NAMESPACES['text']}}}outline-level"), "".join(each.itertext()))
        for each in found(odt, "//text:h")
    ] == [("1", "Brandweer"), ("2", "Wat het akkoord zegt"), ("3", "Toen")]


def test_odt_says_which_row_is_the_head_of_a_table(odt):
    heads = found(odt, "//table:table-header-rows//text:p")

    assert ["".join(each.itertext()) for each in heads] == ["Thema", "Oordeel"]


def test_odt_has_words_for_its_picture(odt):
    assert found(odt, "string(//draw:frame/svg:title)") == "Gemeenten per oordeel"
    assert found(odt, "string(//draw:frame/svg:desc)") == "3 concreet."


def test_odt_is_dutch_and_titled(odt):
    (style,) = found(
        odt, "//style:default-style[@style:family='paragraph']/*[@fo:language]", "styles.xml"
    )

    assert style.get(f"{{{NAMESPACES['fo']}}}language") == "nl"
    assert read_odt(io.BytesIO(odt)).meta.title == "Proef"


def test_odt_has_notes_that_lead_to_the_source(odt):
    assert found(odt, "string(//text:note//text:a/@xlink:href)") == SOURCE
    assert found(odt, "string(//text:note//text:a)") == "Samen verder, blz. 4"


def test_odt_has_contents_that_lead_to_the_chapters(odt):
    (link,) = found(odt, "//text:table-of-content//text:a/@xlink:href")

    assert found(odt, f"//text:bookmark[@text:name='{link.removeprefix('#')}']")


def test_odt_has_every_style_that_it_names(odt):
    named = {
        value
        for name in ("content.xml", "styles.xml")
        for value in found(odt, "//@text:style-name | //@table:style-name", name)
    }
    there = {
        value
        for name in ("content.xml", "styles.xml")
        for value in found(odt, "//style:style/@style:name | //text:list-style/@style:name", name)
    }

    assert named <= there
    assert {"Cell", "Row"} <= named


def test_docx_has_headings_by_level(docx):
    paragraphs = read_docx(io.BytesIO(docx)).paragraphs

    assert [(p.style.name, p.text) for p in paragraphs if p.style.name.startswith("Heading")] == [
        ("Heading 1", "Brandweer"),
        ("Heading 2", "Wat het akkoord zegt"),
        ("Heading 3", "Toen"),
    ]


def test_docx_says_which_row_and_column_are_the_heads_of_a_table(docx):
    (table,) = read_docx(io.BytesIO(docx)).tables

    first, second, *_ = table._tbl.tr_lst
    assert first.trPr.find(qn("w:tblHeader")) is not None
    assert second.trPr.find(qn("w:tblHeader")) is None
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"


def test_docx_has_words_for_its_picture(docx):
    (shape,) = read_docx(io.BytesIO(docx)).inline_shapes

    assert shape._inline.docPr.get("descr") == "3 concreet."
    assert shape._inline.docPr.get("title") == "Gemeenten per oordeel"


def test_docx_is_dutch_and_titled(docx):
    word = read_docx(io.BytesIO(docx))

    (language,) = word.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "nl-NL"
    assert (word.core_properties.title, word.core_properties.language) == ("Proef", "nl-NL")


def test_docx_has_notes_that_lead_to_the_source(docx):
    notes = part(docx, "word/footnotes.xml")
    links = part(docx, "word/_rels/footnotes.xml.rels")

    assert "Samen verder, blz. 4" in "".join(notes.itertext())
    assert [each.get("Target") for each in links] == [SOURCE]


def test_docx_has_contents_that_lead_to_the_chapters(docx):
    body = part(docx, "word/document.xml")

    anchors = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))]
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert [anchor for anchor in anchors if anchor] == names == ["_Toc000001"]


@pytest.mark.parametrize("format", ["odt", "docx"])
def test_a_writing_program_opens_it_and_loses_nothing(libreoffice, tmp_path, format):
    path = tmp_path / f"rapport.{format}"
    path.write_bytes(render(DOCUMENT, format))

    printed = words(libreoffice(path, "pdf").read_bytes())

    for said in (
        "Brandweer",
        "concreet",
        "“Er komt een kazerne.”",
        "Samen verder, blz. 4",
        "Tweede regel.",
    ):
        assert said in printed


def test_a_level_keeps_to_the_words_below_it_in_both(odt, docx):
    keeps = "//style:style[style:paragraph-properties/@fo:keep-with-next='always']/@style:name"
    level = found(odt, "//text:p[.//text:span[contains(., 'concreet')]]/@text:style-name")[0]
    paragraph = next(p for p in read_docx(io.BytesIO(docx)).paragraphs if "concreet" in p.text)

    assert level in found(odt, keeps)
    assert paragraph.paragraph_format.keep_with_next
