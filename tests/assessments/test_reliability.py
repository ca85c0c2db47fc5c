"""Drawing and comparing second readings: by hand, and against the definition."""

from fractions import Fraction
from statistics import mean, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.reliability import concordance, divide, draw, number_of, weighted_kappa

LEVELS = st.integers(0, 3)
PAIRS = st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=40)


def by_definition(pairs):
    """Kappa over the whole table of confusion, in chances and with weights of disagreement (Cohen 1968)."""
    n = len(pairs)
    table = {(i, j): Fraction(pairs.count((i, j)), n) for i in range(4) for j in range(4)}
    rows = [sum(table[i, j] for j in range(4)) for i in range(4)]
    columns = [sum(table[i, j] for i in range(4)) for j in range(4)]
    weight = {(i, j): Fraction((i - j) ** 2, 9) for i, j in table}
    expected = sum(weight[i, j] * rows[i] * columns[j] for i, j in table)
    if not expected:
        return None
    return 1 - sum(weight[cell] * table[cell] for cell in table) / expected


@pytest.mark.parametrize(
    ("firsts", "seconds", "kappa"),
    [
        # The examples in the tests of Ben Hamner's "Metrics", that many later libraries took over.
        ([1, 2, 3], [1, 2, 3], 1),
        ([1, 2, 1], [1, 2, 2], Fraction(4, 10)),
        ([1, 2, 3, 1, 2, 2, 3], [1, 2, 3, 1, 2, 3, 2], Fraction(3, 4)),
        # By hand: squares 0 + 0 + 1 + 1 over 4 pairs is 1/2; by chance (2 + 2 + 2 + 2 + 4 + 4) / 16 is 1.
        ([0, 1, 1, 2], [0, 1, 2, 1], Fraction(1, 2)),
        # Each the opposite of the other: as far below chance as it can be.
        ([0, 3], [3, 0], -1),
        # One constant, the other not: no more than chance.
        ([1, 1, 1], [0, 1, 2], 0),
    ],
)
def test_kappa_is_what_it_is_by_hand(firsts, seconds, kappa):
    assert weighted_kappa(zip(firsts, seconds, strict=True)) == kappa


@pytest.mark.parametrize("pairs", [[], [(2, 2)], [(2, 2)] * 12])
def test_kappa_is_undefined_where_nothing_varies(pairs):
    assert weighted_kappa(pairs) is None
    assert concordance(pairs).kappa is None


@given(PAIRS)
def test_kappa_is_its_definition(pairs):
    assert weighted_kappa(pairs) == by_definition(pairs)


@given(PAIRS)
def test_kappa_is_the_concordance_coefficient(pairs):
    """Lin's coefficient is another road to the same number: covariance, variances and means."""
    firsts, seconds = ([Fraction(pair[k]) for pair in pairs] for k in (0, 1))
    a, b = mean(firsts), mean(seconds)
    covariance = mean((x - a) * (y - b) for x, y in pairs)
    spread = pvariance(firsts, a) + pvariance(seconds, b) + (a - b) ** 2

    assert weighted_kappa(pairs) == (2 * covariance / spread if spread else None)


@given(PAIRS)
def test_kappa_is_the_same_from_either_side(pairs):
    assert weighted_kappa(pairs) == weighted_kappa([(b, a) for a, b in pairs])


@given(PAIRS)
def test_kappa_lies_between_minus_one_and_one(pairs):
    kappa = weighted_kappa(pairs)

    assert kappa is None or -1 <= kappa <= 1


@given(st.lists(LEVELS, min_size=2, max_size=40).filter(lambda levels: len(set(levels)) > 1))
def test_perfect_agreement_is_one(levels):
    found = concordance([(level, level) for level in levels])

    assert (found.kappa, found.percentage) == (1, 100)


def test_two_levels_apart_weighs_more_than_two_times_one():
    near = weighted_kappa([(0, 1), (1, 0), (2, 2), (3, 3)])
    far = weighted_kappa([(0, 2), (1, 1), (2, 0), (3, 3)])

    assert far < near


def test_the_exact_share_counts_only_what_is_equal():
    found = concordance([(1, 1), (1, 2), (3, 3)])

    assert (found.n, found.equal, found.percentage) == (3, 2, 67)


def test_ten_pairs_are_enough_and_nine_are_not():
    assert not concordance([(1, 1)] * 9).is_enough
    assert concordance([(1, 1)] * 10).is_enough


@pytest.mark.parametrize(
    ("share", "pool", "number"), [(20, 84, 17), (20, 5, 1), (20, 1, 1), (100, 7, 7), (1, 84, 1)]
)
def test_a_share_is_rounded_up(share, pool, number):
    assert number_of(share, pool) == number


POOLS = st.sets(st.integers(1, 1000), min_size=1, max_size=50)


@given(POOLS, st.integers(1, 100), st.integers(0, 2**31))
def test_a_draw_can_be_done_again(pool, share, seed):
    drawn = draw(pool, share=share, seed=seed)

    assert drawn == draw(sorted(pool, reverse=True), share=share, seed=seed)
    assert set(drawn) <= pool
    assert len(set(drawn)) == number_of(share, len(pool))


def test_every_one_of_a_pool_is_drawn_about_as_often():
    counts = dict.fromkeys(range(10), 0)
    for seed in range(2000):
        for one in draw(counts, share=20, seed=seed):
            counts[one] += 1

    assert all(300 < number < 500 for number in counts.values())  # 400 each by chance


@given(POOLS, st.integers(1, 6), st.integers(0, 2**31))
def test_readers_get_as_many_each_when_all_may_read_all(pool, number, seed):
    readers = set(range(number))

    division = divide(pool, may_read=dict.fromkeys(pool, readers), seed=seed)

    load = [list(division.values()).count(reader) for reader in readers]
    assert set(division) == pool
    assert max(load) - min(load) <= 1


@given(
    st.dictionaries(
        st.integers(1, 50), st.sets(st.integers(1, 5), min_size=1), min_size=1, max_size=30
    ),
    st.integers(0, 2**31),
)
def test_nobody_gets_what_they_may_not_read(may_read, seed):
    division = divide(may_read, may_read=may_read, seed=seed)

    assert all(reader in may_read[one] for one, reader in division.items())


def test_who_has_one_reader_only_comes_first():
    division = divide([1, 2], may_read={1: {7, 8}, 2: {7}}, seed=3)

    assert division == {1: 8, 2: 7}
