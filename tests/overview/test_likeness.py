"""With whom to compare: what isn't known or judged is never guessed."""

from overview.likeness import Different, like_size, most_different


def test_nearest_in_population():
    population = {"a": 100, "b": 90, "c": 300, "d": 105, "e": 500}

    assert like_size("a", population) == ["d", "b", "c"]


def test_who_has_no_known_population_is_never_near():
    assert like_size("a", {"a": 100, "b": None, "c": 900}) == ["c"]


def test_without_a_population_of_its_own_nobody_is_near():
    assert like_size("a", {"a": None, "b": 100}) == []


def test_most_different_over_all_themes_together():
    levels = {
        "a": {"brandweer": 3, "crisis": 3, "ondermijning": 0},
        "b": {"brandweer": 0, "crisis": 3, "ondermijning": 0},
        "c": {"brandweer": 1, "crisis": 1, "ondermijning": 1},
    }

    assert most_different("a", levels) == Different("c", ["brandweer", "crisis"])


def test_a_theme_that_one_of_both_has_not_judged_does_not_count():
    levels = {"a": {"brandweer": 3, "crisis": 1}, "b": {"crisis": 2}, "c": {"brandweer": 3}}

    assert most_different("a", levels) == Different("b", ["crisis"])


def test_nobody_differs_where_nothing_differs():
    assert most_different("a", {"a": {"brandweer": 3}, "b": {"brandweer": 3}}) is None
    assert most_different("a", {"b": {"brandweer": 3}}) is None
