"""Looks into the zip of a DOCX or ODT before anything is unpacked, and hands out its parts."""

import struct
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from agreements.intake.limits import MEGABYTE
from agreements.intake.refusal import Refused

MOST_ENTRIES = 2000
MOST_BYTES = 200 * MEGABYTE  # unpacked, all together
HIGHEST_RATIO = 100  # unpacked to packed
_RATIO_COUNTS_FROM = MEGABYTE  # small parts with many spaces pack better than this, harmlessly
_LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature; length of name and of extra field
_ENCRYPTED = 0x1
_MACROS = ("vbaproject.bin", "vbadata.xml")


class Archive:
    """A checked zip. Use it in a `with`; opening raises Refused for a zip that is not harmless."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
            raise damaged() from problem
        try:
            self._check(path)
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> list[str]:
        return self._zip.namelist()

    def read(self, name: str) -> bytes | None:
        """Unpack one part; None if it isn't there."""
        try:
            size = self._zip.getinfo(name).file_size
            with self._zip.open(name) as part:
                # without a size zipfile unpacks all there is before it cuts, and a directory may lie;
                # with one it stops at the size that was checked, and compares the CRC
                return part.read(size)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
            raise damaged() from problem

    def _check(self, path: Path) -> None:
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise _bomb()
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise _bomb()
        for entry in entries:
            _check_entry(entry)
        if len({entry.filename.casefold() for entry in entries}) != len(entries):
            raise damaged()
        self._check_overlap(path, entries)

    def _check_overlap(self, path: Path, entries: list[zipfile.ZipInfo]) -> None:
        """A bomb may let many entries share the same packed bytes."""
        reached = 0
        with path.open("rb") as file:
            for entry in sorted(entries, key=lambda entry: entry.header_offset):
                if entry.header_offset < reached:
                    raise _bomb()
                file.seek(entry.header_offset)
                header = file.read(_LOCAL_HEADER.size)
                if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
                    raise damaged()
                _, name, extra = _LOCAL_HEADER.unpack(header)
                reached = (
                    entry.header_offset + _LOCAL_HEADER.size + name + extra + entry.compress_size
                )
        if reached > self._zip.start_dir:
            raise _bomb()


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise encrypted()
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged()
    parts = entry.orig_filename.replace("\\", "/").split("/")
    if parts[0] == "" or ".." in parts or ":" in parts[0] or "\0" in entry.orig_filename:
        raise Refused(
            "unsafe-names",
            "Dit document bevat onderdelen met een onveilige naam. We verwerken het daarom niet. "
            "Sla het document op als PDF en upload dat bestand.",
        )
    lower = [part.casefold() for part in parts]
    if lower[-1] in _MACROS or lower[0] in ("basic", "scripts"):
        raise macros()
    highest = max(_RATIO_COUNTS_FROM, HIGHEST_RATIO * entry.compress_size)
    if entry.file_size > highest:
        raise _bomb()


def macros() -> Refused:
    return Refused(
        "macros",
        "Dit document bevat macro's. Die nemen we niet aan, want macro's kunnen schade doen. "
        "Sla het document op als PDF en upload dat bestand.",
    )


def encrypted() -> Refused:
    return Refused(
        "encrypted",
        "Dit document is beveiligd met een wachtwoord. "
        "Haal het wachtwoord eraf en upload het bestand opnieuw.",
    )


def damaged() -> Refused:
    return Refused(
        "damaged",
        "Dit document is beschadigd of niet compleet. "
        "Open het zelf, sla het opnieuw op en upload het nog een keer.",
    )


def external() -> Refused:
    return Refused(
        "external",
        "Dit document haalt onderdelen van buiten het document, zoals een sjabloon of een gekoppelde "
        "afbeelding. We verwerken het daarom niet. Sla het document op als PDF en upload dat bestand.",
    )


def _bomb() -> Refused:
    return Refused(
        "bomb",
        "Dit document wordt uitgepakt veel te groot, of is met opzet zo gemaakt. We verwerken het niet. "
        "Sla het document op als PDF en upload dat bestand.",
    )
