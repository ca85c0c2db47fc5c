"""Where the passages of an older text stand in a newer one. No Django inside.

Offsets count characters (code points) in the text that they belong to. White space is free everywhere,
because a newer file breaks its lines at other places.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import log

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from agreements.citation import trim

# Measured on the quotes of the demo (ADR 22; tests/agreements/test_anchoring.py keeps watch): what was
# reworded, shortened or got a clause scores higher, what is merely about the same subject lower.
CUT_OFF = 0.55

_CONTEXT = 120  # characters on either side that tell equal sentences apart
_CENTRES = 4  # stretches of the newer text that are looked at closely
_LONGEST = 2_000  # of a longer quote only a stretch of as many sentences is compared
_FAR_LONGER = 1.6  # than a whole quote, so that only a part of a sentence can be what it became
_GIVE = 2  # words that the ends of a fragment may shift
_ORDER = 0.05  # how much the order of the text may weigh between places that are alike
_WHOLE = 0.12  # how much better a fragment must be than whole sentences
_BOUNDARY = re.compile(r"(?<=[.!?…])[”’\")\]]*\s+(?=[\W_]*[A-ZÀ-ÖØ-Þ0-9‘’“\"'€•])|\s*\n\s*\n\s*")
_BULLET = re.compile(r"[•▪◦*–-]\s+")
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"\w+")


class Outcome(StrEnum):
    """What became of a passage."""

    SAME = "zelfde"
    MOVED = "verplaatst"
    CHANGED = "gewijzigd"
    GONE = "weg"


@dataclass(frozen=True)
class Anchor:
    """What became of one passage, and its place in the newer text; none when it is gone."""

    outcome: Outcome
    place: tuple[int, int] | None = None
    likeness: float = 1.0

    @property
    def is_literal(self) -> bool:
        """Whether the words are the same."""
        return self.outcome in {Outcome.SAME, Outcome.MOVED}


def reanchor(old: str, places: Sequence[tuple[int, int]], new: str) -> list[Anchor]:
    """Say of each place in the old text what became of it in the new text, in the order given.

    The quote is looked up literally first; of several places the one whose surroundings and order fit
    best. A quote that is nowhere is compared with what is new in the new text: a stretch that stood
    elsewhere in the old text too is not what this quote became.
    """
    before, after = _Text(old), _Text(new)
    literal = {place: _literal(before, place, after) for place in dict.fromkeys(places)}
    course = _Course(before, after, literal)
    chosen = {
        place: _choose(before, place, after, found, course) if found else None
        for place, found in literal.items()
    }
    rewording = _Rewording(before, after)
    anchors = {
        place: Anchor(Outcome.SAME if spot == place else Outcome.MOVED, spot)
        if spot
        else rewording.of(place, course.expected(place[0]))
        for place, spot in chosen.items()
    }
    return [anchors[place] for place in places]


class _Text:
    """A text, and the same text with every run of white space as one space."""

    def __init__(self, raw: str):
        self.raw = raw
        self.starts = [word.start() for word in _WORD.finditer(raw)]
        self.words = raw.split()
        self.flat = " ".join(self.words)
        self.flat_starts: list[int] = []
        at = 0
        for word in self.words:
            self.flat_starts.append(at)
            at += len(word) + 1

    def flatten(self, offset: int) -> int:
        """An offset in the raw text as one in the flat text."""
        word = bisect_right(self.starts, offset) - 1
        if word < 0:
            return 0
        return min(self.flat_starts[word] + offset - self.starts[word], len(self.flat))

    def unflatten(self, offset: int) -> int:
        """An offset in the flat text as one in the raw text."""
        word = bisect_right(self.flat_starts, offset) - 1
        return self.starts[word] + offset - self.flat_starts[word]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the flat text, which ends with a word, as one of the raw text."""
        return self.unflatten(start), self.unflatten(end - 1) + 1

    def edges(self, start: int, end: int) -> tuple[bool, bool]:
        """Whether a raw stretch begins and ends between words: "boa" is not found in "boardroom"."""
        ahead, behind = self.raw[max(0, start - 1) : start], self.raw[end : end + 1]
        return not ahead.isalnum(), not behind.isalnum()

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence stands, in raw offsets, without a bullet and white space around it."""
        found, start = [], 0
        for gap in [*_BOUNDARY.finditer(self.raw), None]:
            end = gap.end() if gap else len(self.raw)
            stretch = self.raw[start:end]
            if stretch.strip():
                left = self.behind_bullet(start + len(stretch) - len(stretch.lstrip()))
                found.append((left, start + len(stretch.rstrip())))
            start = end
        return found

    def behind_bullet(self, offset: int) -> int:
        """Where the words begin: the offset itself, or behind the bullet that stands there."""
        bullet = _BULLET.match(self.raw, offset)
        return bullet.end() if bullet and bullet.end() < len(self.raw) else offset

    @cached_property
    def sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentences_over(self, start: int, end: int) -> range:
        """The numbers of the sentences that a raw stretch touches."""
        first = max(bisect_right(self.sentence_starts, start) - 1, 0)
        last = bisect_right(self.sentence_starts, max(end - 1, start))
        return range(first, max(last, first + 1))

    def stretch(self, run: range) -> tuple[int, int]:
        """From the beginning of the first to the end of the last of these sentences."""
        return self.sentences[run[0]][0], self.sentences[run[-1]][1]

    def sentence(self, number: int) -> str:
        """A sentence with its white space made equal."""
        start, end = self.sentences[number]
        return " ".join(self.raw[start:end].split())


def _literal(before: _Text, place: tuple[int, int], after: _Text) -> list[tuple[int, int]]:
    """Every place in the newer text where the quote stands, the same place alone if it does there."""
    start, end = place
    edges = before.edges(*trim(before.raw, start, end))
    is_same = end <= len(after.raw) and before.raw[start:end] == after.raw[start:end]
    if is_same and after.edges(*trim(after.raw, start, end)) == edges:
        return [place]
    quote = " ".join(before.raw[start:end].split())
    found = []
    at = after.flat.find(quote) if quote else -1
    while at >= 0:
        spot = after.place(at, at + len(quote))
        if after.edges(*spot) == edges:
            found.append(spot)
        at = after.flat.find(quote, at + 1)
    return found


class _Course:
    """Where in the newer text a place is expected, by the passages that stand there only once."""

    def __init__(
        self,
        before: _Text,
        after: _Text,
        literal: dict[tuple[int, int], list[tuple[int, int]]],
    ):
        known = sorted(
            (place[0], found[0][0]) for place, found in literal.items() if len(found) == 1
        )
        self.olds = [old for old, _ in known]
        self.news = [new for _, new in known]
        self.stretch = len(after.raw) / max(len(before.raw), 1)

    def expected(self, offset: int) -> float:
        """Midway between what the nearest fixed points before and after it say."""
        index = bisect_right(self.olds, offset)
        said = [
            self.news[i] + offset - self.olds[i]
            for i in (index - 1, index)
            if 0 <= i < len(self.olds)
        ]
        return sum(said) / len(said) if said else offset * self.stretch


def _choose(
    before: _Text,
    place: tuple[int, int],
    after: _Text,
    found: list[tuple[int, int]],
    course: _Course,
) -> tuple[int, int]:
    """Of equal places the one whose surroundings, and then whose order, fit best."""
    if len(found) == 1:
        return found[0]
    before_it, behind_it = _surroundings(before, place)
    expected = course.expected(place[0])

    def fit(spot: tuple[int, int]) -> float:
        ahead, behind = _surroundings(after, spot)
        near, far = min(len(before_it), len(ahead)), min(len(behind_it), len(behind))
        alike = (
            fuzz.ratio(before_it[-near:] if near else "", ahead[-near:] if near else "")
            + fuzz.ratio(behind_it[:far], behind[:far])
        ) / 200
        return alike + _ORDER * _nearness(spot[0], expected, len(after.raw))

    return max(found, key=fit)


def _surroundings(text: _Text, place: tuple[int, int]) -> tuple[str, str]:
    start, end = text.flatten(place[0]), text.flatten(place[1] - 1) + 1
    return text.flat[max(0, start - _CONTEXT) : start], text.flat[end : end + _CONTEXT]


def _nearness(offset: int, expected: float, length: int) -> float:
    return 1 - min(abs(offset - expected) / max(length, 1), 1)


class _Rewording:
    """Finds what a quote that is no longer there became."""

    def __init__(self, before: _Text, after: _Text):
        self.before, self.after = before, after

    @cached_property
    def old_sentences(self) -> dict[str, list[int]]:
        """The numbers of the sentences of the old text by their words."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number in range(len(self.before.sentences)):
            numbers[self.before.sentence(number)].append(number)
        return numbers

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """In which sentences of the newer text each word stands."""
        index: dict[str, list[int]] = defaultdict(list)
        for number, (start, end) in enumerate(self.after.sentences):
            for word in set(_letters(self.after.raw[start:end])):
                index[word].append(number)
        return index

    def of(self, place: tuple[int, int], expected: float) -> Anchor:
        """The stretch that is most like the quote, if it is like it at all."""
        begin = self.before.behind_bullet(place[0])
        own = self.before.sentences_over(begin, place[1])
        quote = self.before.raw[slice(*place)].split()
        is_whole = (begin, place[1]) == self.before.stretch(own)
        ranked = [
            (
                alike
                + (_WHOLE if whole == is_whole else 0)
                + _ORDER * _nearness(spot[0], expected, len(self.after.raw)),
                alike,
                spot,
            )
            for spot, whole in self._candidates(quote, own, is_whole)
            if (alike := likeness(quote, self.after.raw[slice(*spot)].split())) >= CUT_OFF
        ]
        if not ranked:
            return Anchor(Outcome.GONE, likeness=0)
        _, alike, spot = max(ranked)
        return Anchor(Outcome.CHANGED, spot, alike)

    def _candidates(
        self, quote: list[str], own: range, is_whole: bool
    ) -> Iterator[tuple[tuple[int, int], bool]]:
        """Stretches worth comparing, each with whether it is made of whole sentences.

        A whole sentence may have become a part of a sentence only where that is far longer: else "Wij
        doen het" would be found in "Wij onderzoeken of wij het doen" without the words that matter.
        """
        centres = self._centres(quote)
        for run in self._runs(centres, own):
            yield self.after.stretch(run), True
        joined = " ".join(quote)[:_LONGEST]
        for centre in centres:
            if self._stood_elsewhere(range(centre, centre + 1), own):
                continue
            first = max(0, centre - len(own))
            last = min(len(self.after.sentences), centre + len(own) + 1)
            start, end = self.after.stretch(range(first, last))
            at, to = self.after.flatten(start), self.after.flatten(end - 1) + 1
            found = fuzz.partial_ratio_alignment(joined, self.after.flat[at:to])
            if found and found.dest_end > found.dest_start:
                spot = self._snapped(at + found.dest_start, at + found.dest_end, quote)
                over = self.after.stretch(self.after.sentences_over(*spot))
                if not is_whole or over[1] - over[0] > _FAR_LONGER * len(joined):
                    yield spot, False

    def _centres(self, quote: list[str]) -> list[int]:
        """The sentences that share most of the telling words, best first."""
        total = len(self.after.sentences)
        votes: dict[int, float] = defaultdict(float)
        for word in set(_letters(" ".join(quote))):
            numbers = self.index.get(word, ())
            if not numbers or len(numbers) > max(total / 8, 3):
                continue
            for number in numbers:
                votes[number] += log(1 + total / len(numbers))
        return sorted(votes, key=lambda number: -votes[number])[:_CENTRES]

    def _runs(self, centres: list[int], own: range) -> list[range]:
        """Runs of sentences over the likeliest ones, at most two longer than the quote's own."""
        runs = {
            (first, first + length)
            for centre in centres
            for length in range(1, len(own) + 3)
            for first in range(centre - length + 1, centre + 1)
            if first >= 0 and first + length <= len(self.after.sentences)
        }
        return [range(*run) for run in sorted(runs) if not self._stood_elsewhere(range(*run), own)]

    def _stood_elsewhere(self, run: range, own: range) -> bool:
        """Whether all of these sentences stood in the old text, outside the quote's own sentences."""
        for number in run:
            stood = self.old_sentences.get(self.after.sentence(number), ())
            if not stood or any(old in own for old in stood):
                return False
        return True

    def _snapped(self, start: int, end: int, quote: list[str]) -> tuple[int, int]:
        """A flat stretch in whole words, a few more or fewer at either end if that is more like the
        quote; in raw offsets.
        """
        starts, words = self.after.flat_starts, self.after.words
        first = bisect_right(starts, start) - 1
        last = bisect_right(starts, max(end - 1, start))
        first, last = max(
            (
                (begin, stop)
                for begin in range(max(0, first - _GIVE), first + _GIVE + 1)
                for stop in range(last - _GIVE, min(len(words), last + _GIVE) + 1)
                if begin < stop
            ),
            key=lambda span: likeness(quote, words[slice(*span)]),
        )
        return self.after.place(starts[first], starts[last - 1] + len(words[last - 1]))


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How much two stretches are alike, from 0 to 1: half by words in order, half by characters."""
    words = Indel.normalized_similarity(one, other)
    return (words + fuzz.ratio(" ".join(one), " ".join(other)) / 100) / 2


def _letters(text: str) -> list[str]:
    return [word.lower() for word in _LETTERS.findall(text) if len(word) > 3 or word.isdigit()]
