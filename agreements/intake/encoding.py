"""Bytes to text, for files that may not say in which encoding they are."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a web page calls latin-1 is windows-1252 in every browser.
_AS_BROWSERS_DO = {"iso8859-1": "windows-1252", "ascii": "windows-1252"}


def decode(data: bytes, declared: str | None = None) -> str | None:
    """Decode by byte order mark, then as declared, then as UTF-8, then as windows-1252.

    Gives None when no encoding fits, or when the answer holds a NUL: then it is not text.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _decoded(data, marked)
    for encoding in (_known(declared), "utf-8", "windows-1252"):
        if encoding and (text := _decoded(data, encoding)) is not None:
            return text
    return None


def _known(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    return _AS_BROWSERS_DO.get(name, name)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = codecs.decode(data, encoding)
    except (ValueError, LookupError):
        return None
    # codecs that are not about characters (base64, rot13) exist too, and may give bytes
    return text if isinstance(text, str) and "\0" not in text else None
