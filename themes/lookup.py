"""Looks for many words at once in a text. Pure functions, no database.

All that is sought goes into one pattern in which what begins alike is written once, so that a text is
read twice however many words are sought: as it stands for short words, and as a scanner may have read
it, without spaces, for long ones.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from themes.folding import Folded, fold

LONG = 8  # from here a scanner's mistake or a lost space can't make another word of it

_CONFUSED_PAIRS = (("m", "rn"), ("rn", "m"), ("w", "vv"))
_ENDINGS = {"", "s", "'s", "e", "en"}
_WORD = re.compile(r"\w+(?:'\w+)*")

Span = tuple[int, int]


@dataclass(frozen=True)
class Part:
    """What must stand in one word, or in words after each other."""

    written: str
    is_whole: bool = False
    is_beginning: bool = False

    @property
    def is_long(self) -> bool:
        return len(fold(self.written).text) >= LONG

    def spellings(self) -> list[str]:
        """What to look for: a hyphen inside a word, or one letter, may be something else."""
        folded = fold(self.written)
        if not self.is_long:
            return _hyphenless(folded.text)
        spellings = _hyphenless(folded.scanned)
        return spellings + [
            folded.scanned[: found.start()] + wrong + folded.scanned[found.end() :]
            for right, wrong in _CONFUSED_PAIRS
            for found in re.finditer(right, folded.scanned)
        ]


def _hyphenless(even: str) -> list[str]:
    """ "wijk-ggz" may be written "wijkggz" or "wijk ggz"."""
    others = [re.sub(r"(?<=\w)-(?=\w)", other, even) for other in ("", " ")]
    return [even, *(other for other in others if other != even)]


class Lookup:
    """Finds where parts of terms stand."""

    def __init__(self, parts: Iterable[Part]) -> None:
        short, long = _Sought(), _Sought()
        for part in parts:
            for spelling in part.spellings():
                if part.is_long:
                    long[spelling.replace(" ", "")][spelling, part] = None
                else:
                    short[spelling][spelling, part] = None
        self._short = _Needles(short)
        self._long = _Needles(long)

    def places(self, text: str) -> dict[Part, list[Span]]:
        """The words that hold each part, in characters of the text, in reading order."""
        words = _Words(fold(text))
        closed = _Closed(words)
        found: dict[Part, dict[Span, None]] = defaultdict(dict)
        for at, needle, part in self._short.found_in(words.folded.text):
            if span := words.around(at, at + len(needle), part):
                found[part][span] = None
        for at, needle, part in self._long.found_in(closed.text):
            if span := closed.around(at, needle, part):
                found[part][span] = None
        place = words.folded.place
        return {
            part: [(place(start), place(end)) for start, end in spans]
            for part, spans in found.items()
        }


class _Sought(defaultdict[str, dict[tuple[str, Part], None]]):
    """Per string to look for: what it stands for, spelling and part, each once."""

    def __init__(self) -> None:
        super().__init__(dict)


class _Needles:
    """Strings to look for, in one pattern."""

    def __init__(self, sought: _Sought) -> None:
        tree: dict[str, Any] = {}
        for needle in sought:
            node = tree
            for character in needle:
                node = node.setdefault(character, {})
            node[""] = {}
        self._pattern = re.compile(f"(?=({_pattern_of(tree)}))") if tree else None
        # What stands at a place when this is the longest that stands there.
        self._standing = {
            longest: [
                pair
                for length in range(1, len(longest) + 1)
                for pair in sought.get(longest[:length], ())
            ]
            for longest in sought
        }

    def found_in(self, text: str) -> Iterator[tuple[int, str, Part]]:
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            for spelling, part in self._standing[match.group(1)]:
                yield match.start(), spelling, part


def _pattern_of(tree: dict[str, Any]) -> str:
    """A pattern for the longest string of the tree that stands at a place."""
    branches = [
        re.escape(character) + _pattern_of(branch)
        for character, branch in tree.items()
        if character
    ]
    if not branches:
        return ""
    either = f"(?:{'|'.join(branches)})" if len(branches) > 1 or "" in tree else branches[0]
    return f"{either}?" if "" in tree else either


class _Words:
    """An even text, and where its words begin and end."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        words = [found.span() for found in _WORD.finditer(folded.text)]
        self._starts = [start for start, _ in words]
        self._ends = [end for _, end in words]

    def around(self, at: int, end: int, part: Part) -> Span | None:
        """The words around a place, if the part may stand there."""
        start, stop = self.start_of(at), self.end_of(end)
        if part.is_beginning and start != at:
            return None
        if part.is_whole and (start != at or self.folded.text[end:stop] not in _ENDINGS):
            return None
        return start, stop

    def start_of(self, at: int) -> int:
        number = bisect_right(self._starts, at) - 1
        return self._starts[number] if number >= 0 and at < self._ends[number] else at

    def end_of(self, at: int) -> int:
        number = bisect_left(self._ends, at)
        inside = number < len(self._ends) and self._starts[number] < at
        return self._ends[number] if inside else at


class _Closed:
    """The text as a scanner may have read it, without spaces."""

    def __init__(self, words: _Words) -> None:
        self._words = words
        self._scanned = words.folded.scanned
        self.text = self._scanned.replace(" ", "")
        # How many characters without spaces stand before each space.
        self._gaps = list(accumulate(map(len, self._scanned.split(" "))))[:-1]

    def around(self, at: int, needle: str, part: Part) -> Span | None:
        """The words around a needle, with its spaces where they should be or one too many in a long word."""
        last = at + len(needle) - needle.count(" ") - 1
        before, within = bisect_right(self._gaps, at), bisect_right(self._gaps, last)
        start, end = at + before, last + within + 1
        if self._scanned[start:end] != needle and not self._is_broken(start, end, needle):
            return None
        return self._words.around(start, end, part)

    def _is_broken(self, start: int, end: int, needle: str) -> bool:
        """Whether a long word stands there in pieces, as "brand weer"; one letter of the next word is chance."""
        is_chance = self._words.start_of(end - 1) == end - 1 and self._words.end_of(end) > end
        return " " not in needle and self._words.start_of(start) == start and not is_chance
