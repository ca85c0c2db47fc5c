"""The pictures of a report: as SVG, and as PNG for formats that show no SVG everywhere."""

import json
from pathlib import Path

import typst
from django.template.loader import render_to_string

from reports.document import Picture
from reports.formats.fonts import FONT_PATHS

_SHEET = Path(__file__).parent.parent / "typst" / "pictures.typ"
_SHARP = 216  # dots per inch: three to a pixel


def svgs_of(document):
    """The drawing of every picture, in order."""
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    return [render_to_string("overview/_svg.html", {"chart": picture}) for picture in pictures]


def pngs_of(svgs):
    """The same drawings as PNG, all of them at once."""
    if not svgs:
        return []
    made = typst.compile(
        str(_SHEET),
        root=str(_SHEET.parent),
        font_paths=FONT_PATHS,
        ignore_system_fonts=True,
        format="png",
        ppi=_SHARP,
        sys_inputs={"data": json.dumps(svgs)},
    )
    return [made] if len(svgs) == 1 else list(made)
