"""Reads a web page: its text as a visitor reads it, without scripts, menus and boilerplate."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from agreements.intake import encoding, flow
from agreements.intake.document import ParsedDocument
from agreements.intake.flow import BULLET, Block
from agreements.intake.limits import Limits
from agreements.intake.refusal import Refused

MEDIA_TYPE = "text/html"
_DROPPED = frozenset(
    {"head", "script", "style", "template", "noscript", "nav", "svg", "math", "iframe", "object"}
    | {"embed", "applet", "button", "input", "select", "textarea", "dialog", "audio", "video"}
    | {"canvas", "map", "area", "del"}
)
_BOILERPLATE = frozenset(
    {"header", "footer", "aside"}
)  # of the site; inside an article it is content
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "complementary"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font"}
    | {"i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike"}
    | {"strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
_CHARSET_WITHIN = 4096  # bytes
_HEADING = re.compile(r"^h([1-6])$")
_DEEPEST = 200  # elements in elements
_LINE_END = "\v"  # of a <br>; becomes a space, as the line ends in the source do


def read(path: Path, limits: Limits) -> ParsedDocument:
    """Read a web page that was saved as one file."""
    data = path.read_bytes()
    text = encoding.decode(data, _declared(data))
    if text is None:
        raise Refused(
            "damaged",
            "Deze webpagina is niet als tekst te lezen. "
            "Sla de pagina opnieuw op in uw browser, of bewaar haar als PDF, en upload dat bestand.",
        )
    root: Element = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    return flow.lay_out(MEDIA_TYPE, _Walk().blocks(_main_part(root)), limits)


def _declared(data: bytes) -> str | None:
    """The encoding that the page says it is in, if that is one of text."""
    found = _CHARSET.search(data[:_CHARSET_WITHIN])
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    if name.startswith("utf-16"):
        return "utf-8"  # we read its name byte by byte, so it can't be; browsers do the same
    try:
        b"a".decode(name)
    except (LookupError, ValueError):  # not known, or not an encoding of text, such as rot13
        return None
    return name


def _main_part(root: Element) -> Element:
    """The element that the page itself calls its main content, if there is one."""
    mains = [element for element in root.iter() if _is_main(element)]
    if len(mains) == 1 and "".join(mains[0].itertext()).strip():
        return mains[0]
    body = root.find("body")
    return root if body is None else body


def _is_main(element: Element) -> bool:
    return element.tag == "main" or element.get("role") == "main"


class _Walk:
    """Collects blocks: running text until an element that begins a new one."""

    def __init__(self) -> None:
        self._text: list[str] = []

    def blocks(self, root: Element, depth: int = 0) -> Iterator[Block]:
        yield from self._inside(root, in_article=_is_main(root), depth=depth)
        yield from self._flush()

    def _inside(self, parent: Element, in_article: bool, depth: int) -> Iterator[Block]:
        if depth > _DEEPEST:
            raise Refused(
                "too-deep",
                "Deze webpagina is te ingewikkeld opgebouwd om te lezen. "
                "Bewaar de pagina als PDF en upload dat bestand.",
            )
        self._text.append(parent.text or "")
        for element in parent:
            yield from self._element(element, in_article, depth + 1)
            self._text.append(element.tail or "")

    def _element(self, element: Element, in_article: bool, depth: int) -> Iterator[Block]:
        tag = element.tag
        if not isinstance(tag, str) or _is_dropped(element, in_article):
            return
        if tag == "br":
            # one is a line end inside a paragraph; an empty line is a new paragraph
            if "".join(self._text[-2:]).rstrip(" \n").endswith(_LINE_END):
                yield from self._flush()
            else:
                self._text.append(_LINE_END)
        elif tag in _INLINE:
            yield from self._inside(element, in_article, depth)
        elif tag == "tr":
            yield from self._flush()
            cells = [cell for cell in element if cell.tag in ("td", "th")]
            shown = [cell for cell in cells if not _is_dropped(cell, in_article)]
            yield flow.table_row([_plain(cell, depth + 1) for cell in shown])
        else:
            yield from self._flush()
            heading = _HEADING.match(tag)
            prefix = BULLET if tag == "li" else ""
            yield from self._marked(
                self._inside(element, in_article or tag in ("article", "main"), depth), prefix
            )
            yield from self._flush(int(heading[1]) if heading else 0, prefix)

    def _marked(self, blocks: Iterator[Block], prefix: str) -> Iterator[Block]:
        """Put the bullet before the first text of a list item, wherever inside it that stands."""
        for block in blocks:
            if prefix and block.text.strip() and not block.text.startswith(BULLET):
                yield Block(prefix + block.text, block.level)
                prefix = ""
            else:
                yield block

    def _flush(self, level: int = 0, prefix: str = "") -> Iterator[Block]:
        text = "".join(self._text).replace("\f", " ").strip()
        self._text = []
        if text:
            yield Block(prefix + text, level)


def _is_dropped(element: Element, in_article: bool) -> bool:
    name = element.tag.rpartition("}")[2]  # drawings and formulas have a namespace
    if name in _DROPPED or element.get("role") in _ROLES:
        return True
    if element.tag in _BOILERPLATE and not in_article:
        return True
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _plain(cell: Element, depth: int) -> str:
    """The text of a table cell, all in one. `depth` counts on: cells may hold tables with cells."""
    blocks = _Walk().blocks(cell, depth)
    return " ".join(block.text for block in blocks)
