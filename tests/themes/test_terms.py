"""Finding search terms in a text."""

from themes.terms import Hit, find


def test_finds_a_term_inside_a_compound_and_in_capitals():
    assert find("DRUGSCRIMINALITEIT en criminaliteit", ["criminaliteit"]) == [
        Hit("criminaliteit", 0, 18),
        Hit("criminaliteit", 22, 35),
    ]


def test_tells_the_longest_of_two_terms_that_share_a_place():
    assert [hit.term for hit in find("cyberaanval", ["cyber", "cyberaanval"])] == ["cyberaanval"]


def test_a_term_of_several_words_is_found():
    assert [hit.term for hit in find("Met zorg en veiligheid.", ["zorg en veiligheid"])] == [
        "zorg en veiligheid"
    ]


def test_a_term_is_a_text_and_no_pattern():
    assert find("aab", ["a*b"]) == []


def test_without_terms_nothing_is_found():
    assert find("ondermijning", []) == []
