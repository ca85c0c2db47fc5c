"""A zip that says of itself and of every member whether it is whole. No Django inside.

`SHA256SUMS` holds the checksum of every other member, in the form that `sha256sum -c` reads. The comment of the zip
is the checksum of all bytes before it, so that not one byte of the file can change unseen.
"""

import hashlib
import os
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

SUMS = "SHA256SUMS"
MOST_MEMBERS = 1_000_000
LONGEST_LINE = (
    128 * 1024 * 1024
)  # bytes; the whole text of an upload of 50 MB fits, line ends escaped
MOST_SMALL = 256 * 1024 * 1024  # bytes of a member that is read at once
HIGHEST_RATIO = 500  # unpacked to packed; repeated history packs a hundred times at most
_RATIO_COUNTS_FROM = 10 * 1024 * 1024
_SEAL = 64  # hexadecimal digits
_PIECE = 1024 * 1024
_EARLIEST = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the same members give the same bytes, whenever they were written
_LOCAL_HEADER = 30  # bytes, before the name


class Refused(Exception):
    """What was asked can't be done; the message says why and what to do, in Dutch."""


def is_safe(name: str) -> bool:
    """Whether a name of a member stays inside the folder it is unpacked in, and on one line of SHA256SUMS."""
    parts = name.split("/")
    return (
        len(name.encode(errors="replace")) <= 500
        and name.isprintable()
        and "\\" not in name
        and ":" not in parts[0]
        and not {"", ".", ".."}.intersection(parts)
    )


class Writer:
    """Writes a sealed zip in a `with`: at the end it stands under its name, or it was never there.

    Only its owner may read it. Raises Refused when there is a file of that name already, unless `replace`, or
    when it can't be written, as on a full disk.
    """

    def __init__(self, path: Path, *, replace: bool = False) -> None:
        self.path = path
        if path.is_dir() or path.exists() and not replace:
            raise Refused(
                f"{path} bestaat al. Kies een andere naam, of geef --force om het te vervangen."
            )
        self._sums: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            number, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
        except OSError as problem:
            raise _unwritable(self.path, problem) from problem
        self._part = Path(name)
        self._file = os.fdopen(number, "w+b")
        self._zip = zipfile.ZipFile(self._file, "w")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if problem is None:
                self._finish()
        except OSError as full:
            raise _unwritable(self.path, full) from full
        finally:
            with suppress(OSError, ValueError):
                self._zip.close()
            with suppress(OSError):
                self._file.close()
            self._part.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise _unwritable(self.path, problem) from problem

    def add(self, name: str, pieces: Iterable[bytes], *, is_packed: bool = True) -> str:
        """Write a member piece by piece; gives its SHA-256 in hexadecimal digits."""
        if not is_safe(name) or name in self._sums:
            raise Refused(f"Een onderdeel mag niet {name!r} heten. Geef het een andere naam.")
        info = zipfile.ZipInfo(name, _EARLIEST)
        info.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
        info.create_system = 3  # Unix, so that the rights below count
        info.external_attr = (stat.S_IFREG | 0o600) << 16
        found = hashlib.sha256()
        with self._zip.open(info, "w", force_zip64=True) as member:
            for piece in pieces:
                found.update(piece)
                member.write(piece)
        self._sums[name] = found.hexdigest()
        return self._sums[name]

    def _finish(self) -> None:
        sums = "".join(f"{found}  {name}\n" for name, found in sorted(self._sums.items()))
        self.add(SUMS, [sums.encode()])
        self._zip.comment = b"0" * _SEAL
        self._zip.close()
        seal = _seal_of(self._file)
        self._file.seek(-_SEAL, os.SEEK_END)
        self._file.write(seal)
        self._file.flush()
        os.fsync(self._file.fileno())
        os.replace(self._part, self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class Reader:
    """Opens a sealed zip in a `with`. Raises Refused for one that isn't whole, or isn't harmless."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                if _seal_of(file) != file.read():
                    raise _damaged()
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
            raise _damaged() from problem
        except OSError as problem:
            raise Refused(f"{path} is niet te openen: {problem.strerror}.") from problem
        try:
            self._check()
            self.sums = self._read_sums()
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
    def names(self) -> set[str]:
        """The names of all members but the list of checksums."""
        return set(self.sums)

    def size(self, name: str) -> int:
        """The bytes of a member, unpacked."""
        return self._zip.getinfo(name).file_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member, piece by piece. Raises Refused at the end when its checksum is another."""
        found = hashlib.sha256()
        for piece in self._unpacked(name):
            found.update(piece)
            yield piece
        if found.hexdigest() != self.sums[name]:
            raise Refused(
                f"Het controlegetal van {name} klopt niet. Gebruik een andere kopie van dit archief."
            )

    def lines(self, name: str) -> Iterator[bytes]:
        """A member line by line, without the line ends; the last line has one too."""
        rest = bytearray()
        for piece in self.pieces(name):
            first, *others = piece.split(b"\n")
            rest += first
            if others:
                yield bytes(rest)
                yield from others[:-1]
                rest = bytearray(others[-1])
            if len(rest) > LONGEST_LINE:
                raise Refused(f"{name} heeft een regel die te lang is. We lezen het niet in.")
        if rest:
            raise Refused(f"De laatste regel van {name} is niet compleet. We lezen het niet in.")

    def read(self, name: str) -> bytes:
        """A small member at once."""
        if name not in self.sums:
            raise Refused(f"{name} ontbreekt in dit archief. Gebruik een andere kopie.")
        if self.size(name) > MOST_SMALL:
            raise _bomb(name)
        return b"".join(self.pieces(name))

    def _unpacked(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as member:
                while piece := member.read(_PIECE):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as problem:
            raise _damaged() from problem

    def _check(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MOST_MEMBERS:
            raise _bomb(f"{len(entries)} onderdelen")
        if len({entry.filename for entry in entries}) != len(entries):
            raise Refused("In dit archief staat een naam twee keer. We lezen het niet in.")
        for entry in entries:
            _check_entry(entry)
        reached = 0
        for entry in sorted(entries, key=lambda entry: entry.header_offset):
            if entry.header_offset < reached:  # a bomb may let members share their bytes
                raise _bomb(entry.filename)
            reached = entry.header_offset + _LOCAL_HEADER + entry.compress_size
        if reached > self._zip.start_dir:
            raise _damaged()

    def _read_sums(self) -> dict[str, str]:
        names = set(self._zip.namelist()) - {SUMS}
        if SUMS not in self._zip.namelist():
            raise Refused(f"{SUMS} ontbreekt in dit archief. Gebruik een andere kopie.")
        if self.size(SUMS) > MOST_SMALL:
            raise _bomb(SUMS)
        sums: dict[str, str] = {}
        for line in b"".join(self._unpacked(SUMS)).decode(errors="replace").splitlines():
            found, _, name = line.partition("  ")
            sums[name] = found
        if missing := sorted(sums.keys() - names):
            raise Refused(f"{missing[0]} ontbreekt in dit archief. Gebruik een andere kopie.")
        if extra := sorted(names - sums.keys()):
            raise Refused(f"{extra[0]} hoort niet in dit archief. We lezen het niet in.")
        return sums


def _check_entry(entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if not is_safe(entry.orig_filename) or kind not in (0, stat.S_IFREG):
        raise Refused(
            f"Een onderdeel van dit archief is niet veilig: {entry.filename[:200]!r}. We lezen het niet in."
        )
    if entry.flag_bits & 0x1:
        raise Refused("Dit archief is versleuteld. Haal de versleuteling eraf en probeer opnieuw.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _damaged()
    if entry.file_size > max(_RATIO_COUNTS_FROM, HIGHEST_RATIO * entry.compress_size):
        raise _bomb(entry.filename)


def _seal_of(file: IO[bytes]) -> bytes:
    """The seal that belongs to what stands in a file; leaves the file at the seal that it has."""
    left = file.seek(0, os.SEEK_END) - _SEAL
    file.seek(0)
    found = hashlib.sha256()
    while left > 0:
        piece = file.read(min(_PIECE, left))
        found.update(piece)
        left -= len(piece)
    return found.hexdigest().encode()


def _damaged() -> Refused:
    return Refused(
        "Dit archief is beschadigd, niet compleet, of niet door het portaal gemaakt. "
        "Gebruik een andere kopie."
    )


def _bomb(what: str) -> Refused:
    return Refused(f"Dit archief wordt uitgepakt veel te groot ({what}). We lezen het niet in.")


def _unwritable(path: Path, problem: OSError) -> Refused:
    return Refused(
        f"{path} kan niet worden geschreven: {problem.strerror}. Er is niets blijven staan. "
        "Maak ruimte of kies een andere plaats, en probeer het opnieuw."
    )
