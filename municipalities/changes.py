"""What changed in a row, when and by whom, read from the history that the database writes (ADR 5)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

from django.contrib.auth import get_user_model
from django.utils.formats import date_format

KINDS = {"insert": "gemaakt", "update": "gewijzigd", "delete": "verwijderd"}
SILENT = {"id", "edit_number", "saved_at", "author"}


@dataclass(frozen=True)
class Change:
    """One change of one row. `fields` has per field that changed its name, and its value before and after."""

    at: datetime
    who: object
    kind: str
    about: str
    fields: list


def changes_of(events, *, about="", without=(), limit=50):
    """The changes that these events tell of, newest first; `without` names fields to leave out.

    `about` is the path to what says which row it was, when the events are of several rows.
    """
    first, *_ = about.split("__")
    fields = [
        field
        for field in events.model.pgh_tracked_model._meta.fields
        if field.name not in {*SILENT, *without} and hasattr(events.model, field.name)
    ]
    links = [about if field.name == first else field.name for field in fields if field.is_relation]
    fields = [field for field in fields if field.name != first]
    rows = list(events.select_related("pgh_context", *links).order_by("pgh_id"))
    who = get_user_model().objects.in_bulk({user for user in map(_user_of, rows) if user})
    before, changes = {}, []
    for event in rows:
        key = getattr(
            event, "pgh_obj_id", event.pgh_id
        )  # a link between two rows has no row of its own
        earlier = before.get(key)
        before[key] = event
        told = [] if event.pgh_label == "delete" else list(_differing(fields, earlier, event))
        if earlier and event.pgh_label == "update" and not told:
            continue
        changes.append(
            Change(
                at=event.pgh_created_at,
                who=who.get(_user_of(event)),
                kind=KINDS[event.pgh_label],
                about=str(reduce(getattr, about.split("__"), event)) if about else "",
                fields=told,
            )
        )
    return changes[::-1][:limit]


def _differing(fields, earlier, event):
    for field in fields:
        after = getattr(event, field.attname)
        before = getattr(earlier, field.attname) if earlier else None
        if before != after and not (earlier is None and after in (None, "", [], False)):
            yield (
                field.verbose_name,
                _shown(earlier, field) if earlier else "",
                _shown(event, field),
            )


def _shown(event, field):
    value = getattr(event, field.name)
    return in_words(dict(field.flatchoices).get(value, value) if field.choices else value)


def _user_of(event):
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def last_change_of(row):
    """Who changed this row last, if that is known."""
    events = type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk)
    event = events.select_related("pgh_context").order_by("-pgh_id").first()
    user = _user_of(event) if event else None
    return get_user_model().objects.filter(pk=user).first() if user else None


def in_words(value):
    """A value of a field as it is read on screen."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return date_format(value, "j F Y H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if value is None or value == "":
        return "leeg"
    if isinstance(value, str | int):
        return str(value)
    if hasattr(value, "__iter__"):
        return ", ".join(str(part) for part in value) or "leeg"
    return str(value)
