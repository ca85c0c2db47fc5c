"""What a file is by its first bytes, whatever its name says."""

import re
from pathlib import Path

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "media"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_LOOKS_LIKE_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|section|main|div|h[1-6]|p|ul|table|title|meta)\b",
    re.IGNORECASE,
)
_IN_DUTCH = {
    "pdf": "een PDF",
    "docx": "een Word-document",
    "odt": "een OpenDocument-tekst",
    "zip": "een zip-bestand of een ander kantoorbestand",
    "ole": "een oud of beveiligd Office-bestand",
    "rtf": "een RTF-document",
    "image": "een afbeelding",
    "media": "een beeld- of geluidsbestand",
    "archive": "een ingepakt bestand",
    "program": "een programma",
    "html": "een webpagina",
    "plain": "gewone tekst",
}
_HEAD = 4096  # bytes looked at
_TAIL = 512 * 1024
_BEFORE_THE_MAGIC = b"\xef\xbb\xbf \t\r\n"


def kind_of(path: Path) -> str | None:
    """Give the kind of a file by its content: "pdf", "docx", "odt", "html", "plain", "image"... or None."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read(_TAIL)
    start = head.lstrip(_BEFORE_THE_MAGIC)
    for magic, kind in _MAGIC:
        if (start if kind in ("pdf", "rtf") else head).startswith(magic):
            return _kind_of_zip(head, tail) if kind == "zip" else kind
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")
    if b"\0" in head:
        return None
    return "html" if b"<" in start[:3] and _LOOKS_LIKE_HTML.search(head) else "plain"


def in_dutch(kind: str | None) -> str:
    """Name a kind for the person who uploaded the file."""
    return _IN_DUTCH.get(kind or "", "iets anders")


def _kind_of_zip(head: bytes, tail: bytes) -> str:
    if b"application/vnd.oasis.opendocument.text" in head[:200]:
        return "odt"
    # the list of contents stands at the end of a zip, and holds the names unpacked
    if b"word/document.xml" in tail:
        return "docx"
    return "zip"
