"""Finds words in a text as a reader writes them: capitals and accents don't count. No Django inside.

Folding keeps the length, so a place in the folded text is that place in the text.
"""

import re
import unicodedata
from collections.abc import Collection

# The database folds with the same table (search_fold, in the first migration of search).
_ACCENTED = {
    chr(code): base
    for code in range(0xC0, 0x250)
    if (base := unicodedata.normalize("NFD", chr(code))[0].lower()).isascii()
}
_FOLDED = str.maketrans(_ACCENTED | dict.fromkeys("’‘ʼ´`", "'"))
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Without capitals and accents, in the same length."""
    folded = text.translate(_FOLDED)
    lower = folded.lower()
    return lower if len(lower) == len(folded) else "".join(c.lower()[:1] for c in folded)


def places_of(text: str, words: Collection[str]) -> list[tuple[int, int]]:
    """Where one of these words (folded) stands in a text, whole."""
    if not words:
        return []
    return [found.span() for found in _WORD.finditer(fold(text)) if found.group() in words]
