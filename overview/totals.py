"""What measures cost per year, as far as their quotes say it. No Django inside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

ONCE, STRUCTURAL = "eenmalig", "structureel"


@dataclass(frozen=True)
class Promise:
    """One measure: what its quote says of money and years, and None or nothing where it doesn't."""

    amount: Decimal | None
    first_year: int | None
    last_year: int | None
    kind: str  # "eenmalig", "structureel", or "" where the quote doesn't say
    years: str = ""  # the years in words


@dataclass
class YearTotal:
    """What is promised for one year. `unsaid` is money of which the quote doesn't say which kind it is."""

    year: int
    once: Decimal = Decimal(0)
    structural: Decimal = Decimal(0)
    unsaid: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.once + self.structural + self.unsaid


@dataclass(frozen=True)
class Apart:
    """An amount of which it isn't said in which of several years it falls, or in which year at all."""

    amount: Decimal
    kind: str
    years: str


@dataclass
class Totals:
    """The years without a gap, what stands apart, and how many measures have no amount."""

    years: list[YearTotal] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    undated: list[Apart] = field(default_factory=list)  # money that isn't per year, and has no year
    yearly: Decimal = Decimal(0)  # structural money of which it isn't said when it begins
    without: int = 0
    until: int | None = None  # the year through which structural money without an end was counted

    def __bool__(self) -> bool:
        return bool(self.years or self.apart or self.yearly)


def totals(promises: Iterable[Promise], *, term_end: int) -> Totals:
    """Add up per year.

    Structural money counts in every year from its first to its last, and without a last year through the
    end of the term. Without a first year it is an amount per year, and added to no year. Money that is spent
    once, or of which the kind isn't said, counts in its year when there is one; over several years it isn't
    cut into pieces that nobody promised, but stands apart, as does an amount without any year. Without an
    amount a measure is only counted.
    """
    found = Totals()
    per_year: dict[int, YearTotal] = {}
    for promise in promises:
        first, last, amount = promise.first_year, promise.last_year, promise.amount
        if amount is None:
            found.without += 1
        elif first is None and last is None and promise.kind != STRUCTURAL:
            found.undated.append(Apart(amount, promise.kind, ""))
        elif promise.kind == STRUCTURAL:
            if first is None:
                found.yearly += amount
                continue
            if last is None:
                last = max(first, term_end)
                found.until = max(found.until or 0, last)
            for year in range(first, last + 1):
                per_year.setdefault(year, YearTotal(year)).structural += amount
        elif first is not None and first == last:
            total = per_year.setdefault(first, YearTotal(first))
            if promise.kind == ONCE:
                total.once += amount
            else:
                total.unsaid += amount
        else:
            found.apart.append(Apart(amount, promise.kind, promise.years))
    if per_year:
        between = range(min(per_year), max(per_year) + 1)
        found.years = [per_year.get(year, YearTotal(year)) for year in between]
    return found
