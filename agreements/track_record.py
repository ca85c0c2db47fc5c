"""What people did with the suggestions that a term had a part in: to learn from, by a person."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from agreements.models import Suggestion
from themes.models import Theme
from themes.term_list import Line


@dataclass(frozen=True)
class Record:
    """A term, its weight now (None: it is not in the list any more), and how it fared."""

    text: str
    weight: Decimal | None
    rejected: int
    accepted: int
    open: int


def track_record(theme: Theme, lines: list[Line]) -> list[Record]:
    """The terms that suggestions in current versions name, what was rejected most on top."""
    weights = {line.text: line.weight for line in lines}
    suggestions = Suggestion.objects.filter(theme=theme).in_current_versions()
    counts = Counter(
        (text, state)
        for state, reasons in suggestions.order_by().values_list("state", "reasons")
        for text, _ in reasons
    )
    records = [
        Record(
            text=text,
            weight=weights.get(text),
            rejected=counts[text, Suggestion.State.REJECTED],
            accepted=counts[text, Suggestion.State.ACCEPTED],
            open=counts[text, Suggestion.State.OPEN],
        )
        for text in {text for text, _ in counts}
    ]
    return sorted(records, key=lambda term: (-term.rejected, -term.open, -term.accepted, term.text))
