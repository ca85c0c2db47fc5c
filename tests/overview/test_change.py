"""What became of a wish: every pair of then and now has one verdict, and the sentence counts them."""

import itertools

import pytest

from overview.change import Change, Side, decide, of_changes, of_level, why_not

STRENGTHS = [None, 0, 1, 2, 3, 4]


def expected(then, now):
    """The same in other words: a table by hand, read from left to right."""
    if None in (then, now):
        return Change.NOT_COMPARABLE
    return {
        (False, False): Change.SILENT,
        (False, True): Change.NEW,
        (True, False): Change.DROPPED,
        (True, True): [Change.WEAKER, Change.KEPT, Change.STRONGER][
            (now > then) - (now < then) + 1
        ],
    }[bool(then), bool(now)]


@pytest.mark.parametrize(("then", "now"), list(itertools.product(STRENGTHS, STRENGTHS)))
def test_every_pair_has_its_verdict(then, now):
    assert decide(Side(then), Side(now)) is expected(then, now)


@pytest.mark.parametrize(("then", "now"), list(itertools.product(STRENGTHS[1:], STRENGTHS[1:])))
def test_a_point_that_was_not_asked_then_is_not_new(then, now):
    verdict = decide(Side(then, is_asked=False), Side(now))

    assert verdict is Change.NOT_ASKED_THEN


@pytest.mark.parametrize(("then", "now"), list(itertools.product(STRENGTHS[1:], STRENGTHS[1:])))
def test_a_point_that_is_not_asked_now_is_not_dropped(then, now):
    verdict = decide(Side(then), Side(now, is_asked=False))

    assert verdict is Change.NOT_ASKED_NOW


def test_what_is_not_published_comes_before_what_was_not_asked():
    assert decide(Side(None, is_asked=False), Side(2)) is Change.NOT_COMPARABLE


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([], ""),
        (
            ["NEW", "STRONGER", "NEW", "DROPPED"],
            "Twee aandachtspunten zijn nieuw, één is sterker, één is vervallen.",
        ),
        (["KEPT"], "Eén aandachtspunt is gebleven."),
        (["SILENT", "SILENT"], "De aandachtspunten zijn beide keren niet genoemd."),
        (["NEW", "SILENT"], "Eén aandachtspunt is nieuw. Eén is beide keren niet genoemd."),
        (
            ["WEAKER", "NOT_ASKED_THEN", "NOT_ASKED_NOW", "NOT_ASKED_NOW"],
            "Eén aandachtspunt is zwakker. Eén was toen nog geen aandachtspunt. "
            "Twee zijn nu geen aandachtspunt meer.",
        ),
    ],
)
def test_a_sentence_counts_the_changes(changes, sentence):
    assert of_changes(Change[name] for name in changes) == sentence


def test_no_sentence_is_longer_than_twenty_words():
    everything = of_changes([change for change in Change for _ in range(14)])

    assert max(len(sentence.split()) for sentence in everything.split(".")) <= 20


def test_two_levels_in_words():
    assert of_level("genoemd", "concreet") == "Was genoemd, nu concreet"
    assert of_level("concreet", "concreet") == "Toen en nu concreet"


@pytest.mark.parametrize(
    ("has_then", "has_now", "earlier", "reason"),
    [
        (False, True, "2022–2026", "Over 2022–2026 is dit nog niet gepubliceerd."),
        (True, False, "2022–2026", "Over 2026–2030 is dit nog niet gepubliceerd."),
        (
            False,
            False,
            "2022–2026",
            "Over 2022–2026 en over 2026–2030 is dit nog niet gepubliceerd.",
        ),
        (False, True, "", "Er is geen eerdere raadsperiode bekend."),
    ],
)
def test_the_reason_why_there_is_no_comparison(has_then, has_now, earlier, reason):
    assert why_not("2026–2030", has_then=has_then, has_now=has_now, earlier=earlier) == reason
