"""A text made even, so that words can be compared: what looks the same to a reader becomes the same.

Capitals, accents and curly apostrophes fall away, and a word that was broken at the end of a line is
whole again. Every place in the even text knows its place in the text it came from. As a scanner may
have read it, letters that it confuses (l, i and 1; o and 0) count as one, too.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_SOFT_HYPHEN = "\u00ad"
_SOFT_HYPHENS = {_SOFT_HYPHEN, "\ufffe", "\x02"}  # and what PDF readers make of it
_NOTHING = "\u200b"  # stands for every character that takes no room

_SAME = dict.fromkeys("’‘ʼ´`′", "'") | dict.fromkeys("‐‑", "-")
_CONFUSED = str.maketrans("l10", "iio")


class _Even(dict[int, str]):
    """One character for each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _SOFT_HYPHENS:
            even = _SOFT_HYPHEN
        elif character == "\n":
            even = character
        elif unicodedata.combining(character) or unicodedata.category(character) == "Cf":
            even = _NOTHING
        elif character.isspace():
            even = " "
        else:
            even = unicodedata.normalize("NFD", character)[0].lower()[0]
            even = _SAME.get(even, even)
        self[code] = even
        return even


_EVEN = _Even()

# What takes another length: broken words, characters without room, white space. In
# "zorg- en veiligheidshuis" only the hyphen goes: it stands for the rest of the word.
_UNEVEN = re.compile(
    r"\u00ad[ \n]?"
    r"|\u200b+"
    r"|(?<=[^\W\d])-(?:\n[ ]?|[ ]\n?[ ]?)(?=[^\W\d])(?!(?:en|of|dan|tot|noch|maar|als|in)\b)"
    r"|(?<=[^\W\d])-(?=[ \n])"
    r"|[ \n]*\n[ \n]*"
    r"|[ ]{2,}"
    r"|[\ufb00-\ufb06]"
)


def _even(uneven: str) -> str:
    if uneven[0] in " \n":
        return "\n" if uneven.count("\n") > 1 else " "
    if "\ufb00" <= uneven <= "\ufb06":
        return unicodedata.normalize("NFKD", uneven).translate(_EVEN)
    return ""


@dataclass(frozen=True)
class Folded:
    """The even text, and from which place on how many characters were lost."""

    text: str
    scanned: str  # the same, with the letters that a scanner confuses made one
    places: list[int]
    lost: list[int]

    def place(self, position: int) -> int:
        """The place in the text it came from."""
        return position + self.lost[bisect_right(self.places, position) - 1]


def fold(text: str) -> Folded:
    same_length = text.translate(_EVEN)
    pieces: list[str] = []
    places, lost = [0], [0]
    done = length = gone = 0
    for uneven in _UNEVEN.finditer(same_length):
        kept = _even(uneven.group())
        pieces += same_length[done : uneven.start()], kept
        length += uneven.start() - done + len(kept)
        gone += uneven.end() - uneven.start() - len(kept)
        done = uneven.end()
        places.append(length)
        lost.append(gone)
    pieces.append(same_length[done:])
    even = "".join(pieces)
    return Folded(even, even.translate(_CONFUSED), places, lost)
