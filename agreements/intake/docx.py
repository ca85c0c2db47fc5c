"""Reads a Word document: headings, paragraphs, list items and rows of tables, and its page breaks."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from agreements.intake import flow, strict_xml
from agreements.intake.archive import Archive, damaged, external, macros
from agreements.intake.document import ParsedDocument
from agreements.intake.flow import BULLET, Block
from agreements.intake.limits import Limits

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = "word/document.xml"
_MAIN_TYPE = MEDIA_TYPE + ".main+xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# deleted and moved text is not in the document any more; a text box comes after its paragraph
_NOT_HERE = {_W + "del", _W + "moveFrom", _W + "txbxContent", _W + "pPr", _FALLBACK}
# ordinary Word files name these; nothing here ever follows them
_MAY_BE_EXTERNAL = ("/hyperlink", "/attachedTemplate", "/image")
_BREAK_BEFORE = "\f"


def read(path: Path, limits: Limits) -> ParsedDocument:
    """Read a DOCX. Raises Refused for macros, encryption, outside parts, bombs and damage."""
    with Archive(path) as archive:
        _check(archive)
        main = archive.read(_MAIN)
        styles = archive.read("word/styles.xml")
    if main is None:
        raise damaged()
    body = strict_xml.parse(main).find(_W + "body")
    if body is None:
        raise damaged()
    style_sheet = _Styles(strict_xml.parse(styles) if styles else None)
    return flow.lay_out(MEDIA_TYPE, _Body(style_sheet).blocks(body), limits)


def _check(archive: Archive) -> None:
    content_types = archive.read("[Content_Types].xml")
    if content_types is None:
        raise damaged()
    types = [part.get("ContentType", "") for part in strict_xml.parse(content_types).iter()]
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in types):
        raise macros()
    if _MAIN_TYPE not in types:
        raise damaged()
    for name in archive.names:
        if name.endswith(".rels"):
            relations = strict_xml.parse(archive.read(name) or b"")
            for relation in relations:
                outside = relation.get("TargetMode") == "External"
                if outside and not relation.get("Type", "").endswith(_MAY_BE_EXTERNAL):
                    raise external()


class _Styles:
    """What the paragraph styles say about headings, lists and page breaks."""

    def __init__(self, root: etree._Element | None) -> None:
        found = root.iter(_W + "style") if root is not None else ()
        self._styles = {style.get(_W + "styleId", ""): style for style in found}

    def level(self, style_id: str) -> int:
        """The heading level of a style, 1 to 9; 0 for other text."""
        for style in self._with_ancestors(style_id):
            name = _value(style.find(_W + "name")).casefold()
            if name == "title":
                return 1
            if name.startswith("heading ") and name[8:].isdigit():
                return int(name[8:])
            if (level := _outline_level(style.find(_W + "pPr"))) is not None:
                return level
        return 0

    def is_list(self, style_id: str) -> bool:
        """Whether paragraphs of this style are list items."""
        return any(_is_list(style.find(_W + "pPr")) for style in self._with_ancestors(style_id))

    def breaks_before(self, style_id: str) -> bool:
        """Whether paragraphs of this style begin on a new page."""
        return any(
            _breaks_before(style.find(_W + "pPr")) for style in self._with_ancestors(style_id)
        )

    def _with_ancestors(self, style_id: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = _value(self._styles[style_id].find(_W + "basedOn"))


class _Body:
    """Walks through the body in reading order."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._text_since_break = False
        self._break_owed = False  # a section ended: what follows stands on a new page

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        for element in parent:
            if element.tag == _W + "p":
                yield from self._paragraph(element)
            elif element.tag == _W + "tbl":
                yield from self._table(element)
            elif element.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml"):
                yield from self.blocks(element)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        properties = paragraph.find(_W + "pPr")
        style = ""
        if properties is not None:
            style = _value(properties.find(_W + "pStyle"))
        before = ""
        starts_page = _breaks_before(properties) or self._styles.breaks_before(style)
        if (starts_page or self._break_owed) and self._text_since_break:
            before = self._break()
        self._break_owed = False
        text = self._text(paragraph)
        level = self._level(properties, style)
        if text.strip(" \f") and not level and self._in_list(properties, style):
            # a break before the text of an item stands before its bullet too
            item = text.lstrip(" \f")
            text = text[: len(text) - len(item)] + BULLET + item
        yield Block(before + text, level)
        for box in _boxes(paragraph):
            yield from self.blocks(box)
        if properties is not None and properties.find(_W + "sectPr") is not None:
            self._break_owed = _next_section_is_on_a_new_page(paragraph)

    def _level(self, properties: etree._Element | None, style: str) -> int:
        own = _outline_level(properties)
        return self._styles.level(style) if own is None else own

    def _in_list(self, properties: etree._Element | None, style: str) -> bool:
        if properties is not None and properties.find(_W + "numPr") is not None:
            return _is_list(properties)
        return self._styles.is_list(style)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        for row in _children(table, "tr"):
            cells = []
            for cell in _children(row, "tc"):
                # a page break inside a cell would cut its row in two
                texts = [block.text.replace("\f", " ").strip() for block in self.blocks(cell)]
                cells.append(" ".join(text for text in texts if text))
            yield flow.table_row(cells)

    def _text(self, parent: etree._Element) -> str:
        return "".join(self._runs(parent))

    def _runs(self, parent: etree._Element) -> Iterator[str]:
        for element in parent:
            tag = element.tag
            if tag in _NOT_HERE or (tag == _W + "r" and _is_hidden(element)):
                continue
            if tag == _W + "t":
                text = (element.text or "").replace("\f", " ")
                self._text_since_break = self._text_since_break or bool(text.strip())
                yield text
            elif tag == _W + "tab" or tag == _W + "cr":
                yield " "
            elif tag == _W + "noBreakHyphen":
                yield "-"
            elif tag == _W + "br":
                # a break that someone put there parts two words, unlike one that Word came to
                yield " " + (self._break() if element.get(_W + "type") == "page" else "")
            elif tag == _W + "lastRenderedPageBreak":
                # Word writes it after a real break as well
                yield self._break() if self._text_since_break else ""
            else:
                yield from self._runs(element)

    def _break(self) -> str:
        self._text_since_break = False
        return _BREAK_BEFORE


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of this name, also those inside content controls."""
    for element in parent:
        if element.tag == _W + name:
            yield element
        elif element.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml"):
            yield from _children(element, name)


def _boxes(parent: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a paragraph; a box inside a box is left to the paragraph that it stands in."""
    for element in parent:
        if element.tag == _W + "txbxContent":
            yield element
        elif element.tag not in _NOT_HERE:
            yield from _boxes(element)


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(_W + "val", "")


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(_W + "val", "1") not in ("0", "false", "off")


def _outline_level(properties: etree._Element | None) -> int | None:
    """The heading level; 0 when it says body text, None when it says nothing."""
    if properties is None:
        return None
    written = _value(properties.find(_W + "outlineLvl"))
    if not written.isdecimal():
        return None
    return int(written) + 1 if int(written) < 9 else 0


def _is_list(properties: etree._Element | None) -> bool:
    if properties is None:
        return False
    number = properties.find(f"{_W}numPr/{_W}numId")
    return number is not None and _value(number) != "0"


def _breaks_before(properties: etree._Element | None) -> bool:
    return properties is not None and _is_on(properties.find(_W + "pageBreakBefore"))


def _is_hidden(run: etree._Element) -> bool:
    return _is_on(run.find(f"{_W}rPr/{_W}vanish"))


def _next_section_is_on_a_new_page(paragraph: etree._Element) -> bool:
    """The break before a section is described in the properties at that section's own end."""
    following: Iterable[etree._Element] = paragraph.itersiblings()
    for element in following:
        for section in element.iter(_W + "sectPr"):
            return _value(section.find(_W + "type")) not in ("continuous", "nextColumn")
    return False
