"""Reads a PDF with pdfium: its text in reading order, and the place of every word."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from agreements.intake.document import ParsedDocument
from agreements.intake.flow import too_many_pages
from agreements.intake.layout import columns, composition, furniture, headings, lines, tables
from agreements.intake.layout.glyphs import Box, Glyphs, PageReader, Sheet
from agreements.intake.layout.headings import OutlineEntry
from agreements.intake.layout.lines import Line
from agreements.intake.layout.paragraphs import Column, Paragraph, build
from agreements.intake.limits import Limits
from agreements.intake.refusal import Refused

MEDIA_TYPE = "application/pdf"
LARGEST_SIDE = 14_400  # points; the PDF standard's own limit, 5 metres
_OUTLINE_ENTRIES = 5000
_DEEPEST_OUTLINE = 6

Progress = Callable[[int, int], None]


def read(path: Path, limits: Limits, on_progress: Progress | None = None) -> ParsedDocument:
    """Read a PDF. `on_progress` hears how many pages are done, and how many there are.

    Raises Refused for a file that is encrypted, damaged or too large. A scan has pages without text.
    """
    pdf = _open(path)
    try:
        count = len(pdf)
        if count > limits.pages:
            raise too_many_pages(count, limits)
        if count < 1:
            raise _damaged()
        pages = []
        for number in range(count):
            pages.append(_Page(pdf, number))
            if on_progress:
                on_progress(number + 1, count)
        outline = _outline(pdf)
    finally:
        pdf.close()
    return _compose(pages, outline)


class _Page:
    """What is left of a page when pdfium has closed it."""

    def __init__(self, pdf: pdfium.PdfDocument, number: int) -> None:
        try:
            page = pdf[number]
            reader = PageReader(page)
        except pdfium.PdfiumError as problem:
            raise Refused(
                "damaged-page",
                f"Bladzijde {number + 1} van deze PDF is beschadigd en niet te lezen. "
                "Maak de PDF opnieuw vanuit het oorspronkelijke document en upload hem nog een keer.",
            ) from problem
        self.sheet: Sheet = reader.sheet
        self.height: float = reader.reading_sheet.height
        self.shown: Callable[[Box], Box] = reader.shown
        if not 0 < max(self.sheet) <= LARGEST_SIDE:
            raise Refused(
                "page-too-large",
                f"Bladzijde {number + 1} van deze PDF is groter dan 5 bij 5 meter. "
                "Sla het document op als PDF in een gewoon formaat, zoals A4, en upload het opnieuw.",
            )
        try:
            words = reader.words()
        finally:
            reader.close()
            page.close()
        self.sideways: list[Glyphs] = [word for word in words if not word.upright]
        self.segments: list[Line] = lines.segments(word for word in words if word.upright)


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as problem:
        if getattr(problem, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Refused(
                "encrypted",
                "Deze PDF is beveiligd met een wachtwoord. "
                "Haal het wachtwoord eraf en upload het bestand opnieuw.",
            ) from problem
        raise _damaged() from problem


def _damaged() -> Refused:
    return Refused(
        "damaged",
        "Deze PDF is beschadigd of niet compleet. "
        "Controleer of u het bestand zelf kunt openen, of vraag de gemeente om een nieuw exemplaar.",
    )


def _outline(pdf: pdfium.PdfDocument) -> list[OutlineEntry]:
    """The outline that the file carries, as far as it can be trusted to end."""
    entries: list[OutlineEntry] = []
    try:
        for bookmark in pdf.get_toc(max_depth=_DEEPEST_OUTLINE):
            destination = bookmark.get_dest()
            page = destination.get_index() if destination else None
            if page is not None:
                entries.append(OutlineEntry(bookmark.get_title(), bookmark.level + 1, page))
            if len(entries) >= _OUTLINE_ENTRIES:
                break
    except (pdfium.PdfiumError, ValueError):  # a broken outline is no reason to refuse the text
        pass
    return entries


def _compose(pages: list[_Page], outline: list[OutlineEntry]) -> ParsedDocument:
    body = headings.body_size(
        word for page in pages for segment in page.segments for word in segment.words
    )
    dropped = furniture.find([(page.height, page.segments) for page in pages], body)
    in_order: list[Column] = []
    for number, page in enumerate(pages):
        kept = [segment for segment in page.segments if id(segment) not in dropped]
        for column in columns.reading_order(tables.glue(kept), body):
            gathered, rows = tables.gather(lines.merge_rows(column))
            in_order.append(Column(number, gathered, rows))
        in_order.extend(_sideways(number, page.sideways))
    paragraphs: list[Paragraph] = build(in_order, body)
    found = headings.find(paragraphs, outline, body)
    document = composition.Composition(
        sheets=[page.sheet for page in pages],
        words=composition.vocabulary(paragraphs),
        shown=lambda number, box: pages[number].shown(box),
    )
    for at, paragraph in enumerate(paragraphs):
        level, title = found.get(at, (0, None))
        document.add(paragraph, level, title)
    return ParsedDocument(
        media_type=MEDIA_TYPE,
        text=document.text,
        pages=document.pages(),
        sections=tuple(document.sections),
    )


def _sideways(number: int, words: list[Glyphs]) -> list[Column]:
    """Text that runs up or down the margin comes after the rest of its page."""
    return [Column(number, [Line(words)])] if words else []
