"""The values of a row in words: people by their role, keys by what they point at, choices by their label."""

import re
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.timezone import localtime

from archive.openness.kinds import label
from municipalities.models import CouncilTerm, Municipality
from themes.models import FocusPoint, Theme

NOBODY = "niet vastgelegd"
_BY_NAME = {
    CouncilTerm,
    FocusPoint,
    Municipality,
    Theme,
}  # known by their name; others by number too


class People:
    """Gives everyone a role and a number, and never a name; the same person has the same number everywhere."""

    def __init__(self):
        users = get_user_model().objects.order_by("pk").prefetch_related("groups")
        self._roles = {
            user.pk: "Technisch beheer" if user.is_superuser else user.role or "Medewerker"
            for user in users
        }
        self._names = _any_of(
            word.strip()
            for user in users
            for word in (*user.first_name.split(), user.last_name, user.username, user.email)
        )
        self._numbers = {}

    def role(self, pk):
        if pk is None:
            return NOBODY
        role = self._roles.get(pk, "Medewerker")
        seen = self._numbers.setdefault(role, [])
        if pk not in seen:
            seen.append(pk)
        return f"{role} {seen.index(pk) + 1}"

    def is_named_in(self, text):
        """Whether somebody's name may stand in a text; a role that stands there is no name.

        Rather once too often: a first name can be a word as well, and what is missed leaves the house.
        """
        for role in (*self._numbers, NOBODY):
            text = text.replace(role, "")
        return bool(self._names.search(text))


def _any_of(names):
    """What finds any of these as a word of its own. One letter is no name; without names it finds nothing."""
    known = sorted({name for name in names if len(name) > 1})
    words = "|".join(map(re.escape, known))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE)


class Words:
    """Turns rows into words; remembers what it looked up, as many rows point at the same."""

    def __init__(self):
        self.people = People()
        self._others = {}

    def of(self, kind, row):
        """The fields of a row, or of a row of its history, as label and words; what is empty isn't there."""
        found = {}
        for field in kind.fields:
            if field.name != kind.parent and (words := self._of_field(field, row)):
                found[label(field)] = words
        return found

    def _of_field(self, field, row):
        value = getattr(row, field.attname)
        if value is None:
            return ""
        if field.related_model is get_user_model():
            return self.people.role(value)
        if field.related_model:
            return self._of_other(field.related_model, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return in_words(value)

    def _of_other(self, model, pk):
        """What a key points at; in the history that may be gone."""
        if (model, pk) not in self._others:
            name, other = str(model._meta.verbose_name), model._base_manager.filter(pk=pk).first()
            words = f"{name} {pk} (verwijderd)" if other is None else f"{name} {pk}: {other}"
            self._others[model, pk] = str(other) if other and model in _BY_NAME else words
        return self._others[model, pk]


# The names of what stands in a proof of absence and in the reasons of a suggestion.
_KEYS = {
    "end": "einde",
    "id": "nummer",
    "judged_at": "bekeken op",
    "judged_by": "bekeken door",
    "number": "versie",
    "page": "bladzijde",
    "reason": "reden",
    "start": "begin",
    "title": "titel",
    "version": "nummer van de versie",
    "word": "woord",
}


def in_words(value):
    """A value of JSON or of a column in words; lists one to a line when they are of more than words."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y, H:i:s")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, dict):
        return ", ".join(
            f"{_KEYS.get(key, key)}: {_NAMED.get(key) or in_words(its)}"
            for key, its in value.items()
            if its not in ("", None)
        )
    if isinstance(value, list | tuple):
        is_plain = all(isinstance(one, str | int | float) for one in value)
        return (", " if is_plain else "\n").join(in_words(one) for one in value)
    return str(value)


_NAMED = {"judged_by": "een medewerker"}  # a proof of absence keeps the name itself
