"""Saving a row that two people may have open at once (ADR 6)."""

from dataclasses import dataclass

import pghistory
from django.db import IntegrityError, transaction

from municipalities.changes import in_words, last_change_of


class Stale(Exception):
    """Someone else saved this row since it was fetched."""


@transaction.atomic
def save_edit(row, *, by, seen):
    """Save this row if its edit number is still the one that was seen, 0 for a new row. Raises Stale."""
    rows = type(row).objects.select_for_update().filter(pk=row.pk)
    newest = rows.values_list("edit_number", flat=True).first() or 0
    if newest != seen:
        raise Stale
    row.edit_number = seen + 1
    with pghistory.context(user=by.pk):
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as problem:
            if seen:
                raise
            raise Stale from problem  # someone else made this row at this very moment


@dataclass(frozen=True)
class Conflict:
    """What someone else saved meanwhile, beside what was typed: per field its label and both values."""

    who: object
    rows: list

    @property
    def differs(self):
        return [row for row in self.rows if row[1] != row[2]]


def conflict_of(form, stored):
    """Set a valid form that came too late beside the row as it is now; what was typed stays in it."""
    rows = [
        (bound.label, _stored(stored, bound.name), _typed(form, bound.name))
        for bound in form.visible_fields()
    ]
    form.data = form.data.copy()
    form.data[form.add_prefix("seen")] = stored.edit_number
    return Conflict(last_change_of(stored), rows)


def _stored(row, name):
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    return in_words(value.all() if hasattr(value, "all") else value)


def _typed(form, name):
    value = form.cleaned_data.get(name)
    choices = dict(getattr(form.fields[name], "choices", ()))
    return in_words(choices.get(value, value) if isinstance(value, str | int) else value)
