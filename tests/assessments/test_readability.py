"""The hint on how readable a summary is."""

import pytest

from assessments.readability import hint


def test_short_sentences_are_good():
    found = hint("Er komt een team. Het krijgt geld.")

    assert found.is_good
    assert found.words == "2 zinnen, gemiddeld 4 woorden. Goed leesbaar."


def test_a_long_sentence_is_named():
    found = hint("Kort. " + "woord " * 25 + ".")

    assert not found.is_good
    assert "Zin 2 telt 25 woorden. Maak er twee van." in found.words


@pytest.mark.parametrize(("words", "is_good"), [(20, True), (21, False)])
def test_twenty_words_is_the_most(words, is_good):
    assert ("Maak er twee van" in hint("Ja. Nee. " + "a " * words).words) is not is_good


def test_a_long_word_is_named():
    assert (
        "Lang woord: verantwoordelijkheidsverdeling."
        in hint("De verantwoordelijkheidsverdeling is helder.").words
    )


@pytest.mark.parametrize("text", ["", "  \n", "..."])
def test_of_no_words_there_is_nothing_to_say(text):
    assert hint(text) is None
