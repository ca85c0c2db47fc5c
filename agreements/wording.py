"""Which words differ between an older and a newer wording. No Django inside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+|[^\w\s]|\s+")  # an amount is one word
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Stretch:
    """A stretch of text, and whether it stands in this wording alone."""

    text: str
    differs: bool


def differences(old: str, new: str) -> tuple[list[Stretch], list[Stretch]]:
    """Cut both wordings into stretches that are equal and stretches that differ, in whole words.

    The stretches of a wording together are that wording, but for white space, which is made equal.
    """
    before, after = _tokens(old), _tokens(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    left: list[Stretch] = []
    right: list[Stretch] = []
    for kind, a, b, c, d in _joined(matcher.get_opcodes(), before):
        differs = kind != "equal"
        if a < b:
            left.append(Stretch("".join(before[a:b]), differs))
        if c < d:
            right.append(Stretch("".join(after[c:d]), differs))
    return left, right


def _tokens(text: str) -> list[str]:
    return [" " if token.isspace() else token for token in _TOKEN.findall(text.strip())]


def _joined(
    codes: Sequence[tuple[str, int, int, int, int]], before: list[str]
) -> Iterator[tuple[str, int, int, int, int]]:
    """One difference instead of two where only a space stands between them."""
    held: tuple[str, int, int, int, int] | None = None
    for index, code in enumerate(codes):
        kind, a, b, c, d = code
        is_last = index == len(codes) - 1
        bridges = kind == "equal" and held and not is_last and "".join(before[a:b]).isspace()
        if kind == "equal" and not bridges:
            if held:
                yield held
                held = None
            yield code
        elif held:
            held = ("replace", held[1], b, held[3], d)
        else:
            held = code
    if held:
        yield held


def same_letters(old: str, new: str) -> bool:
    """Whether two wordings differ only in punctuation, hyphens, capitals or white space."""
    return _LETTERS.sub("", old).casefold() == _LETTERS.sub("", new).casefold()
