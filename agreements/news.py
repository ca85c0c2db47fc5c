"""What others changed in a version since a moment, from the history that the database keeps."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from agreements.citation import in_words, pages_of
from agreements.models import Coding, Measure, Passage, Suggestion

# A change shows when its transaction is committed, but bears the time at which that began. So the last
# seconds before the moment are looked at again: their pages are drawn twice, and told once.
_LONGEST_CHANGE = timedelta(seconds=10)


@dataclass(frozen=True)
class News:
    """Stretches [(start, end), ...] of the text that others changed, and a sentence about it."""

    places: list
    sentence: str = ""


def moment():
    """Now, as text for `news_since`."""
    return str(timezone.now().timestamp())


def news_since(moment, *, version, reader):
    """What others than the reader changed since a moment. Text that is no moment gives no news."""
    try:
        since = datetime.fromtimestamp(float(moment), UTC)
    except (ValueError, OverflowError, OSError):
        return News([])
    events = [
        event
        for model in (Passage, Suggestion, Coding, Measure)
        for event in _events_of_others(model, since - _LONGEST_CHANGE, reader)
    ]
    places = _places(events, version)
    fresh = _places([event for event in events if event.pgh_created_at > since], version)
    return News(places, _sentence(fresh, events, version)) if places else News([])


def _events_of_others(model, since, reader):
    events = model.pgh_event_model.objects.filter(
        pgh_created_at__gt=since, pgh_context__metadata__user__isnull=False
    )
    return events.exclude(pgh_context__metadata__user=reader.pk).select_related("pgh_context")


def _places(events, version):
    """Where the events took place; a coding or measure stands where its passage stands or stood."""
    own = {
        (event.start, event.end)
        for event in events
        if hasattr(event, "start") and event.version_id == version.pk
    }
    passages = {event.passage_id for event in events if not hasattr(event, "start")}
    stood = Passage.pgh_event_model.objects.filter(id__in=passages, version=version)
    return sorted(own | set(stood.values_list("start", "end"))) if passages else sorted(own)


def _sentence(places, events, version):
    if not places:
        return ""
    people = {event.pgh_context.metadata["user"] for event in events}
    names = [str(person) for person in get_user_model().objects.filter(pk__in=people)]
    pages = version.spans
    numbers = sorted({number for place in places for number in pages_of(pages, *place)})
    return f"{' en '.join(names)} wijzigde {in_words(numbers)}." if numbers else ""
