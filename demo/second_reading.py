"""Second readings in the demo: one still to be given, and one that differs from the first."""

from django.db import transaction

from assessments import actions
from assessments.models import Level, SecondReading
from municipalities.models import CouncilTerm


@transaction.atomic
def load_second_readings(*, readers, editor):
    """Ask for two second readings in the newest term that has something to read again, and give one.

    Does nothing when there are second readings already, or when nothing lies before the editors or further.
    """
    if SecondReading.objects.exists():
        return
    for term in CouncilTerm.objects.order_by("-start_year"):
        candidates = SecondReading.objects.candidates(term).filter(author__in=readers)
        chosen = list(candidates.order_by("-level", "coalition__municipality__name", "theme")[:2])
        if not chosen:
            continue
        readings = actions.ask_second_readings(term, by=editor, readers=readers, chosen=chosen)
        if len(readings) == 2:
            first = readings[0]
            level = first.assessment.level
            actions.give_second_reading(
                first,
                by=first.reader,
                level=level - 1 if level else Level.MENTIONED,
                reason="Het staat er, maar ik mis hoe de gemeente het wil doen.",
            )
        return
