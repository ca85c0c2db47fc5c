"""Writes a laid-out page as HTML. Every text goes through `escape`; nothing else here is text of others.

Written by hand and not as a template, because a long document has thousands of pieces. Pure: no Django;
`Html` is a string that templates take as it is.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from agreements.reading import PASSAGE, Mark, Paragraph, Piece, ReadingPage

_HEADING = {1: "h2", 2: "h3"}  # of the page; deeper ones are h4
_OUT_OF_BAND = ' hx-swap-oob="outerHTML"'
_EMPTY = '<p class="soft">Op deze bladzijde staat geen tekst.</p>'


class Html(str):
    """Markup that was escaped where it had to be."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def draw(pages: Iterable[ReadingPage], *, linked: bool, swap: bool = False) -> list[Html]:
    """Write each page as a section.

    `linked` makes the letter behind a mark a link to that mark; `swap` lets HTMX put the page in the
    place of the one that is there. data-marks is for the page view of a PDF. A paragraph's text is the
    version's to the letter, from its data-start on: no space may slip in.
    """
    return [_page(page, linked, swap) for page in pages]


def read_button(number: int, *, is_read: bool, swap: bool = False) -> Html:
    """The button at the foot of a page that says that it is read; it stands in the form #read-form."""
    name, pressed, word = (
        ("unread", "true", "Gelezen ✓") if is_read else ("number", "false", "Gelezen")
    )
    return Html(
        f'<button class="page-read" id="read-button-{number}" name="{name}" value="{number}" '
        f'aria-pressed="{pressed}" aria-label="Bladzijde {number} gelezen"{_OUT_OF_BAND * swap}>{word}</button>'
    )


def _page(page: ReadingPage, linked: bool, swap: bool) -> Html:
    number = page.number
    marks = f' data-marks="{escape(_marks(page.marks))}"' if page.marks else ""
    inside = "".join(_paragraph(paragraph, linked) for paragraph in page.paragraphs)
    return Html(
        f'<section class="page" id="blz-{number}" data-page="{number}" aria-label="Bladzijde {number}"'
        f"{marks}{_OUT_OF_BAND * swap}>"
        f'<p class="page-number" aria-hidden="true">blz. {number}</p>'
        f"{inside or _EMPTY}</section>"
    )


def _marks(marks: Iterable[Mark]) -> str:
    """[[kind, id, start, end, [[theme key, letter], ...]], ...]"""
    rows = [
        [mark.kind, mark.id, mark.start, mark.end, [theme[:2] for theme in mark.themes]]
        for mark in marks
    ]
    return json.dumps(rows, separators=(",", ":"))


def _paragraph(paragraph: Paragraph, linked: bool) -> str:
    start = paragraph.start
    inside = "".join(part for piece in paragraph.pieces for part in _piece(piece, linked))
    if paragraph.level:
        tag = _HEADING.get(paragraph.level, "h4")
        return f'<{tag} id="t{start}" data-start="{start}">{inside}</{tag}>'
    bullet = ' class="bullet"' if paragraph.is_bullet else ""
    return f'<p data-start="{start}"{bullet}>{inside}</p>'


def _piece(piece: Piece, linked: bool) -> Iterator[str]:
    if not piece.marks:
        yield escape(piece.text)
        return
    for mark in piece.begins:
        yield f'<span class="anchor" id="{mark.anchor}"></span>'
    themes = piece.themes
    classes = [f"theme-{themes[0]}"] if themes else []
    classes += [f"also-{key}" for key in themes[1:2]]
    if piece.is_only_suggested:
        classes.append("suggested")
    if piece.is_found:
        classes.append("found")
    if piece.lit:
        classes.append("lit")
    over = " ".join(f"{mark.kind}{mark.id}" for mark in piece.marks)
    label = "" if linked else _label(piece)
    yield f'<mark class="{" ".join(classes)}" data-m="{over}"{label}>{escape(piece.text)}</mark>'
    if linked:
        for mark in piece.ends:
            yield _link(mark)


def _label(piece: Piece) -> str:
    """The letters of the passages that end here, so that colour never stands alone."""
    letters, _ = _said(tuple(theme for mark in piece.ends for theme in mark.themes))
    return f' data-label="{letters}"' if letters else ""


def _link(mark: Mark) -> str:
    """A link without text of its own: its letters come from CSS, so that offsets stay what they are."""
    letters, names = _said(mark.themes)
    theme = mark.themes[0][0] if mark.themes else "none"
    is_passage = mark.kind == PASSAGE
    word, asked, doubt = ("Passage", "passage", "") if is_passage else ("Voorstel", "voorstel", "?")
    return (
        f'<a class="tag theme-{theme}" href="?{asked}={mark.id}#{mark.anchor}" '
        f'data-m="{mark.kind}{mark.id}" data-label="{letters}{doubt}" aria-label="{word}: {names}"></a>'
    )


@lru_cache(maxsize=512)
def _said(themes: tuple[tuple[str, str, str], ...]) -> tuple[str, str]:
    """The letters of these themes and their names, each once and escaped."""
    letters = dict.fromkeys(letter for _, letter, _ in themes)
    names = dict.fromkeys(name for _, _, name in themes)
    return escape("".join(letters)), escape(", ".join(names))
