"""Makes real files of the manuscripts: PDF in one or two columns, DOCX, ODT and HTML. No Django inside."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from zlib import crc32

import docx
import odfdo
import typst

from demo.manuscript import LABEL, Manuscript

_TYPST = Path(__file__).parent / "typst"
_FONTS = Path(__file__).parent.parent / "node_modules" / "@expo-google-fonts"


def typeset(manuscript: Manuscript) -> bytes:
    """Make the file of a manuscript, in the format that it asks for."""
    make = {"pdf": pdf, "docx": word, "odt": writer, "html": web}[manuscript.format]
    return make(manuscript)


def pdf(manuscript: Manuscript) -> bytes:
    """A PDF with a running header and footer; four looks, so that not all agreements are alike."""
    data = asdict(manuscript) | {
        "label": LABEL,
        "look": crc32(manuscript.name.encode()) % 4,
        "adopted_on": manuscript.adopted_on.strftime("%d-%m-%Y"),
    }
    return _compile("agreement.typ", data, manuscript)


def scan(manuscript: Manuscript) -> bytes:
    """A PDF of pictures of pages, without a text layer."""
    return _compile("scan.typ", {"title": manuscript.title, "label": LABEL}, manuscript)


def _compile(template: str, data: dict[str, object], manuscript: Manuscript) -> bytes:
    fonts = [str(_FONTS / family) for family in ("source-sans-3", "source-serif-4")]
    result: bytes = typst.compile(
        str(_TYPST / template),
        root=str(_TYPST),
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(
            datetime.combine(manuscript.adopted_on, datetime.min.time(), UTC).timestamp()
        ),
    )
    return result


def word(manuscript: Manuscript) -> bytes:
    """A DOCX with the styles of Word."""
    document = docx.Document()
    document.core_properties.title = manuscript.title
    document.core_properties.language = "nl-NL"
    document.sections[0].header.paragraphs[0].text = LABEL
    document.sections[0].footer.paragraphs[0].text = manuscript.footer
    document.add_heading(manuscript.title, 0)
    for block in manuscript.blocks:
        match block["kind"]:
            case "heading":
                document.add_heading(block["text"], block["level"])
            case "bullets":
                for item in block["items"]:
                    document.add_paragraph(item, style="List Bullet")
            case "table":
                _word_table(document, block["rows"])
            case "break":
                document.add_page_break()
            case _:
                document.add_paragraph(block["text"])
    return _saved(document)


def _word_table(document: "docx.document.Document", rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text


def writer(manuscript: Manuscript) -> bytes:
    """An ODT with headings, lists and tables."""
    document = odfdo.Document("text")
    document.meta.title = manuscript.title
    body = document.body
    body.clear()
    body.append(odfdo.Paragraph(f"{LABEL} · {manuscript.footer}"))
    body.append(odfdo.Header(1, manuscript.title))
    for block in manuscript.blocks:
        match block["kind"]:
            case "heading":
                body.append(odfdo.Header(block["level"], block["text"]))
            case "bullets":
                body.append(odfdo.List(block["items"]))
            case "table":
                body.append(_writer_table(block["rows"]))
            case "break":
                pass
            case _:
                body.append(odfdo.Paragraph(block["text"]))
    return _saved(document)


def _writer_table(rows: list[list[str]]) -> odfdo.Table:
    table = odfdo.Table("Tabel", width=len(rows[0]), height=len(rows))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.set_value((x, y), text)
    return table


def _saved(document: "docx.document.Document | odfdo.Document") -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def web(manuscript: Manuscript) -> bytes:
    """A web page, with a menu and a footer that are not part of the agreement."""
    title = escape(manuscript.title)
    lines = [
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{title}</title></head><body>',
        f"<header>{LABEL}</header><nav><a href='/'>Home</a> <a href='/bestuur'>Bestuur</a></nav>",
        f"<main><p>{LABEL}</p><h1>{title}</h1>",
    ]
    for block in manuscript.blocks:
        match block["kind"]:
            case "heading":
                level = min(block["level"] + 1, 6)
                lines.append(f"<h{level}>{escape(block['text'])}</h{level}>")
            case "bullets":
                items = "".join(f"<li>{escape(item)}</li>" for item in block["items"])
                lines.append(f"<ul>{items}</ul>")
            case "table":
                lines.append(_web_table(block["rows"]))
            case "break":
                lines.append("<hr>")
            case "callout":
                lines.append(f"<blockquote><p>{escape(block['text'])}</p></blockquote>")
            case _:
                lines.append(f"<p>{escape(block['text'])}</p>")
    lines.append(f"</main><footer>{escape(manuscript.footer)}</footer></body></html>")
    return "\n".join(lines).encode()


def _web_table(rows: list[list[str]]) -> str:
    head, *body = (
        "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)
        for tag, row in zip(["th"] + ["td"] * len(rows), rows, strict=False)
    )
    return f"<table><tr>{head}</tr>" + "".join(f"<tr>{row}</tr>" for row in body) + "</table>"
