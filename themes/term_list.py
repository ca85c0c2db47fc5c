"""The terms of a theme as a list that people type: a term on each line, with its weight behind it.

    drugscriminaliteit = 1,2
    wooncrisis = -1,5
    ondermijn                    counts 1

Pure: no Django, no database.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from themes.folding import fold
from themes.terms import parts_of, problem_with

HEAVIEST = Decimal("9.99")
MOST = 1000  # terms of one theme, so that looking stays quick

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_NUMBER_AT_THE_END = re.compile(r".*\S\s[+-]?\d+[.,]\d+", re.ASCII)
_SAME = str.maketrans("“”„″−–", '""""--')


@dataclass(frozen=True)
class Line:
    """A term and what it weighs."""

    text: str
    weight: Decimal

    def __str__(self) -> str:
        return f"{self.text} = {in_dutch(self.weight)}"


@dataclass(frozen=True)
class Difference:
    """A term that has another weight in another list, or stands in only one of them (None)."""

    text: str
    before: Decimal | None
    after: Decimal | None


def read(written: str) -> tuple[list[Line], list[str]]:
    """The lines of a list, and what is wrong with it: a sentence with its line number for each mistake."""
    lines: list[Line] = []
    mistakes: list[str] = []
    first: dict[tuple[object, ...], int] = {}
    for number, row in enumerate(written.splitlines(), start=1):
        if not row.strip():
            continue
        line = _line(row)
        if isinstance(line, Line):
            place = first.setdefault(_what_it_finds(line.text), number)
            if place == number:
                lines.append(line)
                continue
            line = f"Deze term staat ook op regel {place}. Laat er één staan."
        mistakes.append(f"Regel {number} (‘{_shortened(row)}’): {line}")
    if not lines and not mistakes:
        mistakes.append("Vul ten minste één term in.")
    if len(lines) > MOST:
        mistakes.append(f"Dit zijn {len(lines)} termen. Gebruik er hoogstens {MOST}.")
    return lines, mistakes


def write(lines: Iterable[Line]) -> str:
    """The list as people see it, the heaviest term first."""
    return "\n".join(str(line) for line in in_order(lines))


def in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.weight, line.text))


def differences(before: Sequence[Line], after: Sequence[Line]) -> list[Difference]:
    """What makes the second list another one, by the alphabet."""
    old = {line.text: line.weight for line in before}
    new = {line.text: line.weight for line in after}
    return [
        Difference(text, old.get(text), new.get(text))
        for text in sorted(old.keys() | new.keys())
        if old.get(text) != new.get(text)
    ]


def in_dutch(weight: Decimal) -> str:
    """1.20 becomes "1,2"."""
    return f"{weight.normalize():f}".replace(".", ",")


def _line(row: str) -> Line | str:
    """A line, or what is wrong with it."""
    text, equals, number = row.translate(_SAME).rpartition("=")
    if not equals:
        text, number = number, "1"
    text = " ".join(text.split())
    problem = problem_with(text)
    if problem:
        return problem
    if not equals and _NUMBER_AT_THE_END.fullmatch(text):
        return "Zet een = tussen de term en het gewicht, zoals: drugs = 1,2."
    weight = _weight(number.strip())
    return weight if isinstance(weight, str) else Line(text, weight)


def _weight(number: str) -> Decimal | str:
    if not number:
        return "Achter de = staat geen gewicht. Zet er een getal, zoals 1,2."
    if not _NUMBER.fullmatch(number):
        return f"‘{_shortened(number)}’ is geen getal. Gebruik een gewicht zoals 1,2 of -0,5."
    weight = Decimal(number.replace(",", "."))
    if weight == 0:
        return "Een gewicht van 0 telt niet mee. Haal de regel weg, of gebruik een ander getal."
    if abs(weight) > HEAVIEST:
        return f"Gebruik een gewicht van -{in_dutch(HEAVIEST)} tot {in_dutch(HEAVIEST)}."
    if weight != round(weight, 2):
        return "Gebruik hoogstens twee cijfers achter de komma."
    return round(weight, 2)


def _what_it_finds(text: str) -> tuple[object, ...]:
    """Two terms with the same answer find the same: "Zorg + BOA" and "boa + zorg"."""
    return tuple(
        sorted(
            (fold(part.written).text, part.is_whole, part.is_beginning) for part in parts_of(text)
        )
    )


def _shortened(row: str) -> str:
    row = " ".join(row.split())
    return row if len(row) <= 40 else f"{row[:39]}…"
