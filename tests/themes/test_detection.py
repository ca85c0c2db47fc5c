"""Proposing themes: the weights of the terms that are found, added up."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes.detection import LIMIT, THEMES, Detector, Proposal, Reason, Weighted
from themes.shipped import shipped_terms

CRISIS = "crisisbeheersing"
BOA = "toezicht_handhaving"
ODD = Detector([*shipped_terms(), Weighted(BOA, "boa", 1.0), Weighted(CRISIS, "oor + vrij", 1.0)])


@pytest.fixture
def detector():
    return Detector(
        [
            Weighted(CRISIS, "crisis", 0.7),
            Weighted(CRISIS, "oefen", 0.3),
            Weighted(CRISIS, "wooncrisis", -1.5),
            Weighted(CRISIS, "ramp* + voorbereid", 1.0),
            Weighted(BOA, '"boa"', 1.2),
        ]
    )


@pytest.fixture(scope="module")
def shipped():
    return Detector(shipped_terms())


def test_proposes_a_sentence_with_its_reasons_the_heaviest_first(detector):
    text = "Eerst dit. We oefenen voor een crisis."

    assert detector.detect(text) == [
        Proposal(
            CRISIS,
            11,
            38,
            1.0,
            (Reason("crisis", 0.7, "crisis"), Reason("oefen", 0.3, "oefenen")),
        )
    ]


def test_a_sum_below_the_limit_is_no_proposal(detector):
    assert detector.detect("Een crisis.") == []
    assert detector.score("Een crisis.", CRISIS) == 0.7


def test_a_term_counts_once_in_a_stretch(detector):
    assert detector.score("Crisis op crisis.", CRISIS) == 0.7


def test_a_negative_term_takes_away(detector):
    assert detector.score("De wooncrisis en het oefenen.", CRISIS) == -0.5


def test_a_combination_counts_within_one_sentence(detector):
    assert detector.score("Voorbereid op rampen.", CRISIS) == 1.0
    assert detector.score("We zijn voorbereid. Rampen komen.", CRISIS) == 0


def test_proposals_come_in_reading_order_and_the_themes_in_theirs(detector):
    text = "De boa oefent bij een crisis.\n\n• Boa's"

    assert [(p.theme, p.start) for p in detector.detect(text)] == [(BOA, 0), (CRISIS, 0), (BOA, 33)]


def test_a_passage_adds_up_over_its_sentences(detector):
    text = "Er is een crisis. Daarop oefenen we, met boa's."

    assert [p.theme for p in detector.detect(text)] == [BOA]
    assert detector.themes_of(text) == [BOA, CRISIS]


def test_a_reason_names_the_word_as_it_stands_in_the_text(detector):
    (proposal,) = detector.detect("Meer BOA’s!")

    assert proposal.reasons == (Reason('"boa"', 1.2, "BOA’s"),)


def test_a_term_that_cannot_be_used_is_passed_over():
    assert Detector([Weighted(BOA, "x", 2.0), Weighted(BOA, "+", 2.0)]).themes_of("x + x") == []


def test_a_theme_of_later_comes_after_the_six():
    detector = Detector([Weighted("nieuw", "water", 1.0), Weighted("brandweer", "blus", 1.0)])

    assert detector.themes_of("Water om te blussen") == ["brandweer", "nieuw"]


@pytest.mark.parametrize(
    "text",
    [
        "De wooncrisis vraagt om snel bouwen.",
        "Wij handhaven het niveau van de voorzieningen.",
        "Jongeren groeien weerbaar op.",
        "Vrijwilligers van de sportclub verdienen waardering.",
        "De handhaving van betaald parkeren gaat naar een bedrijf.",
        "De energiecrisis raakt onze inwoners.",
        "Dat ondermijnt het draagvlak voor dit plan.",
        "De oude brandweerkazerne wordt een woning.",
    ],
)
def test_words_that_mislead_give_no_theme(shipped, text):
    assert shipped.themes_of(text) == []


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Er komt hulp voor personen met verward gedrag.", "zorg_veiligheid_straf"),
        ("We pakken ondermijning in het buitengebied aan.", "ondermijning"),
        ("Onze informatiebeveiliging moet op orde zijn.", "digitale_kwetsbaarheid"),
        ("Er komen twee boa's bij.", "toezicht_handhaving"),
        ("We zijn voorbereid op rampen en crises.", "crisisbeheersing"),
        ("De vrijwillige brandweer blijft in elk dorp.", "brandweer"),
    ],
)
def test_each_theme_is_found_by_its_own_words(shipped, text, theme):
    assert shipped.themes_of(text) == [theme]


@given(
    st.text(
        alphabet=st.sampled_from("boa crisisrampvoorbereid.\n•-\u00ad\x00😀’é\ud800A"), max_size=150
    )
)
def test_offsets_are_inside_the_text_and_nothing_is_raised(text):
    for proposal in ODD.detect(text):
        assert 0 <= proposal.start < proposal.end <= len(text)
        assert proposal.score >= LIMIT
        assert proposal.reasons
        assert all(reason.word in text for reason in proposal.reasons)


def test_time_grows_with_the_text_and_no_faster(shipped):
    for text in ("handhaving" * 30_000, "boa " * 75_000, "crisis.\n\n" * 30_000, "\x00" * 300_000):
        begin = time.process_time()

        shipped.detect(text)

        assert time.process_time() - begin < 30  # with the square of the text it would be hours


def test_the_six_are_the_themes_of_the_portal(shipped):
    assert {term.theme for term in shipped_terms()} == set(THEMES)
