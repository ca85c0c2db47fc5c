"""Reads an OpenDocument text: headings, paragraphs, list items and rows of tables, and page breaks."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from agreements.intake import flow, strict_xml
from agreements.intake.archive import Archive, damaged, encrypted, external
from agreements.intake.document import ParsedDocument
from agreements.intake.flow import BULLET, Block
from agreements.intake.limits import Limits

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE = f"{{{_OASIS}office:1.0}}"
_TEXT = f"{{{_OASIS}text:1.0}}"
_TABLE = f"{{{_OASIS}table:1.0}}"
_DRAW = f"{{{_OASIS}drawing:1.0}}"
_STYLE = f"{{{_OASIS}style:1.0}}"
_FO = f"{{{_OASIS}xsl-fo-compatible:1.0}}"
_MANIFEST = f"{{{_OASIS}manifest:1.0}}"
_HREF = "{http://www.w3.org/1999/xlink}href"
# deleted text, remarks and notes are not part of the running text; a frame comes after its paragraph
_NOT_HERE = {
    _TEXT + "tracked-changes",
    _TEXT + "note",
    _OFFICE + "annotation",
    _OFFICE + "annotation-end",
    _DRAW + "frame",
    _DRAW + "custom-shape",
}
_CONTAINERS = {
    _TEXT + "section",
    _TEXT + "index-body",
    _TEXT + "table-of-content",
    _TEXT + "list-header",
    _DRAW + "text-box",
}
_MOST_SPACES = 100


def read(path: Path, limits: Limits) -> ParsedDocument:
    """Read an ODT. Raises Refused for macros, encryption, outside parts, bombs and damage."""
    with Archive(path) as archive:
        if (archive.read("mimetype") or b"").strip() != MEDIA_TYPE.encode():
            raise damaged()
        manifest = archive.read("META-INF/manifest.xml")
        if manifest and _is_encrypted(strict_xml.parse(manifest)):
            raise encrypted()
        content = archive.read("content.xml")
        styles = archive.read("styles.xml")
    if content is None:
        raise damaged()
    root = strict_xml.parse(content)
    parts = [root, *([strict_xml.parse(styles)] if styles else [])]
    for part in parts:
        _check_references(part)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise damaged()
    return flow.lay_out(MEDIA_TYPE, _Body(_styles_with_breaks(parts)).blocks(body), limits)


def _is_encrypted(manifest: etree._Element) -> bool:
    return next(manifest.iter(_MANIFEST + "encryption-data"), None) is not None


def _check_references(root: etree._Element) -> None:
    """Links may point outside; pictures, objects and sections may not."""
    for element in root.iter():
        target = element.get(_HREF, "")
        if not target or element.tag in (_TEXT + "a", _DRAW + "a"):
            continue
        if ":" in target.split("/")[0] or target.startswith(("/", "\\", "../../", "//")):
            raise external()
        if target.startswith("../") or element.tag == _TEXT + "section-source":
            raise external()


def _styles_with_breaks(parts: list[etree._Element]) -> set[str]:
    """The names of the styles whose paragraphs begin on a new page."""
    styles = [style for part in parts for style in part.iter(_STYLE + "style")]
    breaking = set()
    for style in styles:
        properties = style.find(_STYLE + "paragraph-properties")
        before = "" if properties is None else properties.get(_FO + "break-before", "")
        if before == "page" or style.get(_STYLE + "master-page-name"):
            breaking.add(style.get(_STYLE + "name", ""))
    return breaking


class _Body:
    """Walks through the body in reading order."""

    def __init__(self, breaking: set[str]) -> None:
        self._breaking = breaking
        self._text_since_break = False

    def blocks(self, parent: etree._Element, in_list: bool = False) -> Iterator[Block]:
        for element in parent:
            tag = element.tag
            if tag in (_TEXT + "p", _TEXT + "h"):
                yield from self._paragraph(element, in_list)
                in_list = False  # an item has one bullet
            elif tag == _TEXT + "list":
                for item in element:
                    yield from self.blocks(item, in_list=item.tag == _TEXT + "list-item")
            elif tag == _TABLE + "table":
                yield from self._table(element)
            elif tag == _TEXT + "soft-page-break":
                yield Block(self._soft_break())
            elif tag in _CONTAINERS:
                yield from self.blocks(element)
            elif tag == _DRAW + "frame":
                yield from self._frame(element)

    def _paragraph(self, paragraph: etree._Element, in_list: bool) -> Iterator[Block]:
        before = ""
        if paragraph.get(_TEXT + "style-name", "") in self._breaking and self._text_since_break:
            before = self._break()
        text = "".join(self._runs(paragraph))
        level = 0
        if paragraph.tag == _TEXT + "h":
            written = paragraph.get(_TEXT + "outline-level", "1")
            level = min(max(int(written), 1), 6) if written.isdecimal() else 1
        if in_list and not level and text.strip(" \f"):
            item = text.lstrip(" \f")
            text = text[: len(text) - len(item)] + BULLET + item
        yield Block(before + text, level)
        for frame in _frames(paragraph):
            yield from self._frame(frame)

    def _frame(self, frame: etree._Element) -> Iterator[Block]:
        if frame.tag == _DRAW + "custom-shape":
            yield from self.blocks(frame)
        for box in frame.findall(_DRAW + "text-box"):
            yield from self.blocks(box)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        for row in table.iter(_TABLE + "table-row"):
            if next(row.iterancestors(_TABLE + "table")) is not table:
                continue  # a table in a cell is read with its cell
            cells = []
            for cell in row.findall(_TABLE + "table-cell"):
                texts = [block.text.replace("\f", " ").strip() for block in self.blocks(cell)]
                cells.append(" ".join(text for text in texts if text))
            yield flow.table_row(cells)

    def _runs(self, parent: etree._Element) -> Iterator[str]:
        yield self._seen(parent.text)
        for element in parent:
            tag = element.tag
            if tag == _TEXT + "s":
                written = element.get(_TEXT + "c", "1")
                yield " " * (min(int(written), _MOST_SPACES) if written.isdecimal() else 1)
            elif tag in (_TEXT + "tab", _TEXT + "line-break"):
                yield " "
            elif tag == _TEXT + "soft-page-break":
                yield self._soft_break()
            elif tag not in _NOT_HERE and isinstance(tag, str):
                yield from self._runs(element)
            yield self._seen(element.tail)

    def _seen(self, text: str | None) -> str:
        text = (text or "").replace("\f", " ")
        self._text_since_break = self._text_since_break or bool(text.strip())
        return text

    def _soft_break(self) -> str:
        """Where the program last began a page; it writes this beside a real break as well."""
        return self._break() if self._text_since_break else ""

    def _break(self) -> str:
        self._text_since_break = False
        return "\f"


def _frames(parent: etree._Element) -> Iterator[etree._Element]:
    """The frames of a paragraph; a frame inside a frame is left to the paragraph that it stands in."""
    for element in parent:
        if element.tag in (_DRAW + "frame", _DRAW + "custom-shape"):
            yield element
        elif element.tag not in _NOT_HERE:
            yield from _frames(element)
