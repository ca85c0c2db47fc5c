"""Writes a laid-out page as HTML. Every text goes through `escape`; nothing else here is text of others.

Written by hand and not as a template, because a long document has thousands of pieces. Pure: no Django;
`Html` is a string that templates take as it is.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from agreements.reading import PASSAGE, Mark, Paragraph, Piece, ReadingPage

_HEADING = {1: "h2", 2: "h3"}  # of the page; deeper ones are h4


class Html(str):
    """Markup that was escaped where it had to be."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True)
class DrawnPage:
    """A page ready for the screen; `marks` is JSON for the page view of a PDF, empty without marks."""

    number: int
    html: Html
    marks: str


def draw(pages: Iterable[ReadingPage], *, linked: bool) -> list[DrawnPage]:
    """Write pages as HTML. `linked` makes the letter behind a mark a link to that mark.

    A paragraph's text is the version's to the letter, from its data-start on: no space may slip in.
    """
    return [
        DrawnPage(
            number=page.number,
            html=Html("".join(_paragraph(paragraph, linked) for paragraph in page.paragraphs)),
            marks=_marks(page.marks),
        )
        for page in pages
    ]


def _marks(marks: Iterable[Mark]) -> str:
    """[[kind, id, start, end, [[theme key, letter], ...]], ...]"""
    rows = [
        [mark.kind, mark.id, mark.start, mark.end, [theme[:2] for theme in mark.themes]]
        for mark in marks
    ]
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def _paragraph(paragraph: Paragraph, linked: bool) -> str:
    start = paragraph.start
    inside = "".join(part for piece in paragraph.pieces for part in _piece(piece, linked))
    if paragraph.level:
        tag = _HEADING.get(paragraph.level, "h4")
        return f'<{tag} id="t{start}" data-start="{start}">{inside}</{tag}>'
    bullet = ' class="bullet"' if paragraph.is_bullet else ""
    return f'<p data-start="{start}"{bullet}>{inside}</p>'


def _piece(piece: Piece, linked: bool) -> Iterator[str]:
    for mark in piece.begins:
        yield f'<span class="anchor" id="{mark.anchor}"></span>'
    if not piece.marks:
        yield escape(piece.text)
        return
    themes = piece.themes
    classes = [f"theme-{themes[0]}"] if themes else []
    classes += [f"also-{key}" for key in themes[1:2]]
    if piece.is_only_suggested:
        classes.append("suggested")
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
    letters = "".join(dict.fromkeys(letter for mark in piece.ends for _, letter, _ in mark.themes))
    return f' data-label="{escape(letters)}"' if letters else ""


def _link(mark: Mark) -> str:
    """A link without text of its own: its letters come from CSS, so that offsets stay what they are."""
    is_passage = mark.kind == PASSAGE
    names = ", ".join(dict.fromkeys(name for _, _, name in mark.themes))
    letters = "".join(dict.fromkeys(letter for _, letter, _ in mark.themes))
    word = "Passage" if is_passage else "Voorstel"
    return (
        f'<a class="tag theme-{mark.themes[0][0] if mark.themes else "none"}" '
        f'href="?{word.lower()}={mark.id}#{mark.anchor}" data-m="{mark.kind}{mark.id}" '
        f'data-label="{escape(letters)}{"" if is_passage else "?"}" '
        f'aria-label="{word}: {escape(names)}"></a>'
    )
