"""An archive is whole, or it is refused; and it is written whole, or not at all."""

import os
import random
import resource
import shutil
import stat
import subprocess
import zipfile

import pytest

from archive import sealed
from archive.sealed import Reader, Refused, Writer, is_safe
from tests.archive.portals import members, write_sealed

CONTENT = {"tabellen/een.jsonl": b'{"id":1}\n' * 1000, "bestanden/aa/twee": os.urandom(5000)}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "archief.zip"
    with Writer(path) as archive:
        for name, content in CONTENT.items():
            archive.add(name, [content[:100], content[100:]], is_packed=name.endswith("l"))
    return path


def read(path):
    with Reader(path) as archive:
        return {name: b"".join(archive.pieces(name)) for name in archive.names}


def test_what_is_written_is_read(path):
    assert read(path) == CONTENT


def test_a_hundred_of_a_hundred_changed_bytes_are_seen(path):
    whole, chance = path.read_bytes(), random.Random(1)
    places = [0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(98))]

    seen = 0
    for place in places:
        other = whole[place] ^ chance.randrange(1, 256)
        path.write_bytes(whole[:place] + bytes([other]) + whole[place + 1 :])
        with pytest.raises(Refused, match="beschadigd"):
            read(path)
        seen += 1

    assert seen == 100
    path.write_bytes(whole)
    assert read(path) == CONTENT


def test_without_the_seal_some_would_not_be_seen(path):
    """The control of the test above: a zip by itself doesn't mind what stands in its headers."""
    whole = path.read_bytes()
    place = whole.rindex(b"PK\x01\x02") + 12  # the time of a member
    path.write_bytes(whole[:place] + b"\x21" + whole[place + 1 :])

    assert zipfile.ZipFile(path).testzip() is None
    with pytest.raises(Refused):
        read(path)


@pytest.mark.parametrize("share", [0, 1, 50, 99])
def test_a_part_of_an_archive_is_refused(path, share):
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * share // 100])

    with pytest.raises(Refused, match="niet compleet"):
        read(path)


def test_another_program_can_check_it(path, tmp_path):
    shutil.unpack_archive(path, tmp_path / "uit")

    check = ["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path / "uit").returncode == 0
    (tmp_path / "uit/bestanden/aa/twee").write_bytes(b"anders")
    assert subprocess.run(check, cwd=tmp_path / "uit", capture_output=True).returncode == 1


def test_the_same_members_give_the_same_bytes(path, tmp_path):
    again = tmp_path / "weer.zip"
    with Writer(again) as archive:
        for name, content in CONTENT.items():
            archive.add(name, [content], is_packed=name.endswith("l"))

    assert again.read_bytes() == path.read_bytes()


def test_only_its_owner_may_read_it(path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_archive_that_is_there_stays_unless_asked(path):
    before = path.read_bytes()

    with pytest.raises(Refused, match="bestaat al"):
        Writer(path)
    assert path.read_bytes() == before

    with Writer(path, replace=True) as archive:
        archive.add("anders", [b"iets"])
    assert read(path) == {"anders": b"iets"}


@pytest.mark.parametrize("replaced", [False, True])
def test_a_full_disk_leaves_nothing(tmp_path, path, replaced):
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    output = path if replaced else tmp_path / "vol.zip"

    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(Refused, match="Maak ruimte"), Writer(output, replace=True) as archive:
            archive.add("groot", (os.urandom(10_000) for _ in range(20)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_what_breaks_off_leaves_nothing(tmp_path):
    def pieces():
        yield b"iets"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Writer(tmp_path / "half.zip") as archive:
        archive.add("een", pieces())

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with (
        pytest.raises(Refused, match="kan niet worden geschreven"),
        Writer(tmp_path / "geen/a.zip"),
    ):
        pass


@pytest.mark.parametrize(
    "name",
    [
        "../uit",
        "/etc/passwd",
        "a/../../b",
        "C:/b",
        "a\\b",
        "a//b",
        "",
        "a/",
        ".",
        "a\nb",
        "a\0b",
        "x" * 501,
    ],
)
def test_an_unsafe_name_is_refused(tmp_path, name):
    assert not is_safe(name)
    if "\0" in name or not name:
        return  # zipfile writes no such name
    with pytest.raises(Refused, match="niet veilig"):
        read(write_sealed(tmp_path / "a.zip", {name: b"iets"}))


def test_a_safe_name_is_not():
    """The control of the test above."""
    assert is_safe("bestanden/agreements/aa/bé 1.pdf")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFDIR, stat.S_IFCHR])
def test_a_link_or_device_is_refused(tmp_path, kind):
    info = zipfile.ZipInfo("bestanden/x")
    info.create_system, info.external_attr = 3, (kind | 0o777) << 16

    with pytest.raises(Refused, match="niet veilig"):
        read(
            write_sealed(tmp_path / "a.zip", {"bestanden/x": b"/etc"}, infos={"bestanden/x": info})
        )


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = write_sealed(tmp_path / "a.zip", {"bestanden/x": b"0" * 50_000_000})
    assert path.stat().st_size < 100_000

    with pytest.raises(Refused, match="te groot"):
        Reader(path)


def test_members_that_share_their_bytes_are_refused(tmp_path):
    path = write_sealed(tmp_path / "a.zip", {"een": b"iets", "twee": b"iets"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.getinfo("twee").header_offset = archive.getinfo("een").header_offset
        archive._didModify = True
    _seal_again(path)

    with pytest.raises(Refused, match="te groot"):
        Reader(path)


def test_a_name_that_stands_there_twice_is_refused(tmp_path):
    path = write_sealed(tmp_path / "a.zip", {"een": b"iets"})
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("een", b"anders")
    _seal_again(path)

    with pytest.raises(Refused, match="twee keer"):
        Reader(path)


@pytest.mark.parametrize(
    ("sums", "message"),
    [
        ({}, "hoort niet in dit archief"),
        ({"een": "0" * 64, "twee": "0" * 64}, "twee ontbreekt"),
        ({"een": "0" * 64}, "controlegetal van een klopt niet"),
    ],
)
def test_checksums_that_do_not_fit_are_refused(tmp_path, sums, message):
    with pytest.raises(Refused, match=message):
        read(write_sealed(tmp_path / "a.zip", {"een": b"iets"}, sums=sums))


def test_a_line_that_is_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sealed, "LONGEST_LINE", 2_000_000)
    path = write_sealed(
        tmp_path / "a.zip", {"een": b"1\n" + os.urandom(4_000_000).replace(b"\n", b"")}
    )

    with Reader(path) as archive, pytest.raises(Refused, match="te lang"):
        list(archive.lines("een"))


def test_lines_come_as_they_are(tmp_path):
    lines = [str(number).encode() * 50 for number in range(50_000)]
    path = write_sealed(tmp_path / "a.zip", {"een": b"".join(line + b"\n" for line in lines)})

    with Reader(path) as archive:
        assert list(archive.lines("een")) == lines


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "a.zip").write_bytes(os.urandom(10_000))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("een", b"iets")

    for name in ("a.zip", "b.zip"):
        with pytest.raises(Refused, match="niet door het portaal gemaakt"):
            Reader(tmp_path / name)
    with pytest.raises(Refused, match="niet te openen"):
        Reader(tmp_path / "geen.zip")
    assert members(tmp_path / "b.zip") == {"een": b"iets"}


def _seal_again(path):
    whole = path.read_bytes()[:-64]
    path.write_bytes(whole + sealed.hashlib.sha256(whole).hexdigest().encode())
