"""Undoes hyphenation at line ends without losing the hyphens that belong to a word.

Neither the file nor pdfium tells the two apart reliably, so the evidence decides: how the same word is
written elsewhere in the document, and how Dutch writes compounds.
"""

import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum

# "zorg- en veiligheidshuis": the hyphen stands for a word that follows
_AFTER_A_SUSPENDED_HYPHEN = {"en", "of", "en/of", "of/en", "én", "óf"}
_PERHAPS_AFTER_A_SUSPENDED_HYPHEN = {"naar", "tot", "noch", "dan", "en/"}
# vowels that would be read as one sound, so that a compound keeps its hyphen ("auto-ongelukken")
_CLASH = {
    *("aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "ij"),
    *("oe", "oi", "oo", "ou", "ue", "ui", "uu"),
}
_LATIN_ENDING = re.compile(r"^(?:um|us)\b")  # "muse-um" is one word
_ALWAYS_WITH_HYPHEN = {
    *("niet", "vice", "oud"),
    *(
        "aed",
        "bhv",
        "boa",
        "ggd",
        "ggz",
        "hbo",
        "led",
        "mbo",
        "mkb",
        "ozb",
        "pgb",
        "vmbo",
        "vve",
        "wmo",
    ),
}
_INSIDE_A_CHAIN = re.compile(r"^(?:aan|en|in|of|om|op|te|tot|voor)-")  # "dag-en-nacht"
_SUFFIX = re.compile(r"^(?:ste|heid|sher)")  # "oud-ste" is one word
_EDGES = re.compile(r"^\W+|\W+$")
_SHORT_CAPITALS = 4  # up to so many capitals are an abbreviation: "GGD-GHOR"


class Joint(Enum):
    """What stands between the two halves."""

    NOTHING = ""
    HYPHEN = "-"
    HYPHEN_AND_SPACE = "- "


class Vocabulary:
    """How often each word stands in the document, unbroken."""

    def __init__(self, words: Iterable[str]) -> None:
        self._counts = Counter(bare(word) for word in words)

    def __getitem__(self, word: str) -> int:
        return self._counts[word]


def bare(word: str) -> str:
    """Give a word without the punctuation around it, in lower case."""
    return _EDGES.sub("", word).casefold()


def joint(first: str, second: str, words: Vocabulary, aside: bool = False) -> Joint:
    """Decide how two halves come together. `first` comes without its hyphen.

    `aside` tells that an aside between hyphens (" -in lijn met het SER-advies- ") is open.
    """
    following = bare(second)
    if _INSIDE_A_CHAIN.match(following):
        return Joint.HYPHEN
    if not bare(first[-1:]):
        return Joint.HYPHEN_AND_SPACE  # a dash on its own, or after a bracket
    if following in _AFTER_A_SUSPENDED_HYPHEN:
        return Joint.HYPHEN_AND_SPACE
    opening = second.lstrip("(‘'\"“")[:1]
    if not opening.isalnum() or opening.isdigit() or first[-1].isdigit():
        return Joint.HYPHEN
    last = re.split(r"[^\w'’-]+", first)[-1]  # after a slash or bracket begins a new word
    beginning = last.rsplit("-", 1)[-1]
    if by_evidence := _by_evidence(bare(last), following, words):
        return by_evidence
    if aside and second[:1].islower():
        return Joint.HYPHEN_AND_SPACE
    if following in _PERHAPS_AFTER_A_SUSPENDED_HYPHEN and words[bare(beginning)]:
        return Joint.HYPHEN_AND_SPACE
    return _by_spelling(beginning, second, following)


def _by_evidence(first: str, second: str, words: Vocabulary) -> Joint | None:
    joined, hyphenated = words[first + second], words[f"{first}-{second}"]
    if joined == hyphenated:
        return None
    return Joint.NOTHING if joined > hyphenated else Joint.HYPHEN


def _by_spelling(beginning: str, second: str, following: str) -> Joint:
    lower = beginning.casefold()
    letters = _EDGES.sub("", second)
    if letters.isupper() and beginning.isupper() and len(beginning) > _SHORT_CAPITALS:
        return Joint.NOTHING  # a heading in capitals
    if letters[:1].isupper():
        return Joint.HYPHEN  # "GroenLinks-PvdA"
    if len(beginning) == 1 or (beginning.isupper() and len(beginning) > 1):
        return Joint.HYPHEN  # "e-mail", "ICT-voorziening"
    if lower in _ALWAYS_WITH_HYPHEN and not _SUFFIX.match(following):
        return Joint.HYPHEN
    if lower[-1:] + following[:1] in _CLASH and not _LATIN_ENDING.match(following):
        return Joint.HYPHEN
    return Joint.NOTHING
