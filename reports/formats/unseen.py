"""A font made on the spot, for characters that no font of ours has. No Django inside.

Each gets a form of its own: a box with its number, as in Unicode's own font of last resort. So the reader of a
page sees which character stands there, and whoever copies or listens gets the character itself.
"""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from reports.formats.fonts import DIGITS, characters

NAME = "Unseen"
_EM, _HIGH, _LOW, _EDGE = 1000, 800, -150, 40
_CHANGED_LETTER = re.compile(
    "(?<![\u231a-\u27bf\U0001f000-\U0001faff])(?=[\u20e3\U0001f3fb-\U0001f3ff])"
)
_BREAK = "\N{ZERO WIDTH SPACE}"
_JOINERS = {0x200B, 0x200C, 0x200D}


def font_for(missing: Collection[int], folder: Path) -> list[str]:
    """Put a font with these code points in a folder; gives the folder, or nothing to add."""
    if not missing:
        return []
    _make(sorted(missing), folder / f"{NAME}.ttf")
    return [str(folder)]


def missing_in(text: str) -> set[int]:
    """The code points of a text that have no form in any font of ours."""
    return {ord(char) for char in set(text) if not char.isspace()} - characters() - _JOINERS


def apart(text: str, missing: Collection[int]) -> str:
    """The same text with each of these on its own: what is written as one must come from one font.

    So is what changes the emoji before it, where it stands behind a letter.
    """
    alone = {code: f"{_BREAK}{chr(code)}{_BREAK}" for code in missing}
    return _CHANGED_LETTER.sub(_BREAK, text).translate(alone)


def _make(codes: list[int], path: Path) -> None:
    names = {code: f"u{code:06X}" for code in codes}
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", "joiner", *names.values()])
    builder.setupCharacterMap(dict.fromkeys(_JOINERS, "joiner") | names)
    glyphs: dict[str, Any] = {".notdef": _box(""), "joiner": TTGlyphPen(None).glyph()}
    glyphs |= {name: _box(f"{code:04X}") for code, name in names.items()}
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(
        {name: (0 if name == "joiner" else _width(name), 0) for name in glyphs}
    )
    builder.setupHorizontalHeader(ascent=_HIGH, descent=_LOW)
    # typst takes no font without its full name and its PostScript name.
    names_of_font = {"familyName": NAME, "styleName": "Regular", "fullName": NAME, "psName": NAME}
    builder.setupNameTable(names_of_font)
    builder.setupOS2(sTypoAscender=_HIGH, sTypoDescender=_LOW, usWinAscent=_HIGH, usWinDescent=150)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    builder.setupPost()
    builder.save(path)


def _width(name: str) -> int:
    digits = max(len(name.lstrip("u").lstrip("0")), 4) if name != ".notdef" else 4
    return 180 + 270 * ((digits + 1) // 2)


def _box(number: str) -> Any:
    """A frame with the digits of a number in two rows."""
    pen = TTGlyphPen(None)
    columns = (max(len(number), 4) + 1) // 2
    width = 180 + 270 * columns
    for inset in (20, 20 + _EDGE):
        corners = [
            (inset, _LOW + inset), (inset, _HIGH - inset),
            (width - inset, _HIGH - inset), (width - inset, _LOW + inset),
        ]  # fmt: skip
        if inset > 20:
            corners.reverse()
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    digits, scale = _digits(), 0.5
    for place, digit in enumerate(number):
        row, column = divmod(place, columns)
        at = (1, 0, 0, 1, 100 + 270 * column, (380 if row == 0 else -40))
        shape = TransformPen(pen, (scale, 0, 0, scale, at[4], at[5]))
        digits[digit].draw(shape)
    return pen.glyph()


@cache
def _digits() -> dict[str, Any]:
    font = TTFont(DIGITS)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    return {digit: glyphs[names[ord(digit)]] for digit in "0123456789ABCDEF"}
