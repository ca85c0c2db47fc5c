"""Writes highlights into a PDF with pikepdf, and takes out what acts by itself. No Django inside.

Only for the process of __main__.py: the file is hostile.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from agreements.intake.refusal import Refused
from exchange.highlighting.quads import Box, Highlight

_PRINTED = 4  # the flag that an annotation is printed too
_ACTS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound")
_DEEPEST = 40  # of what stands inside one object
_BAR = 18.0  # points: the height of the bar that says that an agreement is made up


def highlight(path: Path, highlights: Sequence[Highlight], warning: str, file: BinaryIO) -> None:
    """Write the PDF at `path` with these highlights to `file`; the file at `path` stays as it is.

    A `warning` that isn't empty is shown in a bar on the first page. Raises Refused, with a Dutch reason, for
    a PDF that is protected or damaged.
    """
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise Refused(
                    "encrypted", "Deze PDF is beveiligd. Daarom voegen wij er niets aan toe."
                )
            _make_harmless(pdf)
            for mark in highlights:
                _add(pdf, pdf.pages[mark.page], _annotation(pdf, pdf.pages[mark.page], mark))
            if warning:
                _add(pdf, pdf.pages[0], _bar(pdf, pdf.pages[0], warning))
            pdf.save(file, deterministic_id=True)
    except pikepdf.PasswordError as problem:
        raise Refused("encrypted", "Deze PDF is beveiligd met een wachtwoord.") from problem
    except (pikepdf.PdfError, IndexError, TypeError, ValueError, RuntimeError) as problem:
        raise Refused(
            "damaged", "Deze PDF is beschadigd, of anders gemaakt dan de norm voorschrijft."
        ) from problem


def _add(pdf: pikepdf.Pdf, page: pikepdf.Page, annotation: Dictionary) -> None:
    there = page.obj.get("/Annots")
    # A new list: one that is shared would put the highlight on another page too.
    page.obj.Annots = Array([*(there if isinstance(there, Array) else ()), annotation])


def _annotation(pdf: pikepdf.Pdf, page: pikepdf.Page, mark: Highlight) -> Any:
    paper = Paper.of(page)
    quads = [paper.quad(box) for box in mark.boxes]
    rect = _around(quads)
    red, green, blue = mark.colour
    drawing = f"/M gs {red:.3f} {green:.3f} {blue:.3f} rg " + " ".join(
        "{:.2f} {:.2f} m {:.2f} {:.2f} l {:.2f} {:.2f} l {:.2f} {:.2f} l h f".format(
            *quad[0:4], *quad[6:8], *quad[4:6]
        )
        for quad in quads
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Highlight,
            Rect=Array(rect),
            QuadPoints=Array([_short(number) for quad in quads for number in quad]),
            C=Array([_short(number) for number in mark.colour]),
            CA=1,
            F=_PRINTED,
            NM=String(mark.name),
            T=String(mark.author),
            Subj=String(mark.subject),
            Contents=String(mark.contents),
            M=String(mark.modified),
            P=page.obj,
            AP=Dictionary(N=_form(pdf, rect, drawing)),
        )
    )


def _bar(pdf: pikepdf.Pdf, page: pikepdf.Page, warning: str) -> Any:
    paper = Paper.of(page)
    width, _ = paper.shown
    quad = paper.quad((0, 0, width, _BAR))
    rect = _around([quad])
    # Along the upper side as the page is shown: from the lower left corner of the bar to the right.
    x, y = quad[4], quad[5]
    right, up = _direction(quad, 4, 6), _direction(quad, 4, 0)
    words = warning.encode("cp1252", "replace").translate(None, b"()\\").decode("cp1252")
    drawing = (
        f"1 0.9 0.4 rg {' '.join(map(str, rect[:2]))} {rect[2] - rect[0]:.2f} {rect[3] - rect[1]:.2f} re f "
        f"BT 0 g /F 10 Tf {right[0]} {right[1]} {up[0]} {up[1]} "
        f"{x + 8 * right[0] + 5 * up[0]:.2f} {y + 8 * right[1] + 5 * up[1]:.2f} Tm ({words}) Tj ET"
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.FreeText,
            Rect=Array(rect),
            F=_PRINTED,
            NM=String("verzonnen"),
            DA=String("/Helv 10 Tf 0 g"),
            Contents=String(warning),
            P=page.obj,
            AP=Dictionary(N=_form(pdf, rect, drawing)),
        )
    )


def _direction(quad: Sequence[float], start: int, end: int) -> tuple[int, int]:
    """The way from one corner to another, as a step of one point."""
    across, along = quad[end] - quad[start], quad[end + 1] - quad[start + 1]
    if abs(across) > abs(along):
        return (1 if across > 0 else -1), 0
    return 0, (1 if along > 0 else -1)


def _form(pdf: pikepdf.Pdf, rect: Sequence[float], drawing: str) -> Any:
    """What a viewer draws: over the words without hiding them."""
    form = pdf.make_stream(drawing.encode("cp1252"))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array(rect)
    form.Resources = Dictionary(
        ExtGState=Dictionary(M=Dictionary(Type=Name.ExtGState, BM=Name.Multiply)),
        Font=Dictionary(
            F=Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        ),
    )
    # Or the words below would count as another layer, and nothing would be multiplied.
    form.Group = Dictionary(S=Name.Transparency)
    return form


def _around(quads: Sequence[Sequence[float]]) -> list[float]:
    across = [number for quad in quads for number in quad[0::2]]
    along = [number for quad in quads for number in quad[1::2]]
    return [_short(n) for n in (min(across), min(along), max(across), max(along))]


def _short(number: float) -> float:
    return round(float(number), 3)


@dataclass(frozen=True)
class Paper:
    """What of a page is shown, in the units of the file, and how it is turned (clockwise, in degrees)."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @classmethod
    def of(cls, page: pikepdf.Page) -> "Paper":
        """The crop box as far as it lies on the paper."""
        media, crop = _ordered(page.mediabox), _ordered(page.cropbox)
        left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
        right, top = min(media[2], crop[2]), min(media[3], crop[3])
        if left >= right or bottom >= top:
            left, bottom, right, top = media
        return cls(left, bottom, right, top, _turn_of(page))

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height of the page as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in (90, 270) else (width, height)

    def quad(self, box: Box) -> list[float]:
        """The corners of a box as a highlight has them: upper left, upper right, lower left, lower right.

        As the page is shown; the numbers are places in the file.
        """
        x0, y0, x1, y1 = box
        corners = ((x0, y0), (x1, y0), (x0, y1), (x1, y1))
        return [number for corner in corners for number in self._in_the_file(*corner)]

    def _in_the_file(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        if self.turn == 90:
            x, y = y, height - x
        elif self.turn == 180:
            x, y = width - x, height - y
        elif self.turn == 270:
            x, y = width - y, x
        return self.left + x, self.top - y


def _ordered(box: Any) -> list[float]:
    a, b, c, d = (float(number) for number in box)
    return [min(a, c), min(b, d), max(a, c), max(b, d)]


def _turn_of(page: pikepdf.Page) -> int:
    node: Any = page.obj
    for _ in range(_DEEPEST):
        if node is None or "/Rotate" in node:
            break
        node = node.get("/Parent")
    turn = int(node.Rotate) if node is not None and "/Rotate" in node else 0
    return turn % 360 // 90 * 90


def _make_harmless(pdf: pikepdf.Pdf) -> None:
    """Take out what a viewer would do by itself: scripts, programs, forms that are sent."""
    for name in ("/OpenAction", "/AA"):
        if name in pdf.Root:
            del pdf.Root[name]
    names = pdf.Root.get("/Names")
    for name in ("/JavaScript", "/EmbeddedFiles"):
        if isinstance(names, Dictionary) and name in names:
            del names[name]
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        del form["/XFA"]
    for found in pdf.objects:
        for dictionary in _dictionaries(found, _DEEPEST):
            for key in [key for key in dictionary.keys() if _acts(key, dictionary[key])]:  # noqa: SIM118
                del dictionary[key]


def _dictionaries(found: Any, deep: int) -> Iterator[Any]:
    """The dictionaries in an object, without those that are objects themselves."""
    if deep and isinstance(found, Dictionary | pikepdf.Stream):
        yield found
        for key in list(found.keys()):
            yield from _dictionaries_within(found[key], deep)
    elif deep and isinstance(found, Array):
        for each in found:
            yield from _dictionaries_within(each, deep)


def _dictionaries_within(found: Any, deep: int) -> Iterator[Any]:
    is_own = isinstance(found, pikepdf.Object) and not found.is_indirect
    if is_own and isinstance(found, Dictionary | Array):
        yield from _dictionaries(found, deep - 1)


def _acts(key: str, value: Any) -> bool:
    if key in ("/AA", "/JS"):
        return True
    if isinstance(value, Array):
        return any(_acts("", each) for each in value if isinstance(each, Dictionary))
    return isinstance(value, Dictionary) and str(value.get("/S", "")) in _ACTS
