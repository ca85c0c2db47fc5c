"""Reads plain text: paragraphs are separated by empty lines, pages by form feeds."""

import re
from collections.abc import Iterator
from pathlib import Path

from agreements.intake import encoding, flow
from agreements.intake.document import ParsedDocument
from agreements.intake.flow import BULLET, Block
from agreements.intake.limits import Limits
from agreements.intake.refusal import Refused

MEDIA_TYPE = "text/plain"
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"^[ \t]*[-*•–][ \t]+")
_LINE_WRAPS_AT = 120  # characters; longer lines were not broken by hand, so each is a paragraph
_FEW_CONTROLS = 0.001  # of the characters; more is not text
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def read(path: Path, limits: Limits) -> ParsedDocument:
    """Read plain text. Raises Refused for what turns out to be no text."""
    text = encoding.decode(path.read_bytes())
    if text is None or len(_CONTROL.findall(text)) > _FEW_CONTROLS * len(text):
        raise Refused(
            "binary",
            "Dit bestand heet gewone tekst, maar de inhoud is geen leesbare tekst. "
            "Sla het document op als PDF en upload dat bestand.",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\f", " \f")  # a form feed parts two words
    return flow.lay_out(MEDIA_TYPE, _blocks(text), limits)


def _blocks(text: str) -> Iterator[Block]:
    for part in _EMPTY_LINE.split(text):
        lines = [line for line in part.split("\n") if line.strip(" \t")]
        each_line = any(len(line) > _LINE_WRAPS_AT for line in lines)
        gathered: list[str] = []
        for line in lines:
            item = _ITEM.match(line)
            if gathered and (item or each_line):
                yield Block(" ".join(gathered))
                gathered = []
            gathered.append(BULLET + line[item.end() :] if item else line.strip(" \t"))
        if gathered:
            yield Block(" ".join(gathered))
