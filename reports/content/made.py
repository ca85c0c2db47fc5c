"""Of which moment a report is, and which edition of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime


@dataclass(frozen=True)
class Made:
    """The moment at which a report is made, and the number of its edition when it is being frozen."""

    at: datetime
    edition: int | None = None

    @property
    def standing(self):
        day = in_words(self.at)
        if self.edition:
            return f"Editie {self.edition}, vastgesteld op {day}"
        return f"Stand van {day}; geen vastgestelde editie"

    @property
    def for_document(self):
        """What a Document wants to know of it."""
        return {"standing": self.standing, "made_at": self.at.isoformat()}


def in_words(day):
    """A day, or the day of a moment, as Dutch writes it."""
    return date_format(localtime(day) if isinstance(day, datetime) else day, "j F Y")
