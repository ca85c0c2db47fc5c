"""Undoing someone's last action in a version, from the history that the database keeps (ADR 24)."""

import pghistory
from django.db import transaction

from agreements.models import Anchoring, Coding, Measure, Passage, Suggestion

UNDOABLE = (
    Suggestion,
    Passage,
    Coding,
    Measure,
    Anchoring,
)  # a row stands behind what it points to


class NotUndoable(Exception):
    """This can't be undone (any more); the message says why, in Dutch."""


@transaction.atomic
def undo(change, *, version, by):
    """Put back what `by` changed in a version in one request; `change` is the id of its history context.

    Rows that were made are deleted, rows that were deleted come back as they were, rows that changed get
    their former values. Raises NotUndoable, with nothing changed, when it is not an action of this person
    here, or when someone touched one of its rows since. Raises IntegrityError when published work rests
    on it.
    """
    context = pghistory.models.Context.objects.filter(pk=change).first()
    mine = {"user": by.pk, "version": version.pk}
    if context is None or not mine.items() <= context.metadata.items():
        raise NotUndoable("Hier valt niets ongedaan te maken.")
    steps = [step for model in UNDOABLE for step in _steps(model, context)]
    if not steps:
        raise NotUndoable("Hier valt niets ongedaan te maken.")
    for row in reversed([step.row for step in steps if step.before is None]):
        row.delete()
    for step in steps:
        if step.before is not None:
            _put_back(step)
    return [place for step in steps for place in step.places]


class _Step:
    """One row that the action touched: as it was before (None: it wasn't there), and as it is now."""

    def __init__(self, model, before, last):
        self.model = model
        self.before = before
        self.last = last
        self.row = model.objects.select_for_update().filter(pk=last.id).first()

    @property
    def places(self):
        """Where in the text it stands: a passage and a suggestion know, a coding asks its passage."""
        if self.model is Anchoring:
            return []
        if hasattr(self.last, "start"):
            return [(self.last.start, self.last.end)]
        passages = Passage.objects.filter(pk=self.last.passage_id)
        return list(passages.values_list("start", "end"))


def _steps(model, context):
    events = model.pgh_event_model.objects
    touched = events.filter(pgh_context=context).order_by("pgh_id")
    first, last = {}, {}
    for event in touched:
        first.setdefault(event.id, event)
        last[event.id] = event
    for pk, begin in first.items():
        history = events.filter(id=pk).order_by("pgh_id")
        if history.filter(pgh_id__gt=last[pk].pgh_id).exists():
            raise NotUndoable(
                "Ongedaan maken kan niet meer: dit is intussen opnieuw gewijzigd. "
                "Kijk hieronder wat er nu staat."
            )
        before = begin if begin.pgh_label == "delete" else _before(history, begin)
        if before is not None or last[pk].pgh_label != "delete":
            yield _Step(model, before, last[pk])


def _before(history, begin):
    if begin.pgh_label == "insert":
        return None
    return history.filter(pgh_id__lt=begin.pgh_id).last()


def _put_back(step):
    row = step.model(
        **{
            field.attname: getattr(step.before, field.attname)
            for field in step.model._meta.concrete_fields
        }
    )
    if step.row is not None and hasattr(row, "edit_number"):
        row.edit_number = step.row.edit_number + 1
    # raw: moments that are filled by themselves stay as they were
    row.save_base(raw=True, force_insert=step.row is None)
