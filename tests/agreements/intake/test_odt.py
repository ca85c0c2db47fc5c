import odfdo
import pytest

from agreements.intake.reader import read
from tests.agreements.intake.files import odt


def read_odt(path):
    return read(path, "a.odt")


@pytest.fixture
def made_with_odfdo(tmp_path):
    written = odfdo.Document("text")
    written.body.clear()
    written.body.append(odfdo.Header(1, "Veiligheid"))
    written.body.append(odfdo.Paragraph("De brandweer blijft."))
    written.body.append(odfdo.List(["Meer boa's", "Meer toezicht"]))
    written.body.append(odfdo.Header(2, "Ondermijning"))
    path = tmp_path / "a.odt"
    written.save(path)
    return path


def test_reads_headings_and_items(made_with_odfdo):
    document = read_odt(made_with_odfdo)

    assert document.text == (
        "Veiligheid\n\nDe brandweer blijft.\n\n• Meer boa's\n\n• Meer toezicht\n\nOndermijning"
    )
    assert [(section.title, section.level) for section in document.sections] == [
        ("Veiligheid", 1),
        ("Ondermijning", 2),
    ]


def test_reads_rows_of_tables_and_spaces(tmp_path):
    body = (
        "<table:table><table:table-row><table:table-cell><text:p>Wat<text:s text:c='3'/>nu</text:p>"
        "</table:table-cell><table:table-cell><text:p>€ 5</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )

    assert read_odt(odt(tmp_path / "a", body)).text == "Wat nu | € 5"


def test_soft_page_breaks_make_pages_and_let_a_paragraph_run_on(tmp_path):
    body = "<text:p>Een zin <text:soft-page-break/>die doorloopt.</text:p>"

    document = read_odt(odt(tmp_path / "a", body))

    assert document.text == "Een zin\ndie doorloopt."
    assert len(document.pages) == 2


def test_deleted_text_and_remarks_are_not_read(tmp_path):
    body = (
        "<text:tracked-changes><text:p>weg</text:p></text:tracked-changes>"
        "<text:p>Blijft<office:annotation><text:p>opmerking</text:p></office:annotation>.</text:p>"
    )

    assert read_odt(odt(tmp_path / "a", body)).text == "Blijft."
