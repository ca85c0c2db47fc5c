"""Looking into a zip before anything of it is unpacked."""

import random
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from agreements.intake import archive
from agreements.intake.archive import Archive
from agreements.intake.limits import MEGABYTE
from agreements.intake.refusal import Refused

CENTRAL = b"PK\x01\x02"
LOCAL = b"PK\x03\x04"


@pytest.fixture
def zipped(tmp_path):
    """Give a function that writes parts to a zip, in their order."""

    def zipped(parts, packing=zipfile.ZIP_DEFLATED):
        path = tmp_path / "made.zip"
        with zipfile.ZipFile(path, "w", packing) as made:
            for name, content in parts.items():
                made.writestr(name, content)
        return path

    return zipped


def code_of(path):
    """What an archive is refused for; None when it is accepted."""
    try:
        with Archive(path):
            return None
    except Refused as refusal:
        return refusal.code


def patched(path, *changes):
    """Overwrite bytes: (signature of a header, offset in it, struct format, value)."""
    data = bytearray(path.read_bytes())
    for signature, offset, form, value in changes:
        struct.pack_into(form, data, data.index(signature) + offset, value)
    path.write_bytes(data)
    return path


def claiming(path, size, crc):
    """Let the zip say of its first part that it is so large."""
    return patched(
        path,
        (LOCAL, 14, "<I", crc),
        (LOCAL, 22, "<I", size),
        (CENTRAL, 16, "<I", crc),
        (CENTRAL, 24, "<I", size),
    )


def test_reads_the_parts_of_an_ordinary_zip(zipped):
    with Archive(zipped({"a/een.xml": b"<a/>", "twee.xml": b"<b/>"})) as opened:
        assert opened.names == ["a/een.xml", "twee.xml"]
        assert opened.read("twee.xml") == b"<b/>"


def test_a_part_that_is_not_there_is_none(zipped):
    with Archive(zipped({"een.xml": b"<a/>"})) as opened:
        assert opened.read("ander.xml") is None


@pytest.mark.parametrize("count", [archive.MOST_ENTRIES, archive.MOST_ENTRIES + 1])
def test_refuses_one_entry_too_many(zipped, count):
    path = zipped({f"{number}.xml": b"" for number in range(count)})

    assert code_of(path) == ("bomb" if count > archive.MOST_ENTRIES else None)


def test_refuses_a_part_that_unpacks_to_more_than_a_hundred_times_its_size(zipped):
    path = zipped({"word/document.xml": b"\0" * (2 * MEGABYTE)})

    assert code_of(path) == "bomb"


def test_accepts_the_same_part_when_the_ratio_is_lifted(zipped, monkeypatch):
    path = zipped({"word/document.xml": b"\0" * (2 * MEGABYTE)})
    monkeypatch.setattr(archive, "HIGHEST_RATIO", 10_000)

    with Archive(path) as opened:
        assert len(opened.read("word/document.xml") or b"") == 2 * MEGABYTE


def test_accepts_a_small_part_that_packs_very_well(zipped):
    path = zipped({"styles.xml": b" " * (MEGABYTE // 2)})

    assert path.stat().st_size * 100 < MEGABYTE // 2
    assert code_of(path) is None


def test_refuses_parts_that_are_too_much_together(zipped, monkeypatch):
    noise = random.Random(1).randbytes(1000)
    parts = {f"{number}.bin": noise for number in range(10)}
    assert code_of(zipped(parts)) is None

    monkeypatch.setattr(archive, "MOST_BYTES", 9_999)

    assert code_of(zipped(parts)) == "bomb"


def test_a_size_that_lies_does_not_unpack_more_than_it_says(zipped):
    packed = zipped({"a.xml": b"\0" * (64 * MEGABYTE)})
    path = claiming(packed, 1000, zlib.crc32(b"\0" * 1000))

    with Archive(path) as opened:
        tracemalloc.start()
        content = opened.read("a.xml")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert content == b"\0" * 1000
    assert peak < MEGABYTE


def test_that_lying_zip_is_a_bomb_for_who_asks_for_all_of_it(zipped):
    packed = zipped({"a.xml": b"\0" * (64 * MEGABYTE)})
    path = claiming(packed, 1000, zlib.crc32(b"\0" * 1000))

    with zipfile.ZipFile(path) as opened:
        tracemalloc.start()
        opened.read("a.xml")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert peak > 64 * MEGABYTE


@pytest.mark.parametrize(
    "name",
    [
        "../boven.xml",
        "a/../../boven.xml",
        "/etc/passwd",
        "\\\\server\\deel",
        "..\\boven.xml",
        "C:/a",
    ],
)
def test_refuses_names_that_lead_out_of_the_document(zipped, name):
    assert code_of(zipped({name: b"x"})) == "unsafe-names"


@pytest.mark.parametrize("name", ["boven..xml", "a/..b/c.xml", "word/a b.xml"])
def test_accepts_names_that_only_look_like_it(zipped, name):
    assert code_of(zipped({name: b"x"})) is None


def test_refuses_a_nul_in_a_name(zipped):
    path = zipped({"onschuldigXexe": b"x"})
    path.write_bytes(path.read_bytes().replace(b"onschuldigXexe", b"onschuldig\0exe"))

    assert code_of(path) == "unsafe-names"


@pytest.mark.parametrize(
    "name",
    ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "word/vbaData.xml", "Basic/Standard/a.xml"],
)
def test_refuses_macros(zipped, name):
    assert code_of(zipped({name: b"x"})) == "macros"


def test_refuses_an_encrypted_part(zipped):
    path = zipped({"a.xml": b"x"})

    assert code_of(path) is None
    assert code_of(patched(path, (LOCAL, 6, "<H", 1), (CENTRAL, 8, "<H", 1))) == "encrypted"


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_refuses_packing_that_no_office_program_uses(zipped, packing):
    assert code_of(zipped({"a.xml": b"x" * 100}, packing)) == "damaged"


def test_refuses_entries_that_share_their_packed_bytes(zipped):
    path = zipped({"a.xml": b"een", "b.xml": b"twee"})
    data = bytearray(path.read_bytes())
    second = data.rindex(CENTRAL)
    struct.pack_into("<I", data, second + 42, 0)  # it too begins where the first one does
    path.write_bytes(data)

    assert code_of(path) == "bomb"


def test_refuses_a_part_that_runs_on_into_the_directory(zipped):
    path = patched(zipped({"a.xml": b"een"}), (CENTRAL, 20, "<I", 60))

    assert code_of(path) == "bomb"


def test_refuses_two_parts_with_one_name(zipped):
    path = zipped({"a.xml": b"een", "A.XML": b"twee"})

    assert code_of(path) == "damaged"


def test_refuses_content_that_does_not_match_its_checksum(zipped):
    path = patched(zipped({"a.xml": b"een"}), (CENTRAL, 16, "<I", 1))

    with Archive(path) as opened, pytest.raises(Refused, match="damaged"):
        opened.read("a.xml")


def test_a_zip_that_was_cut_off_anywhere_is_refused(zipped):
    path = zipped({"a.xml": b"een" * 50, "b.xml": b"twee" * 50})
    whole = path.read_bytes()

    for percent in range(0, 100, 2):
        path.write_bytes(whole[: len(whole) * percent // 100])
        assert code_of(path) == "damaged", percent


def test_says_in_dutch_what_to_do(zipped):
    with pytest.raises(Refused) as refusal:
        Archive(zipped({"word/vbaProject.bin": b"x"}))

    assert "macro's" in refusal.value.reason
    assert "Sla het document op als PDF" in refusal.value.reason
