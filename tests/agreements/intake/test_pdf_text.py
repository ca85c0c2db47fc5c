"""The text of a PDF reads as a person reads the page."""

import pytest

from agreements.intake.limits import Limits
from agreements.intake.pdf import read
from tests.agreements.intake.files import resaved, typst_pdf

FRAME = "header: [Akkoord Testdam #h(1fr) 2026], footer: context [Pagina #counter(page).display()]"
FILLER = [
    f"Zin nummer {number} gaat over het beleid van de gemeente Testdam." for number in range(90)
]


def text_of(path):
    return read(path, Limits()).text


def page_texts(path):
    document = read(path, Limits())
    return [document.text[page.start : page.end] for page in document.pages]


@pytest.fixture
def two_columns(tmp_path):
    body = "= Veiligheid\n" + " ".join(FILLER)
    return typst_pdf(tmp_path / "a.pdf", body, f'paper: "a4", columns: 2, {FRAME}')


def test_reads_the_left_column_before_the_right(two_columns):
    text = text_of(two_columns).replace("\n", " ")

    places = [text.index(sentence) for sentence in FILLER]
    assert places == sorted(places)


def test_undoes_hyphenation_and_keeps_real_hyphens(tmp_path):
    sentence = "De auto-ongelukken, GroenLinks-PvdA in 2026-2030 en zorg- en veiligheidshuizen. "
    shifted = "\n\n".join("x" * shift + " " + sentence * 2 for shift in range(1, 25))
    path = typst_pdf(tmp_path / "a.pdf", shifted, "width: 7cm, height: auto")

    text = text_of(path)

    assert text.count(sentence.strip()) == 48


def test_leaves_headers_footers_and_page_numbers_out(tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", " ".join(FILLER * 2), f'paper: "a5", {FRAME}')

    text = text_of(path)

    assert len(page_texts(path)) > 3
    assert "Akkoord Testdam" not in text
    assert "Pagina" not in text


def test_leaves_headers_of_odd_and_even_pages_out(tmp_path):
    header = (
        "header: context if calc.odd(counter(page).get().first()) [Akkoord Testdam] "
        "else [#h(1fr) Samen verder]"
    )
    path = typst_pdf(tmp_path / "a.pdf", " ".join(FILLER * 3), f'paper: "a5", {header}')

    text = text_of(path)

    assert "Akkoord Testdam" not in text
    assert "Samen verder" not in text


def test_keeps_pages_that_look_alike(tmp_path):
    page = "= Veiligheid\nDe brandweer blijft.\n\n" + " ".join(FILLER[:5])
    path = typst_pdf(tmp_path / "a.pdf", "#pagebreak()\n".join([page] * 4), f'paper: "a5", {FRAME}')

    texts = page_texts(path)

    assert [text.startswith("Veiligheid\n\nDe brandweer blijft.") for text in texts] == [True] * 4


def test_a_title_and_a_table_over_two_columns_stay_in_place(tmp_path):
    body = f"""#align(center)[#text(20pt)[Een brede titel over alles]]
#columns(2)[{" ".join(FILLER[:20])}]
#table(columns: (1fr, 1fr, 1fr), [Maatregel], [Bedrag], [Jaar], [Camera's], [€ 2.000], [2027])
#columns(2)[{" ".join(FILLER[20:40])}]"""
    path = typst_pdf(tmp_path / "a.pdf", body, 'paper: "a4"')

    text = text_of(path).replace("\n", " ")

    parts = ["Een brede titel", *FILLER[:20], "Maatregel | Bedrag | Jaar", *FILLER[20:40]]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_cell_of_several_lines_stays_one_cell(tmp_path):
    table = """#table(columns: (4cm, 2cm, 2cm), [Wat], [Bedrag], [Jaar],
    [Weerbaarheid van ouderen en jongeren in de wijken van Testdam], [€ 50], [2026])"""
    path = typst_pdf(tmp_path / "a.pdf", table)

    text = text_of(path)

    assert "Weerbaarheid van ouderen en jongeren in de wijken van Testdam | € 50 | 2026" in text


def test_paragraphs_bullets_and_numbers_stand_apart(tmp_path):
    long = "Een punt dat zo lang is dat het zeker niet op een enkele regel van deze bladzijde past"
    path = typst_pdf(
        tmp_path / "a.pdf", f"Eerste alinea.\n\nTweede alinea.\n- {long}\n- Kort\n+ Een\n+ Twee"
    )

    assert text_of(path).split("\n\n") == [
        "Eerste alinea.",
        "Tweede alinea.",
        f"• {long}",
        "• Kort",
        "1. Een",
        "2. Twee",
    ]


def test_indented_first_lines_begin_paragraphs(tmp_path):
    rule = "#set par(first-line-indent: 1.5em, spacing: 0.65em)\n"
    paragraphs = [" ".join(FILLER[at : at + 4]) for at in (0, 4, 8)]
    path = typst_pdf(tmp_path / "a.pdf", rule + "\n\n".join(paragraphs))

    assert text_of(path).split("\n\n") == paragraphs


def test_a_paragraph_runs_on_over_the_page_break(tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", " ".join(FILLER), f'paper: "a5", {FRAME}')

    text = text_of(path)

    assert "\n\n" not in text
    assert text.replace("\n", " ") == " ".join(FILLER)
    assert text.count("\n") == len(page_texts(path)) - 1


def test_finds_headings_by_the_outline(tmp_path):
    body = "= Veiligheid\nTekst.\n== Ondermijning\nTekst.\n= Wonen\nTekst."
    path = typst_pdf(tmp_path / "a.pdf", body)

    document = read(path, Limits())

    assert [(section.title, section.level) for section in document.sections] == [
        ("Veiligheid", 1),
        ("Ondermijning", 2),
        ("Wonen", 1),
    ]
    starts = [section.start for section in document.sections]
    assert all(
        document.text.startswith(s.title, at)
        for s, at in zip(document.sections, starts, strict=True)
    )


def test_finds_headings_by_their_looks_without_an_outline(tmp_path):
    body = "= Veiligheid\n" + FILLER[0] + "\n\n*Inleiding*\n\n" + FILLER[1]
    path = typst_pdf(tmp_path / "a.pdf", body)
    resaved(path, lambda pdf: pdf.Root.__delitem__("/Outlines"))

    document = read(path, Limits())

    assert [(section.title, section.level) for section in document.sections] == [
        ("Veiligheid", 1),
        ("Inleiding", 2),
    ]


def test_cells_that_all_wrap_stay_in_their_row(tmp_path):
    cells = [
        "Weerbaarheid van ouderen",
        "Samenwerking met de regio",
        "Veiligheid nieuw",
        "Een",
        "Twee",
        "Drie",
    ]
    table = "#table(columns: 3, " + ", ".join(f"[{cell}]" for cell in cells) + ")"
    path = typst_pdf(
        tmp_path / "a.pdf", f"{table}\n#colbreak()\n{FILLER[0]}", 'paper: "a5", columns: 2'
    )

    assert text_of(path).split("\n\n") == [
        "Weerbaarheid van ouderen | Samenwerking met de regio | Veiligheid nieuw",
        "Een | Twee | Drie",
        FILLER[0],
    ]
