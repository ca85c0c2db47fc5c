"""The yardstick as codes: themes, and below them the focus points of each regional input."""

from collections import defaultdict

from exchange.highlights import COLOURS
from exchange.identity import guid
from exchange.incoming import COLUMNS, GROUP, TERMS
from exchange.refi_qda import Code
from exchange.tables.sheets import Column, Sheet
from themes.models import Ambition, FocusPoint, RegionalInput, Term, Theme
from themes.term_list import Line, write


def codes(*, has_terms):
    """A code per theme, below it one per regional input that can't be coded with, and below that its focus points.

    Those are of the newest edition; what was dropped stays for its codings, and can't be coded with any more. `has_terms`: with the terms of
    the theme detection in the description, which are for who sees work.
    """
    points = defaultdict(list)
    for point in FocusPoint.objects.select_related("theme"):
        points[point.theme_id, point.regional_input_id].append(point)
    ambitions = dict(_ambitions())
    terms = _terms() if has_terms else {}
    inputs = list(RegionalInput.objects.select_related("term"))
    return [
        Code(
            guid=code_of_theme(theme.key),
            name=theme.name,
            description=_terms_of(terms.get(theme.pk)),
            colour=_colour(theme),
            below=[
                Code(
                    guid=guid("input", theme.key, each.term.start_year),
                    name=f"{GROUP} {each.term}",
                    description=ambitions.get((theme.pk, each.pk), ""),
                    is_codable=False,
                    below=[_point(point, each) for point in points[theme.pk, each.pk]],
                )
                for each in inputs
                if points[theme.pk, each.pk]
            ],
        )
        for theme in Theme.objects.all()
    ]


def sheet():
    """The focus points of every regional input as the table that `incoming` reads; not what was dropped."""
    points = FocusPoint.objects.filter(is_dropped=False)
    rows = [
        (point.theme.name, point.name, point.description, str(point.regional_input.term))
        for point in points.select_related("theme", "regional_input__term")
    ]
    return Sheet("Codeboek", [Column(name, "") for name in COLUMNS], rows)


def _point(point, regional_input):
    return Code(
        guid=code_of_point(point.theme.key, regional_input.term.start_year, point.slug),
        name=point.name,
        description=point.description,
        colour=_colour(point.theme),
        is_codable=not point.is_dropped,
    )


def code_of_theme(key):
    return guid("theme", key)


def code_of_point(theme, year, slug):
    return guid("focus point", theme, year, slug)


def _ambitions():
    for ambition in Ambition.objects.all():
        yield (ambition.theme_id, ambition.regional_input_id), ambition.text


def _terms():
    found = defaultdict(list)
    for theme, text, weight in Term.objects.values_list("theme", "text", "weight"):
        found[theme].append(Line(text, weight))
    return found


def _terms_of(lines):
    return f"{TERMS}\n{write(lines)}" if lines else ""


def _colour(theme):
    parts = COLOURS.get(theme.key)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts) if parts else ""
