"""Every form of a report says the same words in the same order, whatever these are."""

import io
import unicodedata
from dataclasses import replace

import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from overview.drawing import Shape
from reports.document import (
    Document,
    Heading,
    Item,
    Items,
    Level,
    Paragraph,
    Picture,
    Quote,
    Table,
    as_data,
    from_data,
)  # fmt: skip
from reports.models import Format
from reports.rendering import render
from reports.showable import showable
from tests.reports.extracting import first_missing, plain, words_of

PER_DOCUMENT, DOCUMENTS = 50, 40  # two thousand texts
NASTY = [
    '#read("/etc/passwd") #import "@preview/x" $x^2$ *vet* _schuin_ `code` @label <anker> \\ // geen /* tekst */',
    "=1+1", "+31 6", "-2", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "{{ 7|add:1 }} {% now %}",
    "<script>alert(1)</script> &amp; &lt; ]]> <!-- --> <?php ?>",
    "a\x00b\x01\x1f\x7f\x85\ud7ff\ufffe", "\u202eomgekeerd\u202c \u200f\u200e \u2066x\u2069",
    "x" * 10_000, "😀👨‍👩‍👧‍👦🏳️‍🌈 𝒳𝔄𠜎🜁", "e\u0301a\u0328\u1ab0 \u0489", "naïef cliënt “q” ‘s – — … € ½ ﬁ",
    "tab\tregel\r\nterug\rmeer\u2028scheiding\u2029alinea", "   ruimte   ervoor en erachter   ", "\ue000\U000f0000 \U0010ffff",
    "漢字かな交じり文 한국어 ไทย हिन्दी", "Ǆ ŉ ſ ß İ ı",
]  # fmt: skip
# Letters that are written from right to left come out of a PDF as they stand on the paper: tested apart.
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        st.characters(exclude_categories=["Cs"], codec="utf-8").filter(
            lambda char: unicodedata.bidirectional(char) not in {"R", "AL", "AN"}
        ),
        max_size=60,
    ),
    st.text("#$*_`@<>\\/=+-\"'{}[]()&;|~^% \n", max_size=40),
)


def a_document(texts):
    """A document with a text in every place that takes one."""
    pieces = iter(texts)

    def said():
        return next(pieces, "")

    return Document(
        title=f"T{said()}",
        subtitle=said(),
        kind=said(),
        lead=said(),
        standing=said(),
        about=said(),
        made_at="2026-06-01T12:00:00+00:00",
        cover=(
            Table("Tabel", (f"A{said()}", f"B{said()}"), ((said(), said()), (said(), Level(2, f"L{said()}"))), (50, 50)),
            Picture("plaat", f"P{said()}", f"D{said()}", 90, 30, (Shape("text", "ink", x=1, y=20, text="x"),)),
        ),
        chapters=tuple(
            block
            for _ in range(5)
            for block in (
                Heading(f"H{said()}", 1),
                Paragraph(said()),
                Level(1, f"genoemd {said()}", said()),
                Quote(said(), f"bron {said()}", "https://example.org/a?b=c&d=“e”#f", said()),
                Items((Item(said(), said(), f"bl {said()}", "https://example.org/"), Item(f"i {said()}"))),
                Heading(f"K{said()}", 2),
            )
        ),
    )  # fmt: skip


@settings(max_examples=DOCUMENTS, derandomize=True)  # the same two thousand everywhere
@given(st.lists(TEXTS, min_size=PER_DOCUMENT, max_size=PER_DOCUMENT))
@example(NASTY * 3)
def test_two_thousand_hostile_texts_come_out_the_same_in_every_form(texts):
    document = a_document(texts)

    for format in (Format.ODT, Format.DOCX, Format.HTML):
        missing = first_missing(document, render(document, format), format)
        assert missing is None, (format, missing)
    assert missing_on_paper(document, render(document, Format.PDF)) == []


def missing_on_paper(document, file):
    """The pieces of a document that neither of two readers of PDF finds.

    In this test order doesn't count on paper: each of the two reads some rare letters otherwise, and a page may
    end within a piece. In tests/reports/test_same_reports.py it does.
    """
    drawn = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages)
    both = plain(drawn), plain(words_of(file, Format.PDF))
    return [piece for piece in document.said() if not any(plain(piece) in text for text in both)]


@pytest.mark.parametrize("format", Format)
def test_the_control_one_other_letter_is_noticed(format):
    document = a_document(NASTY)
    other = replace(document, chapters=(*document.chapters[:-1], Heading("Kx", 2)))

    file = render(document, format)

    assert first_missing(document, file, format) is None
    assert first_missing(other, file, format) == "Kx"
    if format == Format.PDF:
        assert missing_on_paper(document, file) == []
        assert missing_on_paper(other, file) == ["Kx"]


@pytest.mark.parametrize("format", Format)
def test_the_control_another_order_is_noticed(format):
    document = a_document([f"woord {number}" for number in range(60)])
    first, second, *rest = document.chapters
    file = render(document, format)

    assert (
        first_missing(replace(document, chapters=(second, first, *rest)), file, format) is not None
    )


@given(st.text())
def test_what_is_showable_stays_as_it_is(text):
    assert showable(showable(text)) == showable(text)


@given(st.lists(TEXTS, min_size=20, max_size=20))
def test_a_document_is_kept_as_data_and_read_back(texts):
    document = a_document(texts)

    assert from_data(as_data(document)) == document


@pytest.mark.parametrize("format", Format)
def test_the_same_document_gives_the_same_bytes(format):
    assert render(a_document(NASTY), format) == render(a_document(NASTY), format)


@pytest.mark.parametrize("format", [Format.ODT, Format.DOCX, Format.HTML])
def test_letters_from_right_to_left_come_out_in_their_own_order(format):
    document = a_document(["שלום עולם", "مرحبا بالعالم", "الإصدار 12 ب"] * 5)

    assert first_missing(document, render(document, format), format) is None


def test_on_paper_letters_from_right_to_left_are_all_there():
    document = a_document(["שלום"])

    text = words_of(render(document, Format.PDF), Format.PDF)

    assert set("שלום") <= set(text)


def test_on_paper_what_no_form_can_hold_is_a_sign_that_something_stood_there():
    made = render(a_document(["漢\x1f字\x00\ue000"]), Format.PDF)

    text = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "漢�字��" in text.replace("\N{ZERO WIDTH SPACE}", "")
