"""Turns a report's content into an accessible PDF: PDF/UA-1 and PDF/A-2a. No Django inside."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent / "typst"
_FONTS = FOLDER.parent.parent / "node_modules" / "@expo-google-fonts"
FONT_PATHS = [
    str(_FONTS / family / style)
    for family in ("source-sans-3", "source-serif-4")
    for style in ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")
]


def render(template: str, data: dict[str, Any], *, made_at: datetime) -> bytes:
    """Render a template of `typst/` with its data to the bytes of a PDF.

    The data crosses over as JSON and is never part of the source, so that a quote full of typst code
    comes out as the same text. A character that the fonts don't have becomes "\N{REPLACEMENT CHARACTER}":
    the standards forbid to leave it unseen. Raises typst.TypstError when the standards can't be met.
    """
    result: bytes = typst.compile(
        str(FOLDER / template),
        root=str(FOLDER),
        font_paths=FONT_PATHS,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": _showable(json.dumps(data, ensure_ascii=False))},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(made_at.timestamp()),
    )
    return result


def _showable(text: str) -> str:
    missing = {ord(char) for char in set(text) if not char.isspace()} - _characters()
    return text.translate(dict.fromkeys(missing, "\N{REPLACEMENT CHARACTER}"))


@cache
def _characters() -> frozenset[int]:
    """What every font of a report can show: a quote may come in any of them."""
    shown = []
    for path in FONT_PATHS:
        for file in Path(path).glob("*.ttf"):
            with TTFont(file) as font:
                shown.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*shown)
