"""How a term is written, and where it is found."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes.terms import EXPLANATION, LONGEST, Hit, find, parts_of, problem_with

TERMS = [
    "ondermijn",
    "criminaliteit",
    '"boa"',
    "ramp*",
    "verward gedrag",
    "zorg + veiligheid",
    "wijk-ggz",
    "cyber",
]


def words(text, *terms):
    return [text[hit.start : hit.end] for hit in find(text, terms)]


def test_finds_a_term_inside_a_compound_and_in_capitals():
    assert find("DRUGSCRIMINALITEIT en criminaliteit", ["criminaliteit"]) == [
        Hit("criminaliteit", 0, 18),
        Hit("criminaliteit", 22, 35),
    ]


def test_tells_the_longest_of_two_terms_that_share_a_place():
    assert [hit.term for hit in find("cyberaanval", ["cyber", "cyberaanval"])] == ["cyberaanval"]


def test_a_term_of_several_words_is_found_over_odd_spaces():
    assert words("Met  zorg\u00a0en\nveiligheid.", "zorg en veiligheid") == [
        "zorg\u00a0en\nveiligheid"
    ]


def test_words_of_two_paragraphs_are_no_term():
    assert words("Zorg\n\nen veiligheid", "zorg en veiligheid") == []


def test_a_word_between_quotes_is_found_alone_and_in_its_plural():
    text = "De boa, boa's, boa’s, boas en BOA. Een boa-team. Niet: Samboa, boazo."

    assert words(text, '"boa"') == ["boa", "boa's", "boa’s", "boas", "BOA", "boa"]


def test_quotes_may_be_curly():
    assert words("Een boa.", "“boa”") == ["boa"]


def test_a_star_finds_the_beginning_of_words():
    assert words("Rampen en een tramp", "ramp*") == ["Rampen"]


def test_a_combination_is_found_in_one_sentence_in_any_order():
    text = "Veiligheid vraagt om zorg. Zorg voor later. Veiligheid ook."

    assert find(text, ["zorg + veiligheid"]) == [Hit("zorg + veiligheid", 0, 10)]


def test_a_combination_of_parts_with_signs():
    assert words("De boa's rond parkeren", '"boa" + parke*') == ["boa's"]


@pytest.mark.parametrize(
    "written",
    [
        "onder- mijning",
        "onder-\nmijning",
        "onder\u00admijning",
        "onder\u00ad\nmijning",
        "onder\ufffe\nmijning",
        "óndermíjning",
        "onder\u0301mijning",
        "onder\u200bmijning",
        "onderrnijning",
        "0ndermijning",
        "ONDERMIJNING",
        "onder mijning",
    ],
)
def test_a_word_is_found_however_it_came_out_of_the_file(written):
    text = f"Over {written} dus."

    assert words(text, "ondermijn") == [written]


def test_a_hyphen_inside_a_word_is_a_matter_of_taste():
    assert len(words("wijk-GGZ, wijkggz en wijk ggz", "wijk-ggz")) == 3


def test_a_hyphen_that_stands_for_the_rest_of_a_word_stays_a_word():
    assert words("Zorg- en Veiligheidshuis", "zorg en veiligheid") == ["Zorg- en Veiligheidshuis"]
    assert words("zorg- en straf", "zorgen") == []


def test_a_lost_space_needs_more_than_one_letter_of_the_next_word():
    assert words("criminele netwerken", "criminelen") == []


def test_letters_that_are_set_wide_are_a_word():
    assert words("O N D E R M I J N", "ondermijn") == ["O N D E R M I J N"]


def test_a_scanners_mistake_counts_in_long_words_only():
    assert words("crirninaliteit", "criminaliteit") == ["crirninaliteit"]
    assert words("tegenslag, schermtijd", "ensia") == []


def test_a_ligature_is_two_letters():
    assert words("De ﬁets", "fiets") == ["ﬁets"]


def test_a_term_is_a_text_and_no_pattern():
    assert find("aab", ["a*b"]) == []
    assert words("a.c a+c", "a.c x") == []


def test_without_terms_nothing_is_found():
    assert find("ondermijning", []) == []


@pytest.mark.parametrize(
    ("term", "says"),
    [
        ("", "Vul een zoekterm in."),
        ("   ", "Vul een zoekterm in."),
        ("x" * (LONGEST + 1), "te lang"),
        ("om", "te kort"),
        ("+ zorg", "voor en na elke +"),
        ("zorg +", "voor en na elke +"),
        ("zorg ++ straf", "voor en na elke +"),
        ('"boa', "aanhalingstekens om het hele woord"),
        ('bo"a', "aanhalingstekens om het hele woord"),
        ("a*bcd", "alleen aan het eind"),
        ('"boa*"', "alleen aan het eind"),
        ("-- ..", "te kort"),
    ],
)
def test_says_what_is_wrong_with_a_term(term, says):
    assert says in problem_with(term)
    assert find("Tekst over zorg en boa's", [term]) == []


def test_a_good_term_has_no_problem():
    assert [problem_with(term) for term in (*TERMS, '"om"')] == [None] * (len(TERMS) + 1)


def test_what_is_explained_can_be_used():
    assert all(parts_of(term) for term, _ in EXPLANATION)


@given(
    st.text(
        alphabet=st.sampled_from("oOndermijn zgvl1rnvvw-\u00ad\n\x00’'.•😀é\u0301\ufb01\ud800"),
        max_size=120,
    )
)
def test_places_are_always_inside_the_text(text):
    hits = find(text, TERMS)

    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in zip(hits, hits[1:], strict=False))


@given(st.text(max_size=60), st.text(max_size=40))
def test_no_term_and_no_text_is_too_odd(text, term):
    find(text, [term])


@given(st.text(min_size=3, max_size=30).filter(lambda term: not problem_with(term)))
def test_a_term_is_found_in_itself_or_is_a_combination(term):
    if term[:1].isalpha() and term.isalnum():
        assert find(term, [term])


@pytest.mark.parametrize(
    "text", ["boa" * 100_000, " " * 300_000, "." * 300_000, "ondermijn" * 40_000, "a b" * 100_000]
)
def test_a_long_odd_text_takes_no_longer_than_a_long_plain_one(text):
    begin = time.process_time()

    find(text, TERMS)

    assert time.process_time() - begin < 30  # with the square of the text it would be hours
