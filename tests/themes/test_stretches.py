"""Cutting a text into sentences and bullets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes.stretches import stretches


def cut(text):
    return [text[start:end] for start, end in stretches(text)]


def test_cuts_paragraphs_and_sentences():
    assert cut("Kop\n\nEen zin. Nog een!  En deze?\n\nLaatste") == [
        "Kop",
        "Een zin.",
        "Nog een!",
        "En deze?",
        "Laatste",
    ]


def test_a_sentence_runs_on_over_the_end_of_a_page():
    assert cut("De brandweer\nblijft. Ook hier.") == ["De brandweer\nblijft.", "Ook hier."]


def test_a_bullet_is_one_stretch_without_its_sign():
    assert cut("Wij willen:\n\n• Meer boa's. Ook 's nachts.\n• Minder") == [
        "Wij willen:",
        "Meer boa's. Ook 's nachts.",
        "Minder",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Met o.a. Twente en bijv. Borne.",
        "Volgens art. 13 van de wet.",
        "Dhr. Jansen en mw. De Vries.",
        "Zie nr. 5 en blz. 7.",
        "Dat kost ca. 40 euro.",
        "M.b.t. Veiligheid is er werk.",
        "Dat kost € 1.500 of 2.5 procent.",
        "Op 1.1.2026 begint het.",
        "J. Jansen is er.",
        "2. Zorg voor elkaar",
        "Met punten... en dan verder.",
    ],
)
def test_a_dot_inside_a_sentence_does_not_end_it(sentence):
    assert cut(sentence) == [sentence]


def test_a_sentence_may_end_in_a_year_or_behind_a_quote():
    assert cut("Dat is in 2026. Wij zeiden “ja.” Daarna kwam er 12. Mooi.") == [
        "Dat is in 2026.",
        "Wij zeiden “ja.”",
        "Daarna kwam er 12.",
        "Mooi.",
    ]


def test_an_empty_text_has_none():
    assert stretches(" \n\n • \n") == []


@given(st.text(alphabet="aB .!\n•\"'1€\x00😀", max_size=100))
def test_stretches_follow_each_other_and_lose_no_letter(text):
    found = stretches(text)

    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(a[1] <= b[0] for a, b in zip(found, found[1:], strict=False))
    inside = "".join(text[start:end] for start, end in found)
    assert [c for c in inside if c.isalnum()] == [c for c in text if c.isalnum()]
