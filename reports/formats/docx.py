"""A report as DOCX, for who works with Word. Its house style is word_house.py. No Django inside.

What python-docx has no words for (footnotes, links, a language) is written as the elements of the standard.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as LINKS
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from reports.document import (
    Block,
    Blocks,
    Document,
    Heading,
    Item,
    Items,
    Level,
    Paragraph,
    Picture,
    Quote,
    Table,
    keeping_next,
)  # fmt: skip
from reports.formats.packing import packed_alike
from reports.formats.word_house import (
    LINK,
    RULE,
    SANS,
    SHORT_TABLE,
    SOFT,
    SURFACES,
    element,
    set_styles,
    size_in_table,
)

TEXT_WIDTH = 160  # mm


def render(document: Document, pngs: Sequence[bytes]) -> bytes:
    """Lay a document out as a DOCX; `pngs` are its pictures, in order."""
    return packed_alike(_Page(document, pngs).file())


class _Page:
    """A Word document that is being written."""

    def __init__(self, document: Document, pngs: Sequence[bytes]) -> None:
        self.document = document
        self.pngs = iter(pngs)
        self.word = WordDocument()
        self.body = self.word.element.body
        self.end = self.body.sectPr
        self.notes = _Notes(self.word)
        self.bookmarks = 0
        self.pictures = 0
        self.is_on_new_page = False  # where the next chapter begins
        set_styles(self.word, document)

    def file(self) -> bytes:
        self._properties()
        self._frame()
        self._opening()
        self._blocks(self.document.cover)
        if self.document.has_cover:
            self._contents()
        self._blocks(self.document.chapters, self.document.page_starts)
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()

    def _blocks(self, blocks: Blocks, page_starts: frozenset[int] = frozenset()) -> None:
        kept = keeping_next(blocks)
        for place, block in enumerate(blocks):
            if place in page_starts:
                self.is_on_new_page = True
            self.add(block)
            if place in kept:
                _keep_next(self.end.getprevious())

    def add(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                style = {"lead": "Lead", "soft": "Soft", "flag": "Flag"}.get(block.look, "Normal")
                self._paragraph(style, self._linked(self.word.part, block.text, block.address))
            case Level():
                aside = _runs(f" {block.aside}", color=SOFT) if block.aside else []
                self._paragraph("Normal", [*_badge(block), *aside])
            case Quote():
                self._quote(block)
            case Items():
                for item in block.items:
                    self._paragraph("List Bullet", self._item(item))
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)

    def _put(self, element: Any) -> Any:
        self.end.addprevious(element)
        return element

    def _paragraph(self, style: str, runs: Iterable[Any]) -> Any:
        return self._put(_paragraph(self.word.styles[style].style_id, runs))

    def _heading(self, block: Heading) -> None:
        made = self._paragraph(f"Heading {block.level}", _runs(block.text))
        if block.level == 1:
            self.bookmarks += 1
            if self.is_on_new_page:
                self.is_on_new_page = False
                made.get_or_add_pPr().append(OxmlElement("w:pageBreakBefore"))
            start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
            for mark in (start, end):
                mark.set(qn("w:id"), str(self.bookmarks))
            start.set(qn("w:name"), f"_Toc{self.bookmarks:06}")
            made.insert(1, start)
            made.append(end)

    def _quote(self, block: Quote) -> None:
        runs = _runs(f"“{block.text}”")
        if block.source:
            runs.append(self.notes.add(block.source, block.address))
        if block.detail:
            runs += [_break(), *_runs(block.detail, color=SOFT, size=9, font=SANS)]
        self._paragraph("Quote", runs)

    def _item(self, item: Item) -> list[Any]:
        runs = _runs(item.lead, bold=True) if item.lead else []
        runs += _runs(f" {item.text}" if item.lead and item.text else item.text)
        if item.source:
            runs += [*_runs(" ("), *self._linked(self.word.part, item.source, item.address)]
            runs += _runs(")")
        return runs

    def _linked(self, part: Any, text: str, address: str) -> list[Any]:
        return [_link(part, text, address)] if address else _runs(text)

    def _table(self, block: Table) -> None:
        widths = [width * TEXT_WIDTH * 1440 / 25.4 / sum(block.widths) for width in block.widths]
        size = size_in_table(len(block.heads))
        self._paragraph("Table caption", _runs(block.title))
        table = self._put(parse_xml(_TABLE))
        table.tblPr.append(element("w:tblCaption", val=block.title))
        for width in widths:
            table.tblGrid.append(element("w:gridCol", w=str(round(width))))
        head = _row(block.heads, widths, size, is_head=True)
        table.append(head)
        for row in block.rows:
            table.append(_row(row, widths, size))
        _keep_together(table)
        self._paragraph("After table", [])

    def _picture(self, block: Picture) -> None:
        self.pictures += 1
        self._paragraph("Picture title", _runs(block.title))
        made = self.word.add_picture(io.BytesIO(next(self.pngs)), width=Mm(block.width * 25.4 / 96))
        properties = made._inline.docPr
        properties.set("id", str(self.pictures))
        properties.set("name", block.title)
        properties.set("title", block.title)
        properties.set("descr", block.alt)
        made._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("descr", block.alt)

    def _opening(self) -> None:
        document = self.document
        self._paragraph("Kicker", _runs(f"Veiligheidsregio Twente · {document.kind}"))
        self._paragraph("Title", _runs(document.title))
        if document.subtitle:
            self._paragraph("Subtitle", _runs(document.subtitle))
        if document.lead:
            self._paragraph("Lead", _runs(document.lead))
        self._paragraph("Soft", _runs(document.standing))
        if document.about:
            self._paragraph("Warning", _runs(document.about))

    def _contents(self) -> None:
        """A field that Word can update, filled with links, so that it reads well without that."""
        headings = self.document.contents
        if not headings:
            return
        self._paragraph("Contents head", _runs("Inhoud"))
        for number, heading in enumerate(headings, start=1):
            runs: list[Any] = []
            if number == 1:
                runs += [_field("begin"), _instruction('TOC \\o "1-1" \\h \\z'), _field("separate")]
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), f"_Toc{number:06}")
            link.extend(_runs(heading.text))
            runs.append(link)
            if number == len(headings):
                runs.append(_field("end"))
            self._paragraph("toc 1", runs)

    def _frame(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        side = 25 if self.document.has_cover else 21
        section.left_margin = section.right_margin = Mm(side)
        section.top_margin = section.bottom_margin = Mm(25 if self.document.has_cover else 18)
        if self.document.about:
            header = section.header.paragraphs[0]
            header.style = self.word.styles["Small"]
            header._p.extend(_runs("Voorbeeld: over verzonnen akkoorden"))
        footer = section.footer.paragraphs[0]
        footer.style = self.word.styles["Small"]
        runs = _runs(f"Veiligheidsregio Twente · {self.document.standing} · ")
        for instruction, between in (("PAGE", " / "), ("NUMPAGES", "")):
            runs += [_field("begin"), _instruction(instruction), _field("separate"), *_runs("1")]
            runs += [_field("end"), *(_runs(between) if between else [])]
        footer._p.extend(runs)

    def _properties(self) -> None:
        made_at = datetime.fromisoformat(self.document.made_at)
        core = self.word.core_properties
        core.title = self.document.title_of_file
        core.author = core.last_modified_by = "Veiligheidsregio Twente"
        core.subject, core.comments, core.language = self.document.kind[:255], "", "nl-NL"
        core.created = core.modified = made_at.replace(tzinfo=None)
        core.revision = 1


class _Notes:
    """The footnotes, which are a part of the file of their own."""

    def __init__(self, word: Any) -> None:
        self.word = word
        self.root = parse_xml(_FOOTNOTES)
        self.number = 0
        uri = PackURI("/word/footnotes.xml")
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        self.part = XmlPart(uri, kind, self.root, word.part.package)
        word.part.relate_to(self.part, LINKS.FOOTNOTES)

    def add(self, text: str, address: str) -> Any:
        """Add a note; gives the run that refers to it."""
        self.number += 1
        mark = _run("FootnoteReference")
        mark.append(OxmlElement("w:footnoteRef"))
        words = [_link(self.part, text, address)] if address else _runs(text)
        note = element("w:footnote", id=str(self.number))
        note.append(_paragraph("FootnoteText", [mark, *_runs(" "), *words]))
        self.root.append(note)
        reference = _run("FootnoteReference")
        reference.append(element("w:footnoteReference", id=str(self.number)))
        return reference


def _paragraph(style: str, runs: Iterable[Any]) -> Any:
    made = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    properties.append(element("w:pStyle", val=style))
    made.append(properties)
    made.extend(list(runs))
    return made


def _keep_next(paragraph: Any) -> None:
    """Keep a paragraph on the page of what comes after it."""
    paragraph.get_or_add_pPr().get_or_add_keepNext()


def _keep_together(table: Any) -> None:
    """A short table stays whole; of a longer one the head and the first two rows, and the last two."""
    rows = list(table.tr_lst)[:-1]
    for row in rows if len(rows) < SHORT_TABLE else [*rows[:2], rows[-1]]:
        for paragraph in row.iter(qn("w:p")):
            _keep_next(paragraph)


def _run(style: str = "") -> Any:
    made = OxmlElement("w:r")
    if style:
        properties = OxmlElement("w:rPr")
        properties.append(element("w:rStyle", val=style))
        made.append(properties)
    return made


def _runs(
    text: str,
    *,
    bold: bool = False,
    color: str = "",
    size: float = 0,
    font: str = "",
    surface: str = "",
) -> list[Any]:
    """The words as one run; a line end in them is a line break."""
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if font:
        properties.append(element("w:rFonts", ascii=font, hAnsi=font, cs=font))
    if bold:
        properties.append(OxmlElement("w:b"))
    if color:
        properties.append(element("w:color", val=color))
    if size:
        properties.append(element("w:sz", val=str(round(size * 2))))
    if surface:
        properties.append(element("w:shd", val="clear", color="auto", fill=surface))
    if len(properties):
        run.append(properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(OxmlElement("w:br"))
        words = OxmlElement("w:t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
    return [run]


def _break() -> Any:
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:br"))
    return run


def _badge(level: Level, size: float = 0) -> list[Any]:
    if level.level is None:
        return _runs(f"\N{NO-BREAK SPACE}{level.word}\N{NO-BREAK SPACE}", color=SOFT, size=size)
    surface, ink = SURFACES[level.level]
    words = f"\N{NO-BREAK SPACE}{level.word}\N{NO-BREAK SPACE}"
    return _runs(words, color=ink, surface=surface, bold=level.level == 3, size=size)


def _link(part: Any, text: str, address: str) -> Any:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), part.relate_to(address, LINKS.HYPERLINK, is_external=True))
    runs = _runs(text, color=LINK)
    runs[0].rPr.append(element("w:u", val="single"))
    link.extend(runs)
    return link


def _row(
    cells: Sequence[str | Level], widths: Sequence[float], size: float, *, is_head: bool = False
) -> Any:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        if isinstance(cell, Level):
            runs = _badge(cell, size)
        else:
            strong = is_head or number == 0
            runs = _runs(
                cell, bold=strong, size=size - 0.5 * is_head, color=SOFT if is_head else ""
            )
        made = OxmlElement("w:tc")
        about = OxmlElement("w:tcPr")
        about.append(element("w:tcW", w=str(round(width)), type="dxa"))
        made.append(about)
        made.append(_paragraph("TableText", runs))
        row.append(made)
    return row


def _field(kind: str) -> Any:
    run = OxmlElement("w:r")
    run.append(element("w:fldChar", fldCharType=kind))
    return run


def _instruction(text: str) -> Any:
    run = OxmlElement("w:r")
    words = OxmlElement("w:instrText")
    words.text = f" {text} "
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run


_FOOTNOTES = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""
_TABLE = f"""<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="5000" w:type="pct"/>
<w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="{RULE}"/><w:insideH w:val="single" w:sz="4" w:color="{RULE}"/></w:tblBorders>
<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>
</w:tblPr><w:tblGrid/></w:tbl>"""
