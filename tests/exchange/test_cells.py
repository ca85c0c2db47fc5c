"""No cell is ever a formula, and no character is lost, in any of the three formats (ADR 45)."""

import csv
import io
import random

import odfdo
import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils.escape import unescape

from exchange.tables import csv_table, ods, xlsx
from exchange.tables.cells import CUT, LONGEST_IN_XLSX, for_csv, for_xlsx, from_csv, plain
from exchange.tables.sheets import Column, Sheet

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FIXED = [
    *(f"{sign}1+1" for sign in DANGEROUS),
    *(f"'{sign}1+1" for sign in DANGEROUS),
    *(f"{sign}cmd|' /C calc'!A0" for sign in DANGEROUS),
    "=HYPERLINK(\"https://example.org\",\"klik\")", "{=SUM(A1:A9)}", "https://example.org/", "mailto:a@b.nl",
    "'s Avonds", "''", "'", '"', '""', "a,b;c\td", " =1+1", "\u200b=1+1", "\ufeff=1+1",
    "  voor", "na  ", "twee  spaties", "   ", " ", "\n", "\n\n", "a\n\nb", "a\r\nb", "a\rb", "\n=1+1", "a\tb", "\t",
    "007", "1e5", "1.5", "1,5", "2026-01-01", "1-2", "TRUE", "waar", "#N/A", "#REF!",
    "😀 emoji", "👩‍👩‍👧‍👦", "𝔸stral", "\u202eomgekeerd", "\u200fשלום\u200e", "e\u0301", "\xa0vast\xa0",
    "_x0041_", "_x000D_", "_xZZZZ_", "<b>&amp;</b>", "]]>", "&#10;",
    "".join(map(chr, range(1, 32))), "\x00nul", "\x7f\x85\x9f", "\ufffe\uffff", "\u2028\u2029",
    "x" * 10_000, "é😀=" * 3_000,
]  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60) | st.builds(
    str.__add__, st.sampled_from(["", "'", " ", *DANGEROUS]), st.text(max_size=20)
).filter(bool)
CELLS = st.lists(TEXTS, min_size=20, max_size=20)
ROUNDS = 100  # of twenty cells


def sheet_of(texts):
    return Sheet("Blad", [Column("tekst", "")], [[text] for text in texts])


def written(module, texts):
    file = io.BytesIO()
    if module is csv_table:
        csv_table.write(sheet_of(texts), file)
    else:
        module.write([sheet_of(texts)], file, title="Proef")
    return file.getvalue()


def from_xlsx(content):
    """What openpyxl reads; it leaves what XLSX escapes as it is written."""
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))
    assert all(cell.data_type == "s" for (cell,) in rows)
    assert all(cell.hyperlink is None for (cell,) in rows)
    return [unescape(cell.value) for (cell,) in rows]


def from_ods(content):
    (table,) = odfdo.Document(io.BytesIO(content)).body.tables
    cells = [row.get_cell(0) for row in table.get_rows()][1:]
    assert all((cell.type, cell.formula) == ("string", None) for cell in cells)
    return ["\n".join(p.inner_text for p in cell.get_elements("text:p")) for cell in cells]


def from_csv_file(content):
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]
    assert not any(cell.startswith(DANGEROUS) for (cell,) in rows)
    return [from_csv(cell) for (cell,) in rows]


def with_fixed(test):
    for at in range(0, len(FIXED), 20):
        test = example(FIXED[at : at + 20])(test)
    return test


@with_fixed
@settings(max_examples=ROUNDS)
@given(CELLS)
def test_xlsx_gives_every_text_back(texts):
    assert from_xlsx(written(xlsx, texts)) == [plain(text) for text in texts]


@with_fixed
@settings(max_examples=ROUNDS)
@given(CELLS)
def test_ods_gives_every_text_back(texts):
    assert from_ods(written(ods, texts)) == [plain(text) for text in texts]


@with_fixed
@settings(max_examples=ROUNDS)
@given(CELLS)
def test_csv_gives_every_text_back(texts):
    assert from_csv_file(written(csv_table, texts)) == [plain(text) for text in texts]


@given(TEXTS)
def test_plain_changes_line_ends_and_what_xml_cannot_hold_and_nothing_else(text):
    ends_mended = text.replace("\r\n", "\n").replace("\r", "\n")

    for before, after in zip(ends_mended, plain(text), strict=True):
        can_be_held = (before >= " " or before in "\t\n") and before not in "\ufffe\uffff"
        assert (after == before) == can_be_held
    etree.Element("a").text = plain(text)


def test_a_control_character_becomes_its_picture():
    assert plain("a\x1bb\x00\ufffe") == "a␛b␀\ufffd"


@given(TEXTS)
def test_the_apostrophe_of_csv_can_be_undone(text):
    assert from_csv(for_csv(text)) == text


def test_a_dutch_apostrophe_stays_as_it_is():
    assert for_csv("'s Avonds surveilleert de boa") == "'s Avonds surveilleert de boa"


@pytest.mark.parametrize("text", ["x" * 40_000, "😀" * 20_000])
def test_a_text_that_is_longer_than_a_cell_of_xlsx_says_so(text):
    cut = for_xlsx(text)

    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_IN_XLSX
    assert cut.endswith(CUT)
    assert text.startswith(cut.removesuffix(CUT))
    assert from_ods(written(ods, [text])) == [text]


def test_the_check_of_xlsx_would_notice_a_formula():
    """The control: as xlsxwriter does it by itself."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write(0, 0, "tekst")
        page.write(1, 0, "=1+1")

    with pytest.raises(AssertionError):
        from_xlsx(file.getvalue())


def test_the_check_of_csv_would_notice_a_formula():
    """The control: as the csv module does it by itself."""
    with pytest.raises(AssertionError):
        from_csv_file(b"tekst\r\n=1+1\r\n")


AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true,false,false"


@pytest.fixture(scope="module")
def many():
    """The fixed cells, and a thousand more, of the same make each time."""
    chance = random.Random(1)
    # Without _: LibreOffice takes _x1_ for an escape in XLSX, which has four digits (ADR 45).
    letters = "=+-@\t\n'\" ,;ab1😀é\u202e\u200f\u2003x0<&"
    return FIXED + ["".join(chance.choices(letters, k=chance.randint(1, 30))) for _ in range(1000)]


@pytest.mark.parametrize(("module", "kind"), [(xlsx, "xlsx"), (ods, "ods")])
def test_libreoffice_reads_every_text_and_no_formula(libreoffice, tmp_path, many, module, kind):
    path = tmp_path / f"tabel.{kind}"
    path.write_bytes(written(module, many))

    with libreoffice(path, AS_CSV).open(encoding="utf-8", newline="") as file:
        seen = [cell.replace("\r\n", "\n") for (cell,) in list(csv.reader(file))[1:]]

    assert seen == [plain(text) for text in many]


READING_CSV = "CSV:44,34,76,1,,0,false,false"


def test_libreoffice_takes_no_cell_of_csv_for_a_formula(libreoffice, tmp_path, many):
    path = tmp_path / "tabel.csv"
    path.write_bytes(written(csv_table, many))

    assert formulas_in(libreoffice(path, "ods", reading=READING_CSV)) == []


def test_libreoffice_does_take_a_bare_one_for_a_formula(libreoffice, tmp_path):
    """The control: the same without the apostrophe."""
    path = tmp_path / "tabel.csv"
    path.write_bytes(b"tekst\r\n=1+1\r\n")

    assert formulas_in(libreoffice(path, "ods", reading=READING_CSV)) == ["of:=1+1"]


def formulas_in(path):
    (table,) = odfdo.Document(path).body.tables
    return [cell.formula for row in table.get_rows() for cell in row.get_cells() if cell.formula]
