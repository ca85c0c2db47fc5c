"""The house style of every DOCX: a style per kind of words, in letters that every Word has. No Django inside."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.document import Document

SANS, SERIF = "Calibri", "Georgia"  # what every Word has
INK, SOFT, BRAND, RULE = "17212B", "4A5866", "0B3C5D", "D9D6CC"
LINK = "0B4F7D"
WARNING = "FFE9A8"
# Per level the surface and the letters on it.
SURFACES = {
    0: ("FFFFFF", INK),
    1: ("CFE4EE", INK),
    2: ("6FB1CB", "0A1C28"),
    3: ("0D4F70", "FFFFFF"),
}
HEADINGS = {1: (17, 24, 8), 2: (13, 16, 6), 3: (11, 12, 4)}  # points: size, before, after

SHORT_TABLE = 10  # rows, from which a table may be parted over two pages


def size_in_table(columns: int) -> float:
    """The size of the letters in a table of so many columns, in points: no word is wider than its column."""
    return 7.2 if columns > 6 else 8.5 if columns > 5 else 9.5


def set_styles(word: Any, document: Document) -> None:
    """The look of everything: a style per kind of words, so that who edits the file can change it in one place."""
    styles = word.styles
    _language(styles)
    _style(styles["Normal"], size=10.5, color=INK, after=6)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    smaller = 1 if document.has_cover else 0.7
    for number, (size, before, after) in HEADINGS.items():
        made = styles[f"Heading {number}"]
        _style(
            made,
            size=size if smaller == 1 else size * 0.85,
            color=BRAND,
            before=before * smaller,
            after=after * smaller,
            bold=True,
        )
        made.paragraph_format.keep_with_next = True
    _style(styles["Title"], size=28 if document.has_cover else 20, color=BRAND, after=4, bold=True)
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)
    _style(styles["Subtitle"], size=14, color=SOFT, after=10)
    _style(styles["Quote"], size=10.5, color=INK, font=SERIF, before=4, after=8)
    _edge(styles["Quote"])
    styles["Quote"].paragraph_format.keep_together = True
    _style(styles["List Bullet"], size=10.5, color=INK, after=4)
    own: dict[str, dict[str, Any]] = {
        "Kicker": {"size": 10, "color": SOFT, "before": 30 if document.has_cover else 0},
        "Lead": {"size": 12.5, "color": INK, "after": 8},
        "Soft": {"size": 9.5, "color": SOFT},
        "Small": {"size": 8.5, "color": SOFT},
        "Flag": {"size": 10.5, "color": INK},
        "Warning": {"size": 10.5, "color": INK, "before": 6, "after": 10},
        "Contents head": {"size": 13, "color": BRAND, "before": 14, "bold": True},
        "toc 1": {"size": 10.5, "color": INK, "after": 4},
        "Picture title": {"size": 10.5, "color": INK, "before": 8, "bold": True},
        "Table caption": {"size": 9, "color": SOFT, "before": 6, "after": 2},
        "Table text": {"size": 9.5, "color": INK, "before": 2, "after": 2},
        "After table": {"size": 4, "color": INK, "after": 4},
        "footnote text": {"size": 8.5, "color": INK, "after": 2},
    }
    for name, look in own.items():
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        _style(made, **look)
    for name in ("Picture title", "Table caption"):
        styles[name].paragraph_format.keep_with_next = True
    _edge(styles["Flag"])
    styles["Table text"].element.set(qn("w:styleId"), "TableText")
    styles["footnote text"].element.set(qn("w:styleId"), "FootnoteText")
    styles["Warning"].element.get_or_add_pPr().append(
        element("w:shd", val="clear", color="auto", fill=WARNING)
    )
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.element.set(qn("w:styleId"), "FootnoteReference")
    mark.font.superscript = True


def _style(
    style: Any,
    *,
    size: float,
    color: str,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    font: str = SANS,
) -> None:
    style.font.name, style.font.size, style.font.bold = font, Pt(size), bold
    style.font.italic, style.font.color.rgb = False, RGBColor.from_string(color)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), font)
    for old in style.element.rPr.findall(qn("w:spacing")) + style.element.rPr.findall(qn("w:kern")):
        style.element.rPr.remove(old)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _edge(style: Any) -> None:
    """A line to the left of the words, and room beside it."""
    style.paragraph_format.left_indent = Mm(4)
    border = OxmlElement("w:pBdr")
    border.append(element("w:left", val="single", sz="12", space="8", color=BRAND))
    style.element.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _language(styles: Any) -> None:
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val="nl-NL", eastAsia="nl-NL", bidi="nl-NL"))


def element(name: str, **values: str) -> Any:
    """An element of WordprocessingML with these attributes."""
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
