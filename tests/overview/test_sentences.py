"""The sentences that open the pages."""

import pytest

from overview.sentences import (
    listing,
    of_change,
    of_focus_point,
    of_municipality,
    of_region,
    of_theme,
)


def test_a_municipality_in_one_sentence():
    levels = {"Ondermijning": 3, "Brandweer": 0, "Crisisbeheersing": 1}

    assert of_municipality(levels) == (
        "Twee van de drie thema’s staan in het akkoord; brandweer ontbreekt."
    )


def test_several_absent_themes_are_not_taken_for_those_that_are_there():
    levels = {"Ondermijning": 3, "Brandweer": 0, "Zorg, veiligheid en straf": 0}

    assert of_municipality(levels) == (
        "Eén van de drie thema’s staat in het akkoord. "
        "Niet in het akkoord: brandweer; zorg, veiligheid en straf."
    )


def test_what_is_not_judged_is_told_apart_from_what_is_absent():
    sentence = of_municipality({"Ondermijning": 1, "Brandweer": None})

    assert "Eén is nog niet beoordeeld." in sentence
    assert "ontbreekt" not in sentence


def test_nothing_published_is_said():
    assert of_municipality({"Brandweer": None}) == "Er is nog geen beoordeling gepubliceerd."
    assert of_region({"Brandweer": []}).endswith("nog niets gepubliceerd.")
    assert of_theme([]) == "Voor dit thema is nog niets gepubliceerd."


def test_the_region_counts_only_what_is_judged():
    sentence = of_region({"Ondermijning": [1, 2, 3], "Brandweer": [0, 0, 1]})

    assert sentence == (
        "Ondermijning komt het vaakst terug, brandweer het minst: "
        "één van de drie beoordeelde gemeenten heeft het in het akkoord."
    )


def test_a_theme_tells_how_many_are_concrete():
    assert of_theme([0, 1, 3]) == (
        "Twee van de drie beoordeelde gemeenten hebben het in het akkoord, één daarvan concreet."
    )


def test_words_are_joined_as_people_do():
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"]) == "a, b en c"


@pytest.mark.parametrize(
    ("silent", "judged", "funded", "concrete", "sentence"),
    [
        (0, 0, [], [], "Hierover is nog niets gepubliceerd."),
        (0, 12, [], [], "Geen van de twaalf beoordeelde gemeenten zwijgt hierover."),
        (3, 3, [], [], "Alle drie beoordeelde gemeenten zwijgen hierover."),
        (1, 1, [], [], "De enige beoordeelde gemeente zwijgt hierover."),
        (
            1,
            12,
            [],
            ["Borne", "Losser"],
            "Eén van de twaalf beoordeelde gemeenten zwijgt hierover; "
            "Borne en Losser hebben er een maatregel voor.",
        ),
        (
            4,
            12,
            ["Hengelo"],
            ["Borne"],
            "Vier van de twaalf beoordeelde gemeenten zwijgen hierover; "
            "Hengelo heeft er geld voor.",
        ),
        (
            4,
            12,
            ["Almelo", "Borne", "Hengelo", "Losser"],
            [],
            "Vier van de twaalf beoordeelde gemeenten zwijgen hierover; vier hebben er geld voor.",
        ),
    ],
)
def test_says_who_is_silent_about_a_focus_point(silent, judged, funded, concrete, sentence):
    said = of_focus_point(silent=silent, judged=judged, funded=funded, concrete=concrete)

    assert said == sentence


def test_names_the_focus_point_where_its_place_does_not():
    said = of_focus_point(silent=4, judged=12, funded=[], concrete=[], about="Samen oefenen")

    assert said == "Vier van de twaalf beoordeelde gemeenten zwijgen over “Samen oefenen”."


def test_says_what_changed_since_the_term_before():
    said = of_change("genoemd", "uitgewerkt", ["Almelo", "Borne"], year=2022)

    assert said == "In 2022 genoemd, nu uitgewerkt: Almelo en Borne."
