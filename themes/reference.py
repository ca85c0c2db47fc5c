"""Loads the themes, search terms, partners and regional inputs that come with the portal."""

import tomllib
from decimal import Decimal
from pathlib import Path

from municipalities.models import CouncilTerm
from themes.models import (
    Ambition,
    FocusPoint,
    InputEdition,
    Partner,
    RegionalInput,
    Term,
    Theme,
)
from themes.shipped import shipped_terms

FOLDER = Path(__file__).parent / "data"


def load():
    """Add what isn't there; what people changed stays as it is."""
    data = tomllib.loads((FOLDER / "themes.toml").read_text(encoding="utf-8"))
    themes = {row["key"]: _theme(row, number) for number, row in enumerate(data["theme"], start=1)}
    _terms(themes)
    for row in data["partner"]:
        partner, is_new = Partner.objects.get_or_create(name=row["name"])
        if is_new:
            partner.themes.set([themes[key] for key in row["themes"]])
    first = tomllib.loads((FOLDER / "regional-input-2022.toml").read_text(encoding="utf-8"))
    _regional_input(first, themes)
    _copy(from_year=2022, to_year=2026)
    _first_editions()


def _theme(row, number):
    theme, _ = Theme.objects.get_or_create(
        key=row["key"],
        defaults={
            "slug": row["slug"],
            "number": number,
            "letter": row["letter"],
            "name": row["name"],
        },
    )
    return theme


def _terms(themes):
    """Give a theme its terms when it has none, or only those of before there were weights.

    What people saved on screen stays, whatever they made of it.
    """
    for key, theme in themes.items():
        if theme.terms_edit > 1 or theme.terms.exclude(weight=1).exists():
            continue
        theme.terms.all().delete()
        Term.objects.bulk_create(
            Term(theme=theme, text=term.text, weight=Decimal(str(term.weight)))
            for term in shipped_terms()
            if term.theme == key
        )


def _regional_input(data, themes):
    regional_input, is_new = RegionalInput.objects.get_or_create(
        term=CouncilTerm.objects.get(start_year=data["term"]),
        defaults={"title": data["title"], "dated": data["dated"], "source": data["source"]},
    )
    if not is_new:
        return
    for key, wanted in data["themes"].items():
        Ambition.objects.create(
            regional_input=regional_input, theme=themes[key], text=wanted["ambition"]
        )
        FocusPoint.objects.bulk_create(
            FocusPoint(
                regional_input=regional_input, theme=themes[key], position=position, **focus_point
            )
            for position, focus_point in enumerate(wanted["focus_points"], start=1)
        )


def _copy(*, from_year, to_year):
    """Begin the input of a later term as a copy, to be edited; it has no date of its own yet."""
    earlier = RegionalInput.objects.get(term__start_year=from_year)
    later, is_new = RegionalInput.objects.get_or_create(
        term=CouncilTerm.objects.get(start_year=to_year),
        defaults={
            "title": earlier.title,
            "source": f"Kopie van de inbreng voor {earlier.term}, nog aan te passen",
            "based_on": earlier,
        },
    )
    if is_new:
        for row in [*earlier.ambitions.all(), *earlier.focus_points.all()]:
            row.pk, row.regional_input, row._state.adding = None, later, True
            row.save()


def _first_editions():
    """What came with the portal is the first edition, so that there is something to compare a later one with."""
    without = RegionalInput.objects.filter(editions=None).exclude(ambitions=None)
    InputEdition.objects.bulk_create(
        InputEdition(regional_input=regional_input, number=1, content=regional_input.as_document())
        for regional_input in without.distinct()
    )
