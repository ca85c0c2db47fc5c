"""A report as an accessible PDF: PDF/UA-1 and PDF/A-2a. Its house style is typst/house.typ. No Django inside."""

import io
import json
import re
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from textwrap import wrap
from typing import Any

import pikepdf
import typst

from reports.document import Document, as_data, keeping_next
from reports.formats import unseen
from reports.formats.fonts import FONT_PATHS

FOLDER = Path(__file__).parent.parent / "typst"
# Words that are longer than this may be broken anywhere, or they would run off the page.
_LONG = re.compile(r"[^\s\N{ZERO WIDTH SPACE}]{40,}")


def render(document: Document, svgs: Sequence[str]) -> bytes:
    """Lay a document out as a PDF; `svgs` are its pictures, in order.

    The data crosses over as JSON and is never part of the source, so that a quote full of typst code comes out
    as the same text. A character that the fonts don't have gets a box with its number (unseen.py).
    Raises typst.TypstError when the standards can't be met.
    """
    drawings = iter(svgs)
    data = as_data(document) | {"title-of-file": document.title_of_file}
    for block in [*data["cover"], *data["chapters"]]:
        if block["is"] == "picture":
            del block["shapes"]
            block["svg"] = next(drawings)
    # Here a page can be measured, so only the first chapter surely begins one (house.typ).
    for place in sorted(document.page_starts)[:1]:
        data["chapters"][place]["starts_page"] = True
    for name, blocks in (("cover", document.cover), ("chapters", document.chapters)):
        kept = keeping_next(blocks)
        for place, block in enumerate(data[name]):
            block["keeps_next"] = place in kept
    missing = unseen.missing_in(json.dumps(data, ensure_ascii=False))
    text = json.dumps(_for_paper(data, missing), ensure_ascii=False)
    made_at = datetime.fromisoformat(document.made_at)
    with tempfile.TemporaryDirectory() as extra:
        fonts = [*FONT_PATHS, *unseen.font_for(missing, Path(extra))]
        return _with_row_heads(_widest(document, _compiled(text, fonts, made_at)))


def pages_of(document: Document) -> int:
    """How many pages a document without pictures has."""
    return _pages(render(document, []))


def _compiled(text: str, fonts: list[str], made_at: datetime) -> Callable[[float], bytes]:
    """Lay a text out with so much room, from 0 to 1 (house.typ)."""

    def made(room: float) -> bytes:
        pdf: bytes = typst.compile(
            str(FOLDER / "report.typ"),
            root=str(FOLDER),
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={
                "data": text,
                "has-unseen": str(len(fonts) > len(FONT_PATHS)).lower(),
                "room": str(room),
            },
            pdf_standards=["ua-1", "a-2a"],
            timestamp=int(made_at.timestamp()),
        )
        return pdf

    return made


def _widest(document: Document, made: Callable[[float], bytes]) -> bytes:
    """With as much room as costs no page; what has a cover has room already."""
    close = made(0)
    if document.has_cover:
        return close
    wider = (made(room) for room in (1, 0.4))
    return next((pdf for pdf in wider if _pages(pdf) == _pages(close)), close)


def _pages(made: bytes) -> int:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return len(pdf.pages)


def _for_paper(data: Any, missing: set[int], name: str = "") -> Any:
    """The same data: a very long word may be broken anywhere, and what has no form stands on its own."""
    if isinstance(data, dict):
        return {key: _for_paper(value, missing, key) for key, value in data.items()}
    if isinstance(data, list):
        return [_for_paper(each, missing, name) for each in data]
    if isinstance(data, str) and name not in {"svg", "address", "alt", "title-of-file"}:
        broken = _LONG.sub(lambda word: "\N{ZERO WIDTH SPACE}".join(wrap(word.group(), 8)), data)
        return unseen.apart(broken, missing)
    return data


def _with_row_heads(made: bytes) -> bytes:
    """Say of the first cell of every row that it is the head of that row, which typst can't say yet."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for row in _elements(pdf.Root.StructTreeRoot, "/TR"):
            first = next(iter(_children(row)), None)
            if first is not None and first.S == "/TD":
                first.S = pikepdf.Name.TH
                first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def _children(element: Any) -> list[Any]:
    found = element.get("/K", [])
    found = list(found) if isinstance(found, pikepdf.Array) else [found]
    return [each for each in found if isinstance(each, pikepdf.Dictionary) and "/S" in each]


def _elements(element: Any, kind: str) -> list[Any]:
    found = [element] if element.get("/S") == kind else []
    return found + [below for child in _children(element) for below in _elements(child, kind)]
