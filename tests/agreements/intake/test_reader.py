import pytest

from agreements.intake.reader import MEDIA_TYPES, read
from tests.agreements.intake.files import docx, odt, paragraph, typst_pdf
from tests.agreements.intake.refusals import refusal_of


def test_reads_every_type_that_it_names(tmp_path):
    made = {
        ".pdf": typst_pdf(tmp_path / "1", "Brandweer"),
        ".docx": docx(tmp_path / "2", paragraph("Brandweer")),
        ".odt": odt(tmp_path / "3", "<text:p>Brandweer</text:p>"),
        ".html": tmp_path / "4",
        ".htm": tmp_path / "4",
        ".txt": tmp_path / "5",
    }
    (tmp_path / "4").write_text("<!doctype html><p>Brandweer")
    (tmp_path / "5").write_text("Brandweer")

    for extension, path in made.items():
        document = read(path, "akkoord" + extension)
        assert document.text == "Brandweer"
        assert document.media_type == MEDIA_TYPES[extension]
    assert made.keys() == MEDIA_TYPES.keys()


def test_an_empty_file(tmp_path):
    path = tmp_path / "a"
    path.touch()

    assert refusal_of(lambda: read(path, "a.pdf")) == "empty"


@pytest.mark.parametrize("name", ["a.exe", "a", "a.docm", "a.svg", "a.pdf.zip"])
def test_an_unknown_extension(tmp_path, name):
    path = typst_pdf(tmp_path / "a", "Tekst")

    assert refusal_of(lambda: read(path, name)) == "unknown-type"


@pytest.mark.parametrize(
    ("content", "name", "seems"),
    [
        (b"%PDF-1.7 ...", "a.html", "een PDF"),
        (b"%PDF-1.7 ...", "a.docx", "een PDF"),
        (b"\x89PNG\r\n\x1a\n", "a.pdf", "een afbeelding"),
        (b"<!doctype html><p>x", "a.pdf", "een webpagina"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.pdf", "gewone tekst"),
        (b"GIF89a <html>", "a.html", "een afbeelding"),
        (b"PK\x03\x04", "a.txt", "een zip-bestand"),
        (b"Zomaar tekst.", "a.odt", "gewone tekst"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.pdf", "een oud of beveiligd Office-bestand"),
        (b"junk" * 200 + b"%PDF-1.7", "a.pdf", "gewone tekst"),
    ],
)
def test_a_wrong_extension_says_what_it_seems_to_be(tmp_path, content, name, seems):
    path = tmp_path / "a"
    path.write_bytes(content)

    with pytest.raises(Exception, match=seems):
        read(path, name)
    assert refusal_of(lambda: read(path, name)) == "wrong-type"


def test_a_word_document_with_a_password(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))

    assert refusal_of(lambda: read(path, "a.docx")) == "encrypted"
