"""The characters of a text as we keep them: what prints, in its plainest form."""

import re

_DROPPED = (
    [*range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]  # controls
    + [0x00AD]  # soft hyphen
    + [0x200B, 0x2060, 0xFEFF]  # zero width
    + [
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]  # direction: hides what is read
    + [0xFFF9, 0xFFFA, 0xFFFB, 0xFFFE, 0xFFFF]  # not characters
    + [*range(0xD800, 0xE000)]  # halves of a character: can't be stored as UTF-8
)
_SPACES = [0x09, 0x0A, 0x0B, 0x0D, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)]
_SPACES += [0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_TABLE: dict[int, str] = (
    dict.fromkeys(_DROPPED, "") | dict.fromkeys([*_SPACES, 0x0C], " ") | _LIGATURES
)
_TABLE_WITH_BREAKS = {code: to for code, to in _TABLE.items() if code != 0x0C}
_RUN_OF_SPACES = re.compile(r" {2,}")


def clean(text: str) -> str:
    """Give the text with every kind of space as one plain space, ligatures spelled out, and without
    what doesn't print. Spaces at both ends go.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _RUN_OF_SPACES.sub(" ", text.translate(_TABLE)).strip(" ")


def clean_keeping_page_breaks(text: str) -> str:
    """As clean, but a form feed (a page break) stays."""
    return _RUN_OF_SPACES.sub(" ", text.translate(_TABLE_WITH_BREAKS)).strip(" ")
