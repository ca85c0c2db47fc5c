"""Turns a report's content into an accessible PDF: PDF/UA-1 and PDF/A-2a. No Django inside."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

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
    comes out as the same text. Raises typst.TypstError when the standards can't be met.
    """
    result: bytes = typst.compile(
        str(FOLDER / template),
        root=str(FOLDER),
        font_paths=FONT_PATHS,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(made_at.timestamp()),
    )
    return result
