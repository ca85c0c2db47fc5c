"""Makes the files that the tests of intake read: good ones, broken ones and hostile ones."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import typst

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
PREAMBLE = '#set text(lang: "nl", size: 10pt, hyphenate: true)\n#set par(justify: true)\n'


def typst_pdf(path: Path, body: str, page: str = 'paper: "a5"') -> Path:
    """Set text with typst; `page` holds the arguments of its page rule."""
    path.write_bytes(typst.compile(f"{PREAMBLE}#set page({page})\n{body}".encode()))
    return path


def raw_pdf(path: Path, *objects: str) -> Path:
    """Write these objects, numbered from 1, as a PDF; the first is the catalog."""
    data = b"%PDF-1.7\n"
    places = []
    for number, written in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{written}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    path.write_bytes(
        data
        + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n".encode()
        + f"startxref\n{len(data)}\n%%EOF".encode()
    )
    return path


def one_page(box: str = "0 0 300 300") -> tuple[str, ...]:
    """Objects of a PDF with one empty page."""
    return (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]>>",
    )


def pdf_with_stream(path: Path, content: bytes) -> Path:
    """A page whose content is this, packed."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj.Contents = pdf.make_stream(content)
    pdf.save(path)
    return path


def zip_file(path: Path, parts: Iterable[tuple[str, str | bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return path


def docx_parts(body: str, prologue: str = "", relations: str = "") -> dict[str, str | bytes]:
    """The parts of a small Word document; `body` is the XML inside w:body."""
    return {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{DOCX_TYPE}.main+xml"/></Types>'
        ),
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{relations}</Relationships>"
        ),
        "word/document.xml": (
            f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        ),
    }


def docx(path: Path, body: str, prologue: str = "", relations: str = "") -> Path:
    return zip_file(path, docx_parts(body, prologue, relations).items())


def odt_parts(body: str, prologue: str = "") -> dict[str, str | bytes]:
    """The parts of a small OpenDocument text; `body` is the XML inside office:text."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in [
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
        ]
    )
    return {
        "mimetype": ODT_TYPE,
        "content.xml": (
            f'<?xml version="1.0"?>{prologue}<office:document-content {spaces} '
            'xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>'
            f"{body}</office:text></office:body></office:document-content>"
        ),
    }


def odt(path: Path, body: str, prologue: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in odt_parts(body, prologue).items():
            archive.writestr(name, content)
    return path


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of Word's XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def resaved(path: Path, change, **options) -> Path:  # type: ignore[no-untyped-def]
    """Open a PDF, let `change` alter it, and save it in its place."""
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        change(pdf)
        pdf.save(path, **options)
    return path
