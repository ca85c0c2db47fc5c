"""The words of a report as a reader's program gets them, in the order in which it reads them aloud."""

import ctypes
import io
import re
import unicodedata
import zipfile

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree, html

from reports.document import Document
from reports.models import Format

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# No letter forms of their own: they choose among forms, and a PDF may leave them out.
CHOOSERS = re.compile("[\u200b-\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def plain(text):
    """Words to compare: without spaces, as a line may end anywhere, and with a letterform written in one way."""
    return unicodedata.normalize("NFKC", "".join(CHOOSERS.sub("", text).split()))


def words_of(file, format):
    """All text of a file, in reading order; notes where they are referred to."""
    return {
        Format.PDF: _of_pdf,
        Format.ODT: _of_odt,
        Format.DOCX: _of_docx,
        Format.HTML: _of_html,
    }[Format(format)](file)


def first_missing(document: Document, file, format):
    """The first piece of a document that doesn't stand in its file behind the pieces before it; None: all do."""
    # Of several of these in a row pdfium gives just one.
    lost = {0xFFFD: None} if format == Format.PDF else {}
    whole, at = plain(words_of(file, format)).translate(lost), 0
    for piece in document.said():
        wanted = plain(piece).translate(lost)
        found = whole.find(wanted, at)
        if found == -1:
            return piece
        at = found + len(wanted)
    return None


def _of_pdf(file):
    """Along the structure tree, as a screen reader goes."""
    marked = _marked_text(file)
    with pikepdf.open(io.BytesIO(file)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return " ".join(
            place if isinstance(place, str) else marked.get(place, "")
            for place in _in_order(pdf.Root.StructTreeRoot, pages, None)
        )


def _in_order(element, pages, page):
    page = pages[element.Pg.objgen] if "/Pg" in element else page
    if "/Alt" in element and element.S == "/Figure":
        yield str(element.Alt)
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, int):
            yield page, child
        elif isinstance(child, pikepdf.Dictionary) and "/MCID" in child:
            yield pages[child.Pg.objgen] if "/Pg" in child else page, int(child.MCID)
        elif isinstance(child, pikepdf.Dictionary) and child.get("/Type") != "/OBJR":
            yield from _in_order(child, pages, page)


def _marked_text(file):
    """Per page and number of marked content its text."""
    found = {}
    with pypdfium2.PdfDocument(file) as pdf:
        for number, page in enumerate(pdf):
            text_page = page.get_textpage()
            for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=5):
                mark = pdfium.FPDFPageObj_GetMarkedContentID(thing)
                found.setdefault((number, mark), []).append(_text_of(thing, text_page))
    return {place: "".join(texts) for place, texts in found.items()}


def _text_of(thing, text_page):
    size = pdfium.FPDFTextObj_GetText(thing, text_page, None, 0)
    buffer = ctypes.create_string_buffer(size)
    target = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFTextObj_GetText(thing, text_page, target, size)
    # A hyphen where a line may end comes out as a character that no report has.
    return buffer.raw.decode("utf-16-le").rstrip("\0").translate({2: "-", 0xFFFE: "-"})


def _of_odt(file):
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read("content.xml"))
    for mark in root.iter(f"{TEXT}note-citation"):
        mark.text = ""
    for tag in (f"{TEXT}line-break", f"{TEXT}s"):
        for each in root.iter(tag):
            each.text = " "
    return " ".join(root.itertext())


def _of_docx(file):
    parts = zipfile.ZipFile(io.BytesIO(file))
    notes = {
        note.get(f"{WORD}id"): _word_text(note, {})
        for note in etree.fromstring(parts.read("word/footnotes.xml"))
    }
    return _word_text(etree.fromstring(parts.read("word/document.xml")), notes)


def _word_text(root, notes):
    said = []
    for each in root.iter():
        if each.tag == f"{WORD}t":
            said.append(each.text or "")
        elif each.tag == f"{WORD}footnoteReference":
            said.append(notes[each.get(f"{WORD}id")])
        elif each.tag.endswith("}docPr"):
            said.append(each.get("descr", ""))
    return " ".join(said)


def _of_html(file):
    root = html.document_fromstring(file.decode())
    for each in root.xpath("//style | //svg/title"):
        each.getparent().remove(each) if each.tail is None else each.clear(keep_tail=True)
    return " ".join(root.itertext())
