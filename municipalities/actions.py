"""Writes that touch more than one row, each whole or not at all."""

import pghistory
from django.db import transaction

from municipalities.edits import save_edit


@transaction.atomic
def save_municipality(municipality, *, neighbours, by, seen):
    """Save the facts about a municipality; being neighbours is mutual. Raises Stale."""
    save_edit(municipality, by=by, seen=seen)
    with pghistory.context(user=by.pk):
        municipality.neighbours.set(neighbours)
