"""Finding the terms of a theme in a text. Pure functions, no database.

How a term is written:

    ondermijn             every word that holds it: "ondermijnende", "drugsondermijning"
    ramp*                 every word that begins with it: "rampen", not "tramp"
    "boa"                 only that word, and its plural or possessive: "boa's", "BOA"
    verward gedrag        these words after each other
    zorg + veiligheid     all parts in one sentence or bullet, in any order

The parts of a combination may have signs of their own: `"boa" + parke`. Capitals and accents make no
difference, nor does a word that is broken at the end of a line, or a scanner's mistake (see folding).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from themes.lookup import Lookup, Part
from themes.stretches import stretches

LONGEST = 80

EXPLANATION = (
    ("ondermijn", "Vindt elk woord waar dit in staat, zoals ‘ondermijnende’."),
    ("ramp*", "Vindt woorden die zo beginnen, zoals ‘rampen’, maar niet ‘tramp’."),
    ('"boa"', "Vindt alleen dit woord en het meervoud, zoals ‘boa’s’."),
    ("verward gedrag", "Vindt deze woorden achter elkaar."),
    ("zorg + veiligheid", "Vindt een zin waar beide woorden in staan. De volgorde maakt niet uit."),
)

_QUOTES = str.maketrans("“”„″", '""""')


@dataclass(frozen=True)
class Hit:
    """A word in which a term was found; offsets in characters of the text."""

    term: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def parts_of(term: str) -> tuple[Part, ...]:
    """The parts of a term, or none for a term that can't be used."""
    return () if problem_with(term) else tuple(_part(written) for written in _written_parts(term))


def find(text: str, terms: Iterable[str]) -> list[Hit]:
    """Find every place where one of the terms stands, in reading order, each place once.

    Where two terms share a place, the longer term is the one that is told. Of a combination, the hit is
    the first of its words in the sentence or bullet.
    """
    longest_first = sorted(set(terms), key=lambda term: (-len(term), term))
    parts = {term: parts_of(term) for term in longest_first}
    places = _lookup(tuple(part for several in parts.values() for part in several)).places(text)
    is_combined = any(len(several) > 1 for several in parts.values())
    limits = stretches(text) if is_combined else []
    found: list[Hit] = []
    for term, several in parts.items():
        spans = [places.get(part, []) for part in several]
        for start, end in spans[0] if len(spans) == 1 else _together(spans, limits):
            found.append(Hit(term, start, end))
    return _each_place_once(found)


@lru_cache(maxsize=16)
def _lookup(parts: tuple[Part, ...]) -> Lookup:
    return Lookup(parts)


def problem_with(term: str) -> str | None:
    """Why a term can't be used, in plain Dutch; None when it can."""
    if not term.strip():
        return "Vul een zoekterm in."
    if len(term) > LONGEST:
        return f"Deze zoekterm is te lang. Gebruik hoogstens {LONGEST} tekens."
    for written in _written_parts(term):
        problem = _problem_with_part(written)
        if problem:
            return problem
    return None


def _written_parts(term: str) -> list[str]:
    return [written.strip() for written in term.translate(_QUOTES).split("+")]


def _problem_with_part(written: str) -> str | None:
    if not written:
        return "Zet voor en na elke + een woord, zoals: zorg + veiligheid."
    is_whole = len(written) > 1 and written[0] == written[-1] == '"'
    bare = written[1:-1] if is_whole else written.removesuffix("*")
    if '"' in bare:
        return 'Zet aanhalingstekens om het hele woord, zoals: "boa".'
    if "*" in bare:
        return "Zet de * alleen aan het eind van een woord, zonder aanhalingstekens, zoals: ramp*."
    letters = sum(character.isalnum() for character in bare)
    if letters < (2 if is_whole else 3):
        return (
            f"‘{written}’ is te kort: dat staat in bijna elke tekst. Gebruik drie of meer letters, of "
            'zet een woord van twee letters tussen aanhalingstekens, zoals: "om".'
        )
    return None


def _part(written: str) -> Part:
    is_whole, is_beginning = written.startswith('"'), written.endswith("*")
    return Part(written.strip('"').removesuffix("*").strip(), is_whole, is_beginning)


def _together(
    places: list[list[tuple[int, int]]], limits: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Of each stretch that has them all, the first place."""
    if not all(places):
        return
    for start, end in limits:
        firsts = []
        for spans in places:
            number = bisect_left(spans, (start, start))
            if number == len(spans) or spans[number][1] > end:
                break
            firsts.append(spans[number])
        else:
            yield min(firsts)


def _each_place_once(found: list[Hit]) -> list[Hit]:
    """Drop what overlaps; the hits come with the longest term first."""
    taken: list[tuple[int, int]] = []
    kept = []
    for hit in found:
        number = bisect_left(taken, (hit.start, hit.end))
        is_free = (number == 0 or taken[number - 1][1] <= hit.start) and (
            number == len(taken) or hit.end <= taken[number][0]
        )
        if is_free:
            taken.insert(number, (hit.start, hit.end))
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
