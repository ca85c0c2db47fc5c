"""The sentences that open the pages."""

from overview.sentences import listing, of_municipality, of_region, of_theme


def test_a_municipality_in_one_sentence():
    levels = {"Ondermijning": 3, "Brandweer": 0, "Crisisbeheersing": 1}

    assert of_municipality(levels) == (
        "Twee van de drie thema’s staan in het akkoord; brandweer ontbreekt."
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
