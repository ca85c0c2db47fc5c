"""Places in a text: from a quote to its place, and from a place to its pages. No Django inside.

Offsets count characters (code points) in the text of one version.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Protocol


class PageSpan(Protocol):
    """What a page must tell to find a place in it."""

    @property
    def number(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def locate(text: str, quote: str) -> list[tuple[int, int]]:
    """Find every place where the quote stands, to the letter but for white space.

    White space is free because a quote that was copied from a page holds other line ends than the text.
    """
    words = quote.split()
    if not words:
        return []
    pattern = r"\s+".join(re.escape(word) for word in words)
    return [found.span() for found in re.finditer(pattern, text)]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space at both ends of a place. An empty place gives two equal offsets.

    Raises ValueError when the place is not inside the text.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{start}-{end} is not inside a text of {len(text)} characters")
    stretch = text[start:end]
    inner = stretch.strip()
    if not inner:
        return start, start
    start += len(stretch) - len(stretch.lstrip())
    return start, start + len(inner)


def pages_of(pages: Sequence[PageSpan], start: int, end: int) -> list[int]:
    """Give the numbers of the pages that a place touches, in order."""
    return [page.number for page in pages if page.start < end and start < page.end]


def in_words(numbers: Iterable[int]) -> str:
    """Say page numbers as people do: "blz. 3, 7 en 12"."""
    *first, last = [str(number) for number in numbers]
    return f"blz. {', '.join(first)} en {last}" if first else f"blz. {last}"


def fingerprint(text: str) -> str:
    """Tell the same words again, whatever stands between them and however they are written."""
    words = re.findall(r"\w+", text.casefold().replace("\xad", ""))
    return blake2b(" ".join(words).encode(), digest_size=16).hexdigest()
