"""Laying out a text with marks over it. Pure functions."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from agreements.citation import in_words, locate, pages_of, trim
from agreements.reading import Mark, lay_out


@dataclass
class Span:
    number: int
    start: int
    end: int


ZORG, BRAND = (("zorg", "Z", "Zorg"),), (("brand", "B", "Brandweer"),)


def pieces_of(text, marks, lit=None):
    (page,) = lay_out(text, [Span(1, 0, len(text))], {}, marks, lit)
    return [piece for paragraph in page.paragraphs for piece in paragraph.pieces]


def test_a_paragraph_is_cut_where_marks_begin_and_end():
    pieces = pieces_of("een twee drie vier", [Mark(1, 4, 13, ZORG), Mark(2, 9, 18, BRAND)])

    assert [(piece.text, piece.themes) for piece in pieces] == [
        ("een ", []),
        ("twee ", ["zorg"]),
        ("drie", ["zorg", "brand"]),
        (" vier", ["brand"]),
    ]


def test_the_letter_stands_where_the_passage_ends():
    pieces = pieces_of("een twee drie", [Mark(1, 0, 8, ZORG)])

    assert [[mark.themes[0][1] for mark in piece.ends] for piece in pieces] == [["Z"], []]


def test_only_the_asked_passage_is_lit():
    pieces = pieces_of("een twee", [Mark(1, 0, 3, ZORG), Mark(2, 4, 8, BRAND)], lit="2")

    assert [piece.lit for piece in pieces if piece.marks] == [False, True]


def test_headings_and_bullets_are_told_apart():
    (page,) = lay_out("Kop\n\n• punt\n\ntekst", [Span(1, 0, 18)], {0: 2}, [])

    assert [(p.level, p.is_bullet) for p in page.paragraphs] == [(2, False), (0, True), (0, False)]


@given(
    st.text(alphabet="ab \n•é😀", max_size=80),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=8),
)
def test_the_pieces_are_the_paragraph_to_the_letter(text, places):
    marks = [
        Mark(n, min(a, b), max(a, b), ZORG)
        for n, (a, b) in enumerate(places)
        if a != b and max(a, b) <= len(text)
    ]

    (page,) = lay_out(text, [Span(1, 0, len(text))], {}, marks)

    for paragraph in page.paragraphs:
        whole = "".join(piece.text for piece in paragraph.pieces)
        assert text[paragraph.start : paragraph.start + len(whole)] == whole
    assert {mark.id for mark in marks if text[mark.start : mark.end].strip()} <= {
        mark.id for p in page.paragraphs for piece in p.pieces for mark in piece.marks
    }


def test_a_quote_is_found_whatever_its_white_space():
    assert locate("een  twee\ndrie twee drie", "twee drie") == [(5, 14), (15, 24)]


def test_a_quote_is_a_text_and_no_pattern():
    assert locate("kosten (a.b)* hier", "(a.b)*") == [(7, 13)]
    assert locate("aab", "a*b") == []


def test_trimming_leaves_white_space_out():
    assert trim(" een ", 0, 5) == (1, 4)


def test_a_place_touches_the_pages_that_it_runs_over():
    pages = [Span(1, 0, 10), Span(2, 11, 20), Span(3, 21, 30)]

    assert pages_of(pages, 5, 15) == [1, 2]
    assert in_words([3, 7, 12]) == "blz. 3, 7 en 12"
