import io

import pytest
from docx import Document
from docx.enum.text import WD_BREAK

from agreements.intake.reader import read
from tests.agreements.intake.files import docx, paragraph

BREAK = '<w:p><w:r><w:t>Voor</w:t><w:br w:type="page"/><w:t>Na</w:t></w:r></w:p>'


def read_docx(path):
    return read(path, "a.docx")


def pages_of(document):
    return [document.text[page.start : page.end] for page in document.pages]


@pytest.fixture
def made_with_word(tmp_path):
    """A document as python-docx makes it: with all of Word's own styles."""
    word = Document()
    word.add_heading("Coalitieakkoord", 0)
    word.add_heading("Veiligheid", 1)
    word.add_paragraph("De brandweer blijft.")
    word.add_paragraph("Meer boa's", style="List Bullet")
    word.add_heading("Ondermijning", 2)
    table = word.add_table(rows=0, cols=2)
    for row in (("Wat", "Bedrag"), ("Camera's", "€ 2.000")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    word.add_paragraph("Volgende bladzijde.")
    written = io.BytesIO()
    word.save(written)
    path = tmp_path / "a.docx"
    path.write_bytes(written.getvalue())
    return path


def test_reads_headings_items_tables_and_pages(made_with_word):
    document = read_docx(made_with_word)

    assert pages_of(document) == [
        "Coalitieakkoord\n\nVeiligheid\n\nDe brandweer blijft.\n\n• Meer boa's\n\nOndermijning\n\n"
        "Wat | Bedrag\n\nCamera's | € 2.000",
        "Volgende bladzijde.",
    ]
    assert [(section.title, section.level) for section in document.sections] == [
        ("Coalitieakkoord", 1),
        ("Veiligheid", 1),
        ("Ondermijning", 2),
    ]


def test_has_no_boxes_and_no_paper(made_with_word):
    page = read_docx(made_with_word).pages[0]

    assert (page.words, page.width, page.height) == ((), None, None)


def test_a_break_inside_a_paragraph_lets_it_run_on(tmp_path):
    document = read_docx(docx(tmp_path / "a", BREAK))

    assert document.text == "Voor\nNa"
    assert pages_of(document) == ["Voor", "Na"]


def test_a_page_that_ends_inside_a_word_keeps_the_word_whole(tmp_path):
    body = (
        "<w:p><w:r><w:t>De veilig</w:t><w:lastRenderedPageBreak/><w:t>heid telt.</w:t></w:r></w:p>"
    )

    assert pages_of(read_docx(docx(tmp_path / "a", body))) == ["De veiligheid", "telt."]


def test_word_s_own_page_breaks_count_once(tmp_path):
    body = (
        paragraph("Een")
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Twee</w:t></w:r></w:p>"
        + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Drie</w:t></w:r></w:p>"
    )

    assert pages_of(read_docx(docx(tmp_path / "a", body))) == ["Een", "Twee", "Drie"]


def test_deleted_and_hidden_text_is_not_read(tmp_path):
    body = (
        "<w:p><w:del><w:r><w:delText>weg</w:delText></w:r></w:del><w:ins><w:r><w:t>nieuw</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>verborgen</w:t></w:r></w:p>"
    )

    assert read_docx(docx(tmp_path / "a", body)).text == "nieuw"


def test_cuts_long_text_into_pages_between_paragraphs(tmp_path):
    sentences = [f"Alinea {number}. " + "Woord " * 80 + "einde." for number in range(40)]

    document = read_docx(docx(tmp_path / "a", "".join(map(paragraph, sentences))))

    pages = pages_of(document)
    assert "\n\n".join(pages) == document.text
    assert all(3000 <= len(page) < 3600 for page in pages[:-1])
    assert all(page.endswith("einde.") for page in pages)
