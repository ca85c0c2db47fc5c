"""Marking passages, coding them, and writing down what they promise."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from agreements.actions.anchoring import catch_up
from agreements.actions.stale import Stale
from agreements.citation import pages_of
from agreements.models import Anchoring, Coding, Measure, Passage, Suggestion


@transaction.atomic
def mark(version, *, start, end, coding, by):
    """Code the stretch from start to end (characters of the text) as a locked citation.

    A passage that stands at this very place already gets the coding beside those it has. Open suggestions
    of the theme that it touches count as accepted. In an older version the coding goes along to the
    newest one. Returns the passage and whether it is new. Raises IntegrityError when the passage has this
    very coding.
    """
    passage, is_new = _passage(version, start, end, by)
    coding.passage = passage
    coding.created_by = by
    answered = Suggestion.objects.open().filter(
        version=version, theme=coding.theme, start__lt=end, end__gt=start
    )
    if coding.suggestion_id is None:
        coding.suggestion_id = answered.values_list("pk", flat=True).first()
    coding.save()
    if coding.suggestion_id:
        answered.update(state=Suggestion.State.ACCEPTED, decided_by=by, decided_at=timezone.now())
    catch_up(coding)
    return passage, is_new


def _passage(version, start, end, by):
    """The passage at this place, made now or by someone before."""
    place = {"version": version, "start": start, "end": end}
    pages = pages_of(version.spans, start, end)
    span = {"first_page": pages[0], "last_page": pages[-1]}
    try:
        with transaction.atomic():
            quote = version.text[start:end]
            return Passage.objects.create(**place, **span, quote=quote, created_by=by), True
    except IntegrityError as problem:
        if "one_passage_per_place" not in str(problem):
            raise
    passage = Passage.objects.select_related("created_by").get(**place)
    passage.version = version
    return passage, False


@transaction.atomic
def recode(coding, *, seen):
    """Save a changed coding, if its edit number is still the one that was seen. Raises Stale."""
    _count_edit(Coding, coding, seen)
    coding.save()


@transaction.atomic
def uncode(coding, *, by):
    """Take a coding away, and with the last one the passage. What it was suggested by is open again.

    What an older version had carried to a passage that goes is dropped by whoever took it away. Raises
    IntegrityError when the coding carries a published assessment.
    """
    passage = coding.passage
    coding.delete()
    rest = passage.codings.filter(theme=coding.theme)
    if not rest.exists():
        Suggestion.objects.filter(
            version=passage.version_id,
            theme=coding.theme_id,
            state=Suggestion.State.ACCEPTED,
            start__lt=passage.end,
            end__gt=passage.start,
        ).update(state=Suggestion.State.OPEN, decided_by=None, decided_at=None)
    if not passage.codings.exists():
        Anchoring.objects.filter(successor=passage).update(
            decision=Anchoring.Decision.DROPPED,
            successor=None,
            decided_by=by,
            decided_at=timezone.now(),
            edit_number=F("edit_number") + 1,
        )
        passage.delete()


@transaction.atomic
def save_measure(measure, *, seen):
    """Save a new or changed measure, if its edit number is still the one that was seen. Raises Stale."""
    if measure.pk:
        _count_edit(Measure, measure, seen)
    measure.save()


def _count_edit(model, row, seen):
    current = model.objects.filter(pk=row.pk, edit_number=seen)
    if not current.update(edit_number=F("edit_number") + 1):
        raise Stale
    row.edit_number = seen + 1
