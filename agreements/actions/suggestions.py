"""What the theme detection proposes in a version, and what people decide about it (ADR 10)."""

from django.db import transaction
from django.utils import timezone

from agreements.actions.marking import mark
from agreements.citation import fingerprint, pages_of
from agreements.effect import effects
from agreements.models import Coding, Passage, Suggestion
from themes.detection import LIMIT, METHOD, Detector, Weighted
from themes.models import Term, Theme
from themes.stretches import stretches


class Decided(Exception):
    """Someone decided about this suggestion already."""


def current_detector():
    """The detection with the terms as they are now."""
    rows = Term.objects.values_list("theme__key", "text", "weight")
    return Detector(Weighted(theme, text, float(weight)) for theme, text, weight in rows)


@transaction.atomic
def propose(version, *, detector=None):
    """Make the open suggestions of a version equal to what the detection proposes now (see `effects`).

    What a person decided stays.
    """
    # Nobody decides about one while it may go.
    list(Suggestion.objects.open().filter(version=version).select_for_update().values_list("pk"))
    detector = detector or current_detector()
    [effect] = effects(detector, on=[version], themes=Theme.objects.all())
    Suggestion.objects.filter(pk__in=[suggestion.pk for suggestion in effect.gone]).delete()
    Suggestion.objects.bulk_update(effect.changed, ["score", "reasons", "method"])
    Suggestion.objects.bulk_create(effect.new)


@transaction.atomic
def accept(suggestion, *, by):
    """Make a suggestion a coded passage that remembers where it came from.

    Returns the passage. Raises Decided when it isn't open any more.
    """
    suggestion = _still_open(suggestion)
    place = {"start": suggestion.start, "end": suggestion.end}
    coded = Passage.objects.filter(
        version=suggestion.version, codings__theme=suggestion.theme, **place
    ).first()
    if coded:  # someone marked just this meanwhile
        _decide(suggestion, Suggestion.State.ACCEPTED, by=by)
        return coded
    coding = Coding(theme=suggestion.theme, suggestion=suggestion)
    passage, _ = mark(suggestion.version, **place, coding=coding, by=by)
    return passage


@transaction.atomic
def reject(suggestion, *, by, reason=""):
    """Say that a stretch is not about the theme. Raises Decided when it isn't open any more."""
    suggestion = _still_open(suggestion)
    _decide(suggestion, Suggestion.State.REJECTED, by=by, reason=reason)


def _still_open(suggestion):
    row = Suggestion.objects.select_for_update(of=["self"]).select_related("version", "theme")
    suggestion = row.get(pk=suggestion.pk)
    if not suggestion.is_open:
        raise Decided
    return suggestion


def _decide(suggestion, state, *, by, reason=""):
    suggestion.state = state
    suggestion.reason = reason
    suggestion.decided_by = by
    suggestion.decided_at = timezone.now()
    suggestion.save()


@transaction.atomic
def dismiss(version, *, theme, at, by, reason=""):
    """Judge the stretch around an offset not to be about the theme, whether it was proposed or not.

    This deals with every hit inside that stretch in a proof of absence (ADR 14). Judged already: stays.
    """
    start, end = next((start, end) for start, end in stretches(version.text) if start <= at < end)
    suggestion, _ = Suggestion.objects.select_for_update().get_or_create(
        version=version,
        theme=theme,
        start=start,
        end=end,
        defaults={
            "page": (pages_of(version.spans, start, end) or [1])[0],
            "fingerprint": fingerprint(version.text[start:end]),
            "score": 0,
            "method": METHOD,
        },
    )
    if suggestion.is_open:
        _decide(suggestion, Suggestion.State.REJECTED, by=by, reason=reason)
    return suggestion


@transaction.atomic
def reconsider_rejection(suggestion):
    """Take a rejection back: what the detection proposed is open again, what it didn't is forgotten."""
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if suggestion.state != Suggestion.State.REJECTED:
        return
    if suggestion.score < LIMIT:
        suggestion.delete()
        return
    suggestion.state, suggestion.reason = Suggestion.State.OPEN, ""
    suggestion.decided_by = suggestion.decided_at = None
    suggestion.save()
