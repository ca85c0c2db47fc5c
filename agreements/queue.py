"""The suggestions of a version as a queue: one at a time, in the order of the text."""

from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.functions import Substr

from agreements.models import Suggestion


@dataclass(frozen=True)
class Queue:
    """The suggestion that is up (None: nothing is left), and what stands before and behind it."""

    version: object
    theme: object  # the Theme whose suggestions are gone through; None for all
    suggestion: Suggestion | None
    number: int
    total: int
    previous: int | None
    next: int | None
    per_theme: list  # [(theme key, letter, name, slug, open), ...]


def queue_of(version, *, theme=None, at=None, after=None):
    """The queue with this suggestion up, or the first one behind an offset (and round to the start).

    `at` is the key of a suggestion, as it stands in an address: what isn't an open one counts for nothing.
    """
    everything = Suggestion.objects.open().filter(version=version)
    waiting = everything.filter(theme=theme) if theme else everything
    order = list(waiting.in_reading_order().values_list("pk", "start"))
    keys = [pk for pk, _ in order]
    place = keys.index(at) if at in keys else _behind(order, after)
    counted = everything.order_by("theme__number").values_list(
        "theme__key", "theme__letter", "theme__name", "theme__slug"
    )
    return Queue(
        version=version,
        theme=theme,
        suggestion=_with_quote(keys[place]) if keys else None,
        number=place + 1,
        total=len(keys),
        previous=keys[place - 1] if len(keys) > 1 else None,
        next=keys[(place + 1) % len(keys)] if len(keys) > 1 else None,
        per_theme=list(counted.annotate(number=Count("pk"))),
    )


def _behind(order, after):
    if after is None:
        return 0
    return next((place for place, (_, start) in enumerate(order) if start >= after), 0)


def _with_quote(pk):
    quote = Substr("version__text", F("start") + 1, F("end") - F("start"))
    return Suggestion.objects.annotate(quote=quote).select_related("theme").get(pk=pk)
