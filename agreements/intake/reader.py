"""Reads a file in this process. Uploaded files go through sandbox.py, which calls this one elsewhere."""

from collections.abc import Callable
from pathlib import Path

from agreements.intake import docx, html, odt, pdf, plain, sniffing
from agreements.intake.document import ParsedDocument
from agreements.intake.filename import extension_of
from agreements.intake.limits import MEGABYTE, Limits
from agreements.intake.refusal import Refused

MEDIA_TYPES = {
    ".pdf": pdf.MEDIA_TYPE,
    ".docx": docx.MEDIA_TYPE,
    ".odt": odt.MEDIA_TYPE,
    ".html": html.MEDIA_TYPE,
    ".htm": html.MEDIA_TYPE,
    ".txt": plain.MEDIA_TYPE,
}
_KINDS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".html": "html",
    ".htm": "html",
    ".txt": "plain",
}
_ACCEPTED = "PDF, Word (.docx), OpenDocument (.odt), een webpagina (.html) of gewone tekst (.txt)"
_OLE_IN_WORD = (
    "Dit bestand is beveiligd met een wachtwoord, of het is een oud Word-bestand. "
    "Open het in Word, haal een wachtwoord eraf, sla het op als PDF en upload dat bestand."
)


def read(
    path: Path,
    name: str,
    on_progress: Callable[[int, int], None] | None = None,
    limits: Limits = Limits(),
) -> ParsedDocument:
    """Read the file at `path`, which was uploaded as `name`.

    `on_progress` hears pages done and pages in all. The extension, the first bytes and a strict parse
    must agree. Raises Refused, with a Dutch reason, for a file that is not accepted.
    """
    check_size(path.stat().st_size, limits)
    extension = extension_of(name)
    if extension not in MEDIA_TYPES:
        raise Refused("unknown-type", f"{_unknown(extension)} Upload {_ACCEPTED}.")
    _check_content(path, extension)
    if extension == ".pdf":
        return pdf.read(path, limits, on_progress)
    if extension == ".docx":
        document = docx.read(path, limits)
    elif extension == ".odt":
        document = odt.read(path, limits)
    elif extension == ".txt":
        document = plain.read(path, limits)
    else:
        document = html.read(path, limits)
    if on_progress:
        on_progress(len(document.pages), len(document.pages))
    return document


def check_size(size: int, limits: Limits) -> None:
    """Raise Refused when a file of so many bytes is empty or too large."""
    if not size:
        raise Refused("empty", "Dit bestand is leeg. Kies een bestand met inhoud.")
    if size > limits.file_bytes:
        raise Refused(
            "too-large",
            f"Dit bestand is {-(-size // MEGABYTE)} MB. "
            f"Een bestand mag hoogstens {limits.file_bytes // MEGABYTE} MB zijn. "
            "Maak het kleiner, bijvoorbeeld met minder afbeeldingen, en probeer het opnieuw.",
        )


def _unknown(extension: str) -> str:
    if extension in (".docm", ".dotm"):
        return "Een Word-bestand met macro's nemen we niet aan."
    if not extension:
        return "De naam van dit bestand heeft geen extensie, zoals .pdf."
    return f"Een bestand met de extensie {extension} kunnen we niet lezen."


def _check_content(path: Path, extension: str) -> None:
    expected = _KINDS[extension]
    kind = sniffing.kind_of(path)
    if kind == expected:
        return
    if kind == "ole" and extension == ".docx":
        raise Refused("encrypted", _OLE_IN_WORD)
    if kind == "zip" and expected in ("docx", "odt"):
        return  # damaged, or no Word document at all: the strict parse will tell
    if expected == "plain" and kind is None:
        return  # the same
    raise Refused(
        "wrong-type",
        f"De naam van dit bestand eindigt op {extension}, maar de inhoud lijkt {sniffing.in_dutch(kind)}. "
        f"Sla het document op als {sniffing.in_dutch(expected).removeprefix('een ')} en upload dat bestand.",
    )
