"""The terms that come with the portal. Once loaded, those in the database are the truth."""

import tomllib
from pathlib import Path

from themes.detection import Weighted

FILE = Path(__file__).parent / "data" / "terms.toml"


def shipped_terms() -> list[Weighted]:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [
        Weighted(theme, text, float(weight))
        for theme, weights in data.items()
        for text, weight in weights.items()
    ]
