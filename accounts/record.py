"""What happened to an account, read from what the database wrote down (ADR 5)."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.apps import apps
from django.contrib.auth.models import Group

from accounts.models import GroupHistory, SecondStepHistory, User

_FIELDS = {
    "username": "gebruikersnaam",
    "first_name": "voornaam",
    "last_name": "achternaam",
    "email": "e-mailadres",
    "municipality_id": "gemeente",
    "is_active": "toegang",
    "is_superuser": "technisch beheer",
}
_STEPS = {
    "totp": "de app",
    "webauthn": "een sleutel",
    "recovery_codes": "herstelcodes",
}


@dataclass
class Line:
    """One change on screen."""

    at: datetime
    what: str
    by: object = None


def record_of(user):
    """The changes of this account, newest first."""
    lines = [*_person(user), *_roles(user), *_second_steps(user), *_tokens(user)]
    lines.sort(key=lambda pair: pair[1].at, reverse=True)
    people = User.objects.in_bulk({actor for actor, _ in lines if actor})
    for actor, line in lines:
        line.by = people.get(actor)
    return [line for _, line in lines]


def _person(user):
    model = User.pgh_event_model
    events = list(
        model.objects.filter(pgh_obj=user).select_related("pgh_context").order_by("pgh_id")
    )
    if events and events[0].pgh_label == "insert":
        yield _actor(events[0]), Line(events[0].pgh_created_at, "account gemaakt")
    places = _places(events)
    for before, after in pairwise(events):
        changes = [
            f"{label}: {_shown(name, before, places)} → {_shown(name, after, places)}"
            for name, label in _FIELDS.items()
            if getattr(before, name) != getattr(after, name)
        ]
        if changes:
            yield _actor(after), Line(after.pgh_created_at, "; ".join(changes))


def _places(events):
    ids = {event.municipality_id for event in events if event.municipality_id}
    return apps.get_model("municipalities.Municipality").objects.in_bulk(ids)


def _shown(name, event, places):
    value = getattr(event, name)
    if name == "municipality_id":
        return str(places.get(value, "geen"))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value or "leeg"


def _roles(user):
    names = dict(Group.objects.values_list("pk", "name"))
    events = GroupHistory.pgh_event_model.objects.filter(user_id=user.pk)
    for event in events.select_related("pgh_context"):
        verb = "gekregen" if event.pgh_label == "insert" else "kwijt"
        role = names.get(event.group_id, "onbekend")
        yield _actor(event), Line(event.pgh_created_at, f"rol {role} {verb}")


def _second_steps(user):
    events = SecondStepHistory.pgh_event_model.objects.filter(user_id=user.pk)
    for event in events.select_related("pgh_context"):
        verb = "ingesteld" if event.pgh_label == "insert" else "weggehaald"
        step = _STEPS.get(event.type, event.type)
        yield _actor(event), Line(event.pgh_created_at, f"tweede stap: {step} {verb}")


def _tokens(user):
    events = apps.get_model("api.TokenEvent").objects.filter(owner_id=user.pk)
    for event in events.select_related("pgh_context").order_by("pgh_id"):
        verb = "ingetrokken" if event.revoked_at else "gemaakt"
        yield _actor(event), Line(event.pgh_created_at, f"token “{event.name}” {verb}")


def _actor(event):
    return event.pgh_context.metadata.get("user") if event.pgh_context else None
