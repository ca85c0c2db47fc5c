"""Packs the parts of an office file so that the same parts always give the same bytes. No Django inside."""

import io
import zipfile

_MOMENT = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the first that a zip knows; the real one stands inside the document


def packed_alike(file: bytes) -> bytes:
    """The same zip in the same order, with no moment of packing in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            info = zipfile.ZipInfo(entry.filename, _MOMENT)
            info.compress_type = entry.compress_type
            after.writestr(info, before.read(entry))
    return out.getvalue()
