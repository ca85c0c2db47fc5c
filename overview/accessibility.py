"""What `make accessibility` found (ADR 40): a file in the repository, made by the tests of the browser."""

import json
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).with_name("accessibility.json")
# Per check of the file what it looks at, in the words of the statement.
CHECKS = {
    "axe": "De regels van het programma axe, voor WCAG 2.1 en 2.2, niveau A en AA",
    "undecided": "Waar axe twijfelt: nagerekend, of door een mens bekeken",
    "structure": "Koppen, gebieden, namen en taal voor een schermlezer",
    "layout": "Vergroten tot 400%, tekst van 200% en meer ruimte in de tekst: niets valt weg",
    "focus": "Zichtbaar waar u bent met het toetsenbord, ook bij hoog contrast",
    "complaints": "Geen enkele klacht van de browser",
    "sentences": "Zinnen van ten hoogste twintig woorden",
}


def results():
    """The date, the numbers, and per check how often something was wrong."""
    found = json.loads(RESULTS.read_text())
    return found | {
        "date": date.fromisoformat(found["date"]),
        "pages": len(found["kinds"]),
        "checks": [(words, found["wrong"][check]) for check, words in CHECKS.items()],
        "faults": sum(found["wrong"].values()),
    }
