"""The terms of a theme as a list that people type."""

from decimal import Decimal

import pytest

from themes.shipped import shipped_terms
from themes.term_list import Difference, Line, differences, read, write


def test_a_line_is_a_term_and_its_weight():
    lines, mistakes = read("drugs = 1,2\nwooncrisis = -1.5\n\nondermijn\n“boa” + parke* = +0,25")

    assert mistakes == []
    assert lines == [
        Line("drugs", Decimal("1.2")),
        Line("wooncrisis", Decimal("-1.5")),
        Line("ondermijn", Decimal("1")),
        Line('"boa" + parke*', Decimal("0.25")),
    ]


def test_a_list_is_written_with_the_heaviest_term_first():
    lines, _ = read("zorg = -1,50\nramp*\nboef = 1\ndrugs = 1,25")

    assert write(lines) == "drugs = 1,25\nboef = 1\nramp* = 1\nzorg = -1,5"


def test_the_shipped_terms_can_be_written_and_read():
    for theme in {term.theme for term in shipped_terms()}:
        lines = [
            Line(term.text, Decimal(str(term.weight)))
            for term in shipped_terms()
            if term.theme == theme
        ]

        again, mistakes = read(write(lines))

        assert mistakes == []
        assert set(again) == set(lines)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("drugs = veel", "‘veel’ is geen getal"),
        ("drugs = 1,2,3", "is geen getal"),
        ("drugs = ²", "is geen getal"),
        ("drugs =", "staat geen gewicht"),
        ("drugs = 0", "gewicht van 0 telt niet mee"),
        ("drugs = 0,00", "gewicht van 0 telt niet mee"),
        ("drugs = 10", "van -9,99 tot 9,99"),
        ("drugs = -9,991", "van -9,99 tot 9,99"),
        ("drugs = 1,255", "twee cijfers achter de komma"),
        ("drugs 1,2", "Zet een = tussen"),
        ("= 1,2", "Vul een zoekterm in"),
        ("om = 1", "te kort"),
        ("ra*mp", "Zet de * alleen aan het eind"),
        ("zorg + ", "voor en na elke +"),
        ("a" * 81, "te lang"),
        ("Ondermijn = 2", "staat ook op regel 1"),
    ],
)
def test_a_mistake_names_its_line(row, message):
    _, mistakes = read(f"ondermijn = 1\n\n{row}")

    [mistake] = mistakes
    assert mistake.startswith("Regel 3 (")
    assert message in mistake


def test_a_combination_in_another_order_is_the_same_term():
    _, [mistake] = read("zorg + veiligheid\nVeiligheid  + zorg = 2")

    assert "staat ook op regel 1" in mistake


@pytest.mark.parametrize("written", ["", " \n\n"])
def test_a_theme_has_at_least_one_term(written):
    assert read(written)[1] == ["Vul ten minste één term in."]


def test_a_list_has_an_end():
    lines, mistakes = read("\n".join(f"term{number}" for number in range(1001)))

    assert mistakes == ["Dit zijn 1001 termen. Gebruik er hoogstens 1000."]


def test_differences_are_terms_with_another_weight_or_without_one():
    before, _ = read("drugs\nboef\nramp")
    after, _ = read("drugs\nboef = 2\nwiet")

    assert differences(before, after) == [
        Difference("boef", Decimal(1), Decimal(2)),
        Difference("ramp", Decimal(1), None),
        Difference("wiet", None, Decimal(1)),
    ]
