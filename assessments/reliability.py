"""How far two readings of the same agree: the exact share, and weighted kappa with quadratic weights.

Kappa says how much better than chance two readers agree, where a difference of two levels weighs four times
a difference of one (Cohen 1968). With r_i firsts and c_j seconds at each level, and n pairs, it is

    1 - n * sum of (a - b)^2 over the pairs / sum over i, j of (i - j)^2 * r_i * c_j

All in whole numbers until the last division, so that equal counts give equal answers.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

ENOUGH = 10  # pairs; with fewer, one reading more could turn the kappa over

Pair = tuple[int, int]  # first, second


@dataclass(frozen=True)
class Concordance:
    """How far the readings of some pairs agree."""

    n: int
    equal: int
    kappa: float | None  # None: undefined, because nothing varies

    @property
    def percentage(self) -> int | None:
        """The exact share, as a whole percentage; None without pairs."""
        return round(Fraction(100 * self.equal, self.n)) if self.n else None

    @property
    def is_enough(self) -> bool:
        """Whether there are pairs enough for the kappa to say something."""
        return self.n >= ENOUGH


def concordance(pairs: Iterable[Pair]) -> Concordance:
    """Compare pairs of levels, as (first, second)."""
    pairs = list(pairs)
    equal = sum(first == second for first, second in pairs)
    kappa = weighted_kappa(pairs)
    return Concordance(len(pairs), equal, None if kappa is None else float(kappa))


def weighted_kappa(pairs: Iterable[Pair]) -> Fraction | None:
    """Kappa with quadratic weights; None when it is undefined: all readings, of both, at one level."""
    pairs = list(pairs)
    firsts = Counter(first for first, _ in pairs)
    seconds = Counter(second for _, second in pairs)
    expected = sum(
        (i - j) ** 2 * of_first * of_second
        for i, of_first in firsts.items()
        for j, of_second in seconds.items()
    )
    if not expected:
        return None
    observed = sum((first - second) ** 2 for first, second in pairs)
    return 1 - Fraction(len(pairs) * observed, expected)


def number_of(share: int, pool: int) -> int:
    """How many a share in per cent of a pool is: rounded up, so that asking for some never gives none."""
    return -(-pool * share // 100)


def draw(pool: Iterable[int], *, share: int, seed: int) -> list[int]:
    """Draw this share of a pool at random. The same pool, share and seed always give the same."""
    pool = sorted(pool)
    return Random(seed).sample(pool, number_of(share, len(pool)))


def divide(drawn: Iterable[int], *, may_read: dict[int, set[int]], seed: int) -> dict[int, int]:
    """Give each of what was drawn one of the readers who may read it, as evenly as that allows.

    The same arguments always give the same division.
    """
    chance = Random(seed)
    readers = sorted(set().union(*may_read.values()))
    chance.shuffle(readers)
    load = dict.fromkeys(readers, 0)
    division: dict[int, int] = {}
    # Who has least to choose from, chooses first; the sort keeps the order of the draw otherwise.
    for one in sorted(drawn, key=lambda one: len(may_read[one])):
        reader = min((r for r in readers if r in may_read[one]), key=lambda r: load[r])
        load[reader] += 1
        division[one] = reader
    return division
