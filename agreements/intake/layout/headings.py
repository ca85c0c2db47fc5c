"""Which paragraphs are headings, and of which level."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from agreements.intake.layout.glyphs import Glyphs
from agreements.intake.layout.paragraphs import Paragraph

_LARGER = 1.12  # than body text
_LONGEST = 200  # characters of a heading by size
_LONGEST_BOLD = 120  # characters of a heading by weight alone
_DEEPEST = 6
_NO_TITLE_ENDS_SO = (".", ",", ";", ":")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_ENOUGH = 0.5  # of the outline must be found in the text, or we don't believe it


class OutlineEntry(NamedTuple):
    """A line of the outline that the file carries itself."""

    title: str
    level: int  # 1 and up
    page: int  # from 0


def body_size(words: Iterable[Glyphs]) -> float:
    """Give the font size, in points, in which most characters of the document stand."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def find(
    paragraphs: Sequence[Paragraph], outline: Sequence[OutlineEntry], body: float
) -> dict[int, tuple[int, str | None]]:
    """Give for each heading its place in the list, its level (1 to 6) and, from an outline, its title."""
    by_outline = _by_outline(paragraphs, outline, body)
    if len(outline) > 1 and len(by_outline) >= _ENOUGH * len(outline):
        return by_outline
    return {at: (level, None) for at, level in _by_looks(paragraphs, body).items()}


def looks_like_one(paragraph: Paragraph, body: float) -> bool:
    """Whether it is set as a heading: larger, or bold, short and without a full stop."""
    if paragraph.bullet or paragraph.row or len(paragraph.lines) > 4:
        return False
    text = paragraph.text
    if sum(character.isalpha() for character in text) < 2:
        return False
    if paragraph.first.size >= _LARGER * body:
        return len(text) <= _LONGEST
    bold = all(line.bold for _, line in paragraph.lines)
    return (
        bold
        and paragraph.first.size >= 0.95 * body
        and len(text) <= _LONGEST_BOLD
        and len(paragraph.lines) <= 2
        and not text.endswith(_NO_TITLE_ENDS_SO)
        and not text[0].islower()
    )


def _by_looks(paragraphs: Sequence[Paragraph], body: float) -> dict[int, int]:
    found = [at for at, paragraph in enumerate(paragraphs) if looks_like_one(paragraph, body)]
    looks = {at: _look(paragraphs[at]) for at in found}
    ranks = {look: rank for rank, look in enumerate(sorted(set(looks.values()), reverse=True), 1)}
    return {at: min(ranks[look], _DEEPEST) for at, look in looks.items()}


def _look(paragraph: Paragraph) -> tuple[float, bool]:
    return round(paragraph.first.size * 2) / 2, paragraph.first.bold


def _by_outline(
    paragraphs: Sequence[Paragraph], outline: Sequence[OutlineEntry], body: float
) -> dict[int, tuple[int, str | None]]:
    """Find each entry back in the text. An entry without a place in the text is no heading of it."""
    on_page: dict[int, list[int]] = {}
    for at, paragraph in enumerate(paragraphs):
        on_page.setdefault(paragraph.lines[0][0], []).append(at)
    plain = {at: _plain(p.text) for at, p in enumerate(paragraphs) if len(p.lines) <= 4}
    found: dict[int, tuple[int, str | None]] = {}
    for entry in outline:
        title = _plain(entry.title)
        if not title:
            continue
        near = [
            at
            for page in (entry.page, entry.page + 1, entry.page - 1)
            for at in on_page.get(page, ())
            if at in plain and at not in found
        ]
        place = next((at for at in near if plain[at] == title), None)
        if place is None:  # "Inleiding" in the outline is "1. Inleiding" on the page, or reverse
            place = next(
                (
                    at
                    for at in near
                    if looks_like_one(paragraphs[at], body)
                    and len(plain[at]) > 3
                    and (plain[at].endswith(title) or title.endswith(plain[at]))
                ),
                None,
            )
        if place is not None:
            found[place] = (min(entry.level, _DEEPEST), entry.title)
    return found


def _plain(text: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", text).casefold()
