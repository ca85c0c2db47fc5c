"""Hostile DOCX and ODT files. Each test has its harmless twin, or shows that the trick works elsewhere."""

import struct
import zipfile

import pytest
from lxml import etree

from agreements.intake.archive import HIGHEST_RATIO
from agreements.intake.limits import MEGABYTE
from agreements.intake.reader import read
from tests.agreements.intake.files import docx, docx_parts, odt, odt_parts, paragraph, zip_file
from tests.agreements.intake.refusals import refusal_of

TEXT = paragraph("Brandweer")
ODT_TEXT = "<text:p>Brandweer</text:p>"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refused(path, name="a.docx"):
    return refusal_of(lambda: read(path, name))


def with_part(path, name, content):
    return zip_file(path, [*docx_parts(TEXT).items(), (name, content)])


def test_a_part_that_unpacks_to_far_more(tmp_path):
    bomb = with_part(tmp_path / "a", "word/media/a.bmp", bytes(20 * MEGABYTE))
    with zipfile.ZipFile(bomb) as archive:
        part = archive.getinfo("word/media/a.bmp")
    harmless = with_part(tmp_path / "b", "word/media/a.bmp", bytes(MEGABYTE))

    assert part.file_size > HIGHEST_RATIO * part.compress_size
    assert refused(bomb) == "bomb"
    assert read(harmless, "a.docx").text == "Brandweer"


def test_too_many_parts(tmp_path):
    many = [(f"word/{number}", "x") for number in range(2000)]
    bomb = zip_file(tmp_path / "a", [*docx_parts(TEXT).items(), *many])
    harmless = zip_file(tmp_path / "b", [*docx_parts(TEXT).items(), *many[:1900]])

    assert refused(bomb) == "bomb"
    assert read(harmless, "a.docx").text == "Brandweer"


def test_parts_that_share_their_packed_bytes(tmp_path):
    path = with_part(tmp_path / "a", "word/tweede.xml", "x" * 50)
    data = bytearray(path.read_bytes())
    entries = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    first = struct.unpack_from("<I", data, entries[0] + 42)
    struct.pack_into("<I", data, entries[-1] + 42, *first)
    path.write_bytes(data)

    assert refused(path) == "bomb"


@pytest.mark.parametrize(
    "name", ["../buiten.xml", "/etc/buiten.xml", "word/../../b.xml", "C:/b.xml"]
)
def test_names_that_lead_outside(tmp_path, name):
    assert refused(with_part(tmp_path / "a", name, "x")) == "unsafe-names"


def test_an_encrypted_part(tmp_path):
    path = docx(tmp_path / "a", TEXT)
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    path.write_bytes(data)

    assert refused(path) == "encrypted"


def test_macros_in_word(tmp_path):
    assert refused(with_part(tmp_path / "a", "word/vbaProject.bin", "x")) == "macros"


def test_a_document_that_calls_itself_macro_enabled(tmp_path):
    parts = docx_parts(TEXT)
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = str(parts["[Content_Types].xml"])
    parts["[Content_Types].xml"] = types.replace(
        "</Types>", f'<Override ContentType="{kind}"/></Types>'
    )

    assert refused(zip_file(tmp_path / "a", parts.items())) == "macros"


def test_macros_in_opendocument(tmp_path):
    parts = odt_parts(ODT_TEXT) | {"Basic/Standard/Module1.xml": "<x/>"}
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    assert refused(path, "a.odt") == "macros"


@pytest.mark.parametrize(
    ("kind", "accepted"),
    [("hyperlink", True), ("attachedTemplate", True), ("image", True), ("oleObject", False)],
)
def test_only_links_may_point_outside_a_word_document(tmp_path, kind, accepted):
    relation = f'<Relationship Id="r1" Type="{KIND}/{kind}" Target="https://example.org/x" TargetMode="External"/>'
    path = docx(tmp_path / "a", TEXT, relations=relation)

    if accepted:
        assert read(path, "a.docx").text == "Brandweer"
    else:
        assert refused(path) == "external"


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        ('<text:p><text:a xlink:href="https://example.org">Brandweer</text:a></text:p>', True),
        (
            '<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>Brandweer</text:p>',
            True,
        ),
        (
            '<text:p><draw:frame><draw:image xlink:href="https://example.org/a.png"/></draw:frame></text:p>',
            False,
        ),
        (
            '<text:p><draw:frame><draw:image xlink:href="file:///etc/passwd"/></draw:frame></text:p>',
            False,
        ),
        ('<text:section><text:section-source xlink:href="../b.odt"/></text:section>', False),
    ],
)
def test_only_links_may_point_outside_an_opendocument_text(tmp_path, body, accepted):
    path = odt(tmp_path / "a", body)

    if accepted:
        assert read(path, "a.odt").text == "Brandweer"
    else:
        assert refused(path, "a.odt") == "external"


def test_an_external_entity(tmp_path):
    canary = tmp_path / "canary.txt"
    canary.write_text("kanarie")
    door = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{canary.as_uri()}">]>'
    word = docx(tmp_path / "a", paragraph("&e;"), prologue=door)
    text = odt(tmp_path / "b", "<text:p>&e;</text:p>", prologue=door)

    careless = etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False)
    with zipfile.ZipFile(word) as archive:
        leaked = etree.fromstring(archive.read("word/document.xml"), careless)
    assert "kanarie" in "".join(leaked.itertext())
    assert refused(word) == "entities"
    assert refused(text, "a.odt") == "entities"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_billion_laughs_in_any_encoding(tmp_path, encoding):
    lines = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    parts = docx_parts(paragraph("&a9;"), prologue=f"<!DOCTYPE x [{lines}]>")
    document = str(parts["word/document.xml"]).replace("?>", f' encoding="{encoding}"?>')
    parts["word/document.xml"] = document.encode(encoding)

    assert refused(zip_file(tmp_path / "a", parts.items())) == "entities"


def test_reads_utf_16_without_tricks(tmp_path):
    parts = docx_parts(TEXT)
    document = str(parts["word/document.xml"]).replace("?>", ' encoding="utf-16"?>')
    parts["word/document.xml"] = document.encode("utf-16")

    assert read(zip_file(tmp_path / "a", parts.items()), "a.docx").text == "Brandweer"


def test_an_encoding_in_which_markup_hides(tmp_path):
    parts = docx_parts(TEXT)
    parts["word/document.xml"] = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-'

    assert refused(zip_file(tmp_path / "a", parts.items())) == "damaged"


def test_elements_in_elements_without_end(tmp_path):
    deep = "<w:sdt>" * 5000 + "</w:sdt>" * 5000

    assert refused(docx(tmp_path / "a", deep)) == "damaged"


@pytest.mark.parametrize("percent", range(2, 100, 7))
def test_a_document_that_is_cut_off(tmp_path, percent):
    path = docx(tmp_path / "a", TEXT)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * percent // 100])

    assert refused(path) in ("damaged", "wrong-type")


def test_a_part_whose_size_is_a_lie(tmp_path):
    path = docx(tmp_path / "a", TEXT)
    data = bytearray(path.read_bytes())
    entries = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    struct.pack_into("<I", data, entries[-1] + 24, 20)
    path.write_bytes(data)

    assert refused(path) == "damaged"


def test_another_zip_with_the_name_of_a_word_document(tmp_path):
    assert refused(zip_file(tmp_path / "a", [("a.txt", "x")])) == "damaged"
