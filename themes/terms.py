"""Finding the search terms of a theme in a text. Pure functions, no database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """A word in which a term was found; offsets in characters of the text."""

    term: str
    start: int
    end: int


def find(text: str, terms: Iterable[str]) -> list[Hit]:
    """Find every word that holds one of the terms, in reading order, each place once.

    A term also counts inside a longer word ("criminaliteit" finds "drugscriminaliteit"), in upper and
    lower case alike. Where two terms share a word, the longer term is the one that is told.
    """
    longest_first = sorted(set(terms), key=lambda term: (-len(term), term))
    if not longest_first:
        return []
    either = "|".join(re.escape(term) for term in longest_first)
    return [
        Hit(found.group(1).lower(), found.start(), found.end())
        for found in re.finditer(rf"\w*?({either})\w*", text, re.IGNORECASE)
    ]
