"""What a table is, apart from the format that it is written in. No Django inside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

Value = str | int | float | Decimal | date | None


class Kind(Enum):
    """What the cells of a column hold; an empty cell is None or an empty text in each."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"  # euros
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """One column: the words at its head, what its cells hold, its width in characters, and what it means."""

    title: str
    meaning: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """One table. Its rows are asked for once, one by one, so that they need not all be in memory."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
