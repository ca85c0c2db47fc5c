"""The terms that come with the portal."""

from collections import Counter

from bench.detection.__main__ import as_toml
from bench.detection.learning import by_hand, learn, passages, terms_in
from themes.detection import LIMIT, SEARCH_WEIGHT, THEMES, Detector
from themes.shipped import FILE, shipped_terms
from themes.terms import LONGEST, problem_with


def test_every_term_can_be_used_and_stored():
    for term in shipped_terms():
        assert problem_with(term.text) is None
        assert len(term.text) <= LONGEST
        assert term.weight != 0
        assert round(term.weight, 2) == term.weight
        assert abs(term.weight) < 100


def test_every_theme_has_search_terms_supporting_words_and_words_that_take_away():
    for theme in THEMES:
        weights = [term.weight for term in shipped_terms() if term.theme == theme]
        assert max(weights) >= LIMIT
        assert any(SEARCH_WEIGHT <= weight < LIMIT for weight in weights)
        assert any(0 < weight < SEARCH_WEIGHT for weight in weights)
        assert min(weights) < 0


def test_no_theme_has_a_term_twice():
    assert Counter((term.theme, term.text) for term in by_hand()).most_common(1)[0][1] == 1


def test_the_same_passages_teach_the_same_file():
    terms = by_hand()
    labelled = passages()

    learned = learn(labelled, terms_in(labelled, terms), terms)

    assert as_toml(learned) == FILE.read_text(encoding="utf-8")


def test_labelled_passages_are_found_well_enough():
    detector = Detector(shipped_terms())
    labelled = passages()
    answers = [set(detector.themes_of(passage.text)) for passage in labelled]

    right = sum(len(p.themes & a) for p, a in zip(labelled, answers, strict=True))
    named = sum(len(answer) for answer in answers)
    there = sum(len(passage.themes) for passage in labelled)
    without = [bool(a) for p, a in zip(labelled, answers, strict=True) if not p.themes]

    assert len(labelled) >= 400
    assert 2 * right / (named + there) > 0.9
    assert right / there > 0.88
    assert sum(without) / len(without) < 0.1


def test_labels_are_themes_and_no_passage_comes_twice():
    labelled = passages()

    assert {theme for passage in labelled for theme in passage.themes} == set(THEMES)
    assert len({passage.id for passage in labelled}) == len(labelled)
    assert len({passage.text for passage in labelled}) == len(labelled)
