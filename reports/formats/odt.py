"""A report as ODT, the open standard for who goes on writing. Its house style is odt-styles.xml. No Django inside."""

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree
from odfdo import Document as OpenDocument

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

_STYLES = Path(__file__).parent / "odt-styles.xml"
_SIZES = {
    True: {"KICKER_TOP": "30pt", "TITLE_SIZE": "28pt", "H1_TOP": "24pt", "H1_SIZE": "17pt", "H2_TOP": "16pt",
           "H2_SIZE": "13pt", "SIDE": "25mm", "EDGE": "18mm"},
    False: {"KICKER_TOP": "0pt", "TITLE_SIZE": "20pt", "H1_TOP": "14pt", "H1_SIZE": "14pt", "H2_TOP": "9pt",
            "H2_SIZE": "11.5pt", "SIDE": "21mm", "EDGE": "12mm"},
}  # fmt: skip  # with and without a cover
_CELL = {
    "fo:border-bottom": "0.5pt solid #d9d6cc", "fo:padding-left": "0mm", "fo:padding-right": "1.5mm",
    "fo:padding-top": "1.2mm", "fo:padding-bottom": "1.2mm",
}  # fmt: skip
_SHORT_TABLE = 10  # rows, from which a table may be parted over two pages
_TEXT_WIDTH = {True: 160, False: 168}  # mm
NAMESPACES = {
    prefix: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
        "svg": "svg-compatible", "fo": "xsl-fo-compatible",
    }.items()
} | {"xlink": "http://www.w3.org/1999/xlink"}  # fmt: skip


def render(document: Document, pngs: Sequence[bytes]) -> bytes:
    """Lay a document out as an ODT; `pngs` are its pictures, in order."""
    return packed_alike(_Text(document, pngs).file())


class _Text:
    """An ODF text that is being written."""

    def __init__(self, document: Document, pngs: Sequence[bytes]) -> None:
        self.document = document
        self.pngs = iter(pngs)
        self.open = OpenDocument("text")
        assert self.open.container  # a new document has one
        self.parts = self.open.container
        self.content = _made("office:document-content", {"office:version": "1.3"})
        self.automatic = _made("office:automatic-styles", within=self.content)
        body = _made("office:body", within=self.content)
        self.text = _made("office:text", within=body)
        self.chapters = self.notes = self.tables = 0
        self.kept: set[str] = set()  # styles that have a twin which keeps to what follows

    def file(self) -> bytes:
        self._opening()
        self._blocks(self.document.cover)
        if self.document.has_cover:
            self._contents()
        self._blocks(self.document.chapters, self.document.page_starts)
        self._properties()
        self._style("Row", "table-row", "table-row", {"fo:keep-together": "always"})
        self._style("Cell", "table-cell", "table-cell", _CELL)
        self.parts.set_part("styles.xml", self._styles())
        self.parts.set_part(
            "content.xml", etree.tostring(self.content, encoding="UTF-8", xml_declaration=True)
        )
        out = io.BytesIO()
        self.open.save(out)
        return out.getvalue()

    def _blocks(self, blocks: Blocks, page_starts: frozenset[int] = frozenset()) -> None:
        kept = keeping_next(blocks)
        for place, block in enumerate(blocks):
            self.add(block, on_new_page=place in page_starts)
            if place in kept:
                self._keep_next(self.text[-1])

    def _keep_next(self, paragraph: Any) -> None:
        """Keep a paragraph on the page of what comes after it, which in ODF is said by a style."""
        name = paragraph.get(_tag("text:style-name"))
        twin = f"Keeping_20_{name}"
        paragraph.set(_tag("text:style-name"), twin)
        if name not in self.kept:
            self.kept.add(name)
            keeps = {"fo:keep-with-next": "always"}
            self._style(twin, "paragraph", "paragraph", keeps, parent=name)

    def add(self, block: Block, *, on_new_page: bool = False) -> None:
        match block:
            case Heading():
                self._heading(block, on_new_page)
            case Paragraph():
                style = {"lead": "Lead", "soft": "Soft", "flag": "Flag"}.get(block.look, "Standard")
                _linked(self._paragraph(style), block.text, block.address)
            case Level():
                made = self._paragraph("Standard")
                _badge(made, block)
                if block.aside:
                    _said(made, f" {block.aside}", "Detail")
            case Quote():
                self._quote(block)
            case Items():
                self._items(block)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)

    def _paragraph(self, style: str, text: str = "", within: Any = None) -> Any:
        made = _made(
            "text:p", {"text:style-name": style}, within=self.text if within is None else within
        )
        _write(made, text)
        return made

    def _opening(self) -> None:
        document = self.document
        for style, text in (
            ("Kicker", f"Veiligheidsregio Twente · {document.kind}"),
            ("Title", document.title),
            ("Subtitle", document.subtitle),
            ("Lead", document.lead),
            ("Soft", document.standing),
            ("Warning", document.about),
        ):
            if text:
                self._paragraph(style, text)

    def _contents(self) -> None:
        """An index that the reader's program can make anew, filled with links, so that it reads well without that."""
        if not self.document.contents:
            return
        index = _made("text:table-of-content", {"text:name": "Inhoud"}, within=self.text)
        source = _made("text:table-of-content-source", {"text:outline-level": "1"}, within=index)
        _write(
            _made(
                "text:index-title-template",
                {"text:style-name": "Contents_20_Heading"},
                within=source,
            ),
            "Inhoud",
        )
        body = _made("text:index-body", within=index)
        title = _made("text:index-title", {"text:name": "Inhoud_Head"}, within=body)
        self._paragraph("Contents_20_Heading", "Inhoud", within=title)
        for number, heading in enumerate(self.document.contents, start=1):
            _linked(
                self._paragraph("Contents_20_1", within=body), heading.text, f"#chapter{number}"
            )

    def _heading(self, block: Heading, on_new_page: bool) -> None:
        style = "Chapter" if on_new_page else f"Heading_20_{block.level}"
        made = _made(
            "text:h",
            {"text:style-name": style, "text:outline-level": str(block.level)},
            within=self.text,
        )
        if block.level == 1:
            self.chapters += 1
            _made("text:bookmark", {"text:name": f"chapter{self.chapters}"}, within=made)
        _write(made, block.text)

    def _quote(self, block: Quote) -> None:
        made = self._paragraph("Quote", f"“{block.text}”")
        if block.source:
            self.notes += 1
            note = _made(
                "text:note",
                {"text:note-class": "footnote", "text:id": f"note{self.notes}"},
                within=made,
            )
            _made("text:note-citation", within=note).text = str(self.notes)
            body = _made("text:note-body", within=note)
            _linked(self._paragraph("Footnote", within=body), block.source, block.address)
        if block.detail:
            _made("text:line-break", within=made)
            _said(made, block.detail, "Detail")

    def _items(self, block: Items) -> None:
        made = _made("text:list", {"text:style-name": "Bullets"}, within=self.text)
        for item in block.items:
            self._item(self._paragraph("Item", within=_made("text:list-item", within=made)), item)

    def _item(self, line: Any, item: Item) -> None:
        if item.lead:
            _said(line, item.lead, "Strong")
        _write(line, f" {item.text}" if item.lead and item.text else item.text)
        if item.source:
            _write(line, " (")
            _linked(line, item.source, item.address)
            _write(line, ")")

    def _table(self, block: Table) -> None:
        self.tables += 1
        name = f"Table{self.tables}"
        width = _TEXT_WIDTH[self.document.has_cover]
        self._style(
            name,
            "table",
            "table",
            {
                "style:width": f"{width}mm",
                "table:align": "left",
                "fo:margin-bottom": "10pt",
                "style:may-break-between-rows": str(len(block.rows) >= _SHORT_TABLE).lower(),
            },
        )
        self._paragraph("Table_20_caption", block.title)
        table = _made(
            "table:table",
            {"table:name": block.title[:80], "table:style-name": name},
            within=self.text,
        )
        for number, share in enumerate(block.widths, start=1):
            style = f"{name}.{number}"
            self._style(
                style,
                "table-column",
                "table-column",
                {"style:column-width": f"{width * share / sum(block.widths):.2f}mm"},
            )
            _made("table:table-column", {"table:style-name": style}, within=table)
        columns = len(block.heads)
        look = "Widest_20_" if columns > 6 else "Wide_20_" if columns > 5 else ""
        heads = _made("table:table-header-rows", within=table)
        self._row(heads, block.heads, look, is_head=True)
        for row in block.rows:
            self._row(table, row, look)

    def _row(
        self, within: Any, cells: Sequence[str | Level], look: str, *, is_head: bool = False
    ) -> None:
        row = _made("table:table-row", {"table:style-name": "Row"}, within=within)
        for number, cell in enumerate(cells):
            made = _made(
                "table:table-cell",
                {"table:style-name": "Cell", "office:value-type": "string"},
                within=row,
            )
            style = (
                "Table_20_Heading"
                if is_head
                else "Row_20_Heading"
                if number == 0
                else "Table_20_Contents"
            )
            line = self._paragraph(f"{look}{style}", within=made)
            if isinstance(cell, Level):
                _badge(line, cell)
            else:
                _write(line, cell)

    def _picture(self, block: Picture) -> None:
        self._paragraph("Picture_20_title", block.title)
        path = self.open.add_file(
            _Named(next(self.pngs), f"{block.name}-{self.tables}-{self.notes}.png")
        )
        frame = _made(
            "draw:frame",
            {
                "draw:name": f"{block.title}"[:80],
                "text:anchor-type": "as-char",
                "svg:width": f"{block.width * 25.4 / 96:.2f}mm",
                "svg:height": f"{block.height * 25.4 / 96:.2f}mm",
            },
            within=self._paragraph("Standard"),
        )
        _made(
            "draw:image",
            {
                "xlink:href": path,
                "xlink:type": "simple",
                "xlink:show": "embed",
                "xlink:actuate": "onLoad",
            },
            within=frame,
        )
        _write(_made("svg:title", within=frame), block.title)
        _write(_made("svg:desc", within=frame), block.alt)

    def _style(
        self, name: str, family: str, kind: str, properties: dict[str, str], *, parent: str = ""
    ) -> None:
        about = {"style:name": name, "style:family": family}
        if parent:
            about["style:parent-style-name"] = parent
        style = _made("style:style", about, within=self.automatic)
        _made(f"style:{kind}-properties", properties, within=style)

    def _styles(self) -> bytes:
        text = _STYLES.read_text(encoding="utf-8")
        for word, size in _SIZES[self.document.has_cover].items():
            text = text.replace(word, size)
        root = etree.fromstring(text.encode())
        header, footer = root.iter(_tag("text:p"))
        if self.document.about:
            _write(header, "Voorbeeld: over verzonnen akkoorden")
        _write(footer, f"Veiligheidsregio Twente · {self.document.standing} · ")
        _made("text:page-number", {"text:select-page": "current"}, within=footer).text = "1"
        _write(footer, " / ")
        _made("text:page-count", within=footer).text = "1"
        return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))

    def _properties(self) -> None:
        made_at = datetime.fromisoformat(self.document.made_at).replace(microsecond=0, tzinfo=None)
        meta = self.open.meta
        meta.title = self.document.title_of_file
        meta.subject, meta.language = self.document.kind, "nl-NL"
        meta.creator = meta.initial_creator = "Veiligheidsregio Twente"
        meta.date = meta.creation_date = made_at


class _Named(io.BytesIO):
    """Bytes that know under which name they are kept."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name = name


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _made(name: str, attributes: dict[str, str] | None = None, *, within: Any = None) -> Any:
    values = {_tag(key): value for key, value in (attributes or {}).items()}
    if within is None:
        return etree.Element(_tag(name), values, nsmap=NAMESPACES)
    return etree.SubElement(within, _tag(name), values)


def _write(within: Any, text: str) -> None:
    """Put words at the end of an element; a line end in them is a line break."""
    for number, line in enumerate(text.split("\n")):
        if number:
            _made("text:line-break", within=within)
        # At the edge of an element a plain space may be taken for layout.
        rest = line.lstrip(" ")
        if len(rest) < len(line):
            _made("text:s", within=within)
        last = within[-1] if len(within) else None
        if last is None:
            within.text = (within.text or "") + rest
        else:
            last.tail = (last.tail or "") + rest


def _said(within: Any, text: str, style: str) -> None:
    _write(_made("text:span", {"text:style-name": style}, within=within), text)


def _badge(within: Any, level: Level) -> None:
    word = f"\N{NO-BREAK SPACE}{level.word}\N{NO-BREAK SPACE}"
    style = f"Level_20_{'none' if level.level is None else level.level}"
    _said(within, word, style)


def _linked(within: Any, text: str, address: str) -> None:
    if address:
        within = _made(
            "text:a",
            {"xlink:href": address, "xlink:type": "simple", "text:style-name": "Internet_20_link"},
            within=within,
        )
    _write(within, text)
