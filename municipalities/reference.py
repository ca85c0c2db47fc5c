"""Loads the municipalities, council terms and coalitions that come with the portal."""

import csv
from datetime import date
from pathlib import Path

from municipalities.models import Coalition, CouncilTerm, Municipality

FILE = Path(__file__).parent / "data" / "municipalities.csv"
TERMS = (2018, 2022, 2026)


def load():
    """Add what isn't there; what people changed stays as it is. An empty cell stays unknown."""
    terms = {
        year: CouncilTerm.objects.get_or_create(start_year=year, defaults={"end_year": year + 4})[0]
        for year in TERMS
    }
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = {row["name"]: _municipality(row) for row in rows}
    for row in rows:
        municipality, is_new = made[row["name"]]
        if is_new:
            municipality.neighbours.set([made[name][0] for name in _several(row["neighbours"])])
        for year, term in terms.items():
            Coalition.objects.get_or_create(
                municipality=municipality, term=term, defaults=_facts(row, year)
            )


def _municipality(row):
    slug = row["name"].lower().replace(" ", "-")
    return Municipality.objects.get_or_create(
        cbs_code=row["cbs_code"],
        defaults={
            "name": row["name"],
            "slug": slug,
            "population": row["population"] or None,
            "population_year": row["population_year"] or None,
            "tile_row": row["tile_row"],
            "tile_column": row["tile_column"],
            "website": row["website"],
        },
    )


def _facts(row, year):
    adopted_on = row.get(f"adopted_{year}")
    return {
        "parties": _several(row.get(f"coalition_{year}", "")),
        "real_title": row.get(f"title_{year}", ""),
        "real_adopted_on": date.fromisoformat(adopted_on) if adopted_on else None,
        "real_address": row.get(f"address_{year}", ""),
    }


def _several(cell):
    return [part.strip() for part in cell.split(";") if part.strip()]
