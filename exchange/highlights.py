"""The passages of one version as highlights in its own PDF."""

from collections import defaultdict
from pathlib import Path

from django.utils.timezone import localtime

from agreements.models import Coding, Page
from exchange.highlighting.making import highlighted
from exchange.highlighting.quads import Highlight, boxes_of, lines_of
from exchange.identity import guid
from exchange.quotes import NO_ROLE, role_of
from exchange.scope import IS_PUBLISHED

PDF = "application/pdf"
# Of each theme the line colour of the portal, so light that black words on it keep a contrast of 12 : 1 or more.
COLOURS = {
    "zorg_veiligheid_straf": (0.90, 0.76, 0.84),
    "ondermijning": (0.97, 0.82, 0.62),
    "digitale_kwetsbaarheid": (0.72, 0.84, 0.97),
    "toezicht_handhaving": (0.74, 0.91, 0.79),
    "crisisbeheersing": (0.84, 0.79, 0.96),
    "brandweer": (0.99, 0.75, 0.76),
}
_OTHER = (1.0, 0.93, 0.55)
FICTION = "VERZONNEN VOORBEELD. Dit akkoord is niet echt."


def can_hold_highlights(version):
    """Whether the version is a PDF; of what else people upload no page is kept."""
    return version.media_type == PDF and bool(version.file)


def pdf_with_highlights(version, *, is_work):
    """The version's PDF with its passages: what is published, or of work all of them with their notes.

    Raises Refused, with a Dutch reason, where the file can't take them.
    """
    codings = Coding.objects.filter(passage__version=version)
    if not is_work:
        codings = codings.filter(IS_PUBLISHED)
    is_fiction = version.agreement.is_fiction
    return highlighted(
        Path(version.file.path),
        list(_highlights(version, codings, is_work=is_work)),
        warning=FICTION if is_fiction else "",
    )


def _highlights(version, codings, *, is_work):
    """One highlight per passage, theme and page, in reading order."""
    together = defaultdict(list)
    rows = codings.select_related("passage", "theme", "focus_point")
    rows = rows.annotate(role=role_of("passage__created_by"))
    for coding in rows.order_by("passage__start", "passage__end", "theme__number", "pk"):
        together[coding.passage, coding.theme].append(coding)
    words = _words(version, [passage for passage, _ in together])
    for (passage, theme), codings_of in together.items():
        # The second half of a word that is broken over the page stands on the page after the last.
        for number in range(passage.first_page, passage.last_page + 2):
            boxes = lines_of(boxes_of(words.get(number, ()), passage.start, passage.end))
            if boxes:
                yield Highlight(
                    page=number - 1,
                    boxes=boxes,
                    colour=COLOURS.get(theme.key, _OTHER),
                    name=guid("highlight", version.sha256, passage.pk, theme.key, number),
                    author=codings_of[0].role or NO_ROLE,
                    subject=theme.name,
                    contents=_contents(theme, codings_of, version, is_work=is_work),
                    modified=_pdf_date(max(coding.created_at for coding in codings_of)),
                )


def _words(version, passages):
    """By the number of a page its words, of the pages that these passages touch."""
    numbers = {n for passage in passages for n in range(passage.first_page, passage.last_page + 2)}
    pages = Page.objects.filter(version=version, number__in=numbers)
    return dict(pages.values_list("number", "words"))


def _contents(theme, codings, version, *, is_work):
    lines = [FICTION] if version.agreement.is_fiction else []
    lines.append(f"Thema: {theme}")
    for coding in codings:
        strength = coding.get_strength_display()
        point = coding.focus_point
        lines.append(f"Aandachtspunt: {point} ({strength})" if point else f"Sterkte: {strength}")
        if is_work and coding.note:
            lines.append(f"Notitie: {coding.note}")
    return "\n".join(lines)


def _pdf_date(moment):
    return localtime(moment).strftime("D:%Y%m%d%H%M%S")
