"""Cuts a text into what is read in one breath: sentences and bullets.

Paragraphs are separated by an empty line, a bullet begins with "• ", and a single line end inside a
paragraph is the end of a page, over which a sentence may run on.
"""

import re
from collections.abc import Iterator

_BLOCK = re.compile(r"\n[ \t\r\n]*\n|\n(?=• )")
_GAP = re.compile(r"(?<=[.!?…\"'”’)\]»])\s+")
_BULLET = "•"
_CLOSING = "\"'”’)]»"
_LONGEST = 24  # characters looked back for an abbreviation

# Behind these a capital or a number belongs to the same sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'‘“])"
    r"(?:(?:[a-z]\.)+[a-z]|[A-Z]|(?:[A-Z]\.)+[A-Z]"
    r"|afd|art|bijv|bijz|blz|bv|ca|circa|dhr|dr|drs|e\.d|evt|fig|gem|hfst|incl|excl|ing|ir|jl|lid|max|mevr"
    r"|min|mln|mld|mr|mw|nl|nr|nrs|par|pag|prof|resp|sr|jr|st|tel|vgl|vnl|zgn|\d{1,2})$",
    re.IGNORECASE,
)


def stretches(text: str) -> list[tuple[int, int]]:
    """Where each sentence and each bullet begins and ends, in reading order, without white space around."""
    found = []
    for start, end in _blocks(text):
        if text.startswith(_BULLET, start):
            found.append(_trimmed(text, start + 1, end))
        else:
            found += [_trimmed(text, *sentence) for sentence in _sentences(text, start, end)]
    return [(start, end) for start, end in found if start < end]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for gap in _BLOCK.finditer(text):
        yield _trimmed(text, done, gap.start())
        done = gap.end()
    yield _trimmed(text, done, len(text))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for gap in _GAP.finditer(text, start, end):
        if _ends_sentence(text, begin, gap.start(), gap.end(), end):
            yield begin, gap.start()
            begin = gap.end()
    yield begin, end


def _ends_sentence(text: str, begin: int, gap: int, after: int, end: int) -> bool:
    before = text[max(begin, gap - _LONGEST) : gap].rstrip(_CLOSING)
    if not before or before[-1] not in ".!?…" or after >= end:
        return False
    opening = text[after : after + 3].lstrip("\"'‘“(«[")
    if opening[:1].islower():
        return False
    if before[-1] != ".":
        return True
    word = before[:-1]
    found = _ABBREVIATION.search(word)
    # A sentence may end in a number of two digits, unless it is no more than that number ("2. Zorg").
    if found and found.group().strip().isdigit():
        return len(word.strip()) > 2
    return found is None
