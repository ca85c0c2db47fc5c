"""One document in every format: the same blocks, laid out by one file per format, which holds its house style."""

from reports.formats import docx, html, odt, pdf
from reports.formats.drawings import pngs_of, svgs_of
from reports.models import Format

MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.HTML: "text/html; charset=utf-8",
}


def render(document, format):
    """The bytes of a Document as a file of this Format. The same document gives the same bytes."""
    if format == Format.HTML:
        return html.render(document)
    svgs = svgs_of(document)
    if format == Format.PDF:
        return pdf.render(document, svgs)
    render_words = {Format.ODT: odt.render, Format.DOCX: docx.render}[Format(format)]
    return render_words(document, pngs_of(svgs))
