"""A form takes what it names, and nothing else: every field of every model is sent along to every address.

Each form is sent as a browser would, twice, and once more with all the other fields that exist. What is in the
database afterwards must be the same. What differs between the first two by itself (a number, a token) counts for nothing.
"""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from tests.scene import put_file, scene_with
from tests.test_access import ELSEWHERE, FORMS, OF_A_PACKAGE, PAGES, TABLE, done_in
from tests.world import User

ANSWER = ("answer", "status", 0)
PEOPLE = ["Adviseur", "Eindredacteur", "Beheerder", "Burgemeester", "Gemeentecontact"]
ROOMS = {
    "accounts",
    "agreements",
    "assessments",
    "municipalities",
    "themes",
    "search",
    "mail",
    "reports",
    "api",
}
WRITES = [
    name
    for name, (who, answer) in TABLE.items()
    if (answer == 405 or name in FORMS)
    and (FORMS.get(name, who) - ELSEWHERE) & set(PEOPLE)
    and name not in OF_A_PACKAGE | {"accounts:logout"}
]


# Forms that change nothing here: they only look something up, or the world holds nothing to do it with.
IDLE = {
    "accounts:identity-remove",
    "accounts:invitation-send",
    "accounts:invitation-withdraw",
    "accounts:invited",  # someone who is signed in already
    "accounts:kept-discard",
    "accounts:second-step-reset",
    "accounts:session-end",
    "accounts:user-unlock",
    "agreements:anchoring-reconsider",
    "agreements:theme-terms",  # looks first, and saves what was looked at
    "agreements:undo",
    "exchange:codebook-in",  # the same
    "assessments:advice-publish",  # it is published
    "assessments:judge-hits",
    "themes:input-publish",
}


# What a form leaves to chance differs from one time to the next.
BY_LOT = {
    "assessments:ask-second-readings": {"assessments.SecondReading", "assessments.Draw"},
    "accounts:password": {"accounts.Session"},  # a new key, so another order
}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with scene_with(PEOPLE, django_db_blocker) as scene:
        yield scene


@pytest.fixture(scope="module")
def forms(scene, tmp_path_factory):
    """Per path the fields of the forms that are sent there, with what is filled in; from every page."""
    found = {}
    for name in PAGES:
        for place in scene.places[name]:
            for who in [who for who in PEOPLE if who in TABLE[name][0]][:2]:
                response = scene.crowd.response(who, place.path)
                assert response.status_code in {200, 302, 404}, place
                _read_forms(response, place.path, found)
    return found


def _read_forms(response, path, found):
    reader = _Forms(path)
    if response["Content-Type"].startswith("text/html"):
        reader.feed(response.text)
    for to, fields in reader.forms.items():
        found.setdefault(to, {}).update(fields)


class _Forms(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self._path, self._to, self.forms = path, None, {}

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            to = (given.get("action") or self._path).split("#")[0]
            self._to = self.forms.setdefault(to, {}) if given.get("method") == "post" else None
        elif self._to is not None and given.get("name"):
            self._take(tag, given)
        if given.get("form") and given.get("name"):  # a button elsewhere on the page
            self.forms.setdefault(given.get("formaction", self._path), {})[given["name"]] = ""

    def _take(self, tag, given):
        is_off = given.get("type") in {"checkbox", "radio"} and "checked" not in given
        if not is_off:
            self._to.setdefault(given["name"], given.get("value") or "")
        else:
            self._to.setdefault(given["name"], "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._to = None


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRITES)
def test_a_form_takes_only_what_it_names(scene, forms, settings, monkeypatch, name):
    put_file()
    moment = timezone.now()  # stands still: a file that is made tells the second in which
    monkeypatch.setattr(timezone, "now", lambda: moment)
    who, place, body = _sending(scene, forms, name)

    first, second = (_after(scene.crowd, who, place.path, body) for _ in range(2))
    more = _after(scene.crowd, who, place.path, _others(body, place.body) | body)

    differing = _differences(first, more, but=second)
    assert [cell for cell in differing if cell[0] not in BY_LOT.get(name, ())] == []


@pytest.mark.django_db
def test_the_sweep_sends_forms_that_do_something(scene, forms, settings):
    put_file()
    before = _rows()
    idle = set()

    for name in WRITES:
        who, place, body = _sending(scene, forms, name)
        after = _after(scene.crowd, who, place.path, body)
        del after[ANSWER]
        if after == before:
            idle.add(name)

    # Those that only look something up, or of which the world holds nothing that can be done now.
    assert not idle - IDLE, "\n".join(sorted(idle - IDLE))
    assert len(WRITES) - len(idle) > 30


@pytest.mark.django_db
def test_the_control_a_field_that_the_form_does_take_is_noticed(scene, forms, settings):
    who, place, body = _sending(scene, forms, "agreements:coding-change")

    first, second = (_after(scene.crowd, who, place.path, body) for _ in range(2))
    more = _after(scene.crowd, who, place.path, body | {"note": "Iets anders"})

    assert ("agreements.Coding", "note") in {
        cell[:2] for cell in _differences(first, more, but=second)
    }


def _sending(scene, forms, name):
    """Who sends the form of an address, where, and with what."""
    allowed = FORMS.get(name, TABLE[name][0])
    who = next(person for person in PEOPLE if person in allowed)
    states = done_in(name, who)
    place = next(p for p in scene.places[name] if not states or p.state in states)
    return who, place, forms.get(place.path, {}) | place.body


def _others(body, own):
    """A value for every field of every model that this body doesn't name; also with the prefix of its own fields."""
    everyone = User.objects.order_by("pk").values_list("pk", flat=True)
    prefixes = {"", *(name[: name.rindex("-") + 1] for name in own if "-" in name)}
    return {
        prefix + name: _value(field, everyone)
        for model in _models()
        for field in model._meta.get_fields()
        if field.concrete
        for name in {field.name, getattr(field, "attname", field.name)}
        for prefix in prefixes
        if prefix + name not in body
    }


def _value(field, everyone):
    if field.choices:
        return [value for value, _ in field.flatchoices][-1]
    if field.is_relation:
        return everyone[0] if field.related_model is User else 1
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return "2001-02-03 04:05"
    if isinstance(field, models.DateField):
        return "2001-02-03"
    return 1 if isinstance(field, models.IntegerField | models.DecimalField) else "Gekaapt"


def _models():
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and not model.__name__.endswith("Event")
    ]


def _after(crowd, who, path, body):
    """What is in the database when this is sent, and the status of the answer."""
    with transaction.atomic():
        status = crowd.send(who, path, body).status_code
        rows = _rows() | {ANSWER: status}
        transaction.set_rollback(True)
    return rows


def _rows():
    """Every cell of every room's tables; a new row by its order, a moment of just now as "now"."""
    now = timezone.now()
    cells = {}
    for model in _models():
        for at, row in enumerate(model._base_manager.order_by("pk").values()):
            for name, value in row.items():
                if hasattr(value, "tzinfo") and abs(now - value) < timedelta(minutes=10):
                    value = "now"
                cells[model._meta.label, name, at] = value
    return cells


def _differences(one, other, *, but=None):
    """The cells that differ, without those that differ between `one` and `but` as well."""
    by_itself = {cell for cell in but if one.get(cell) != but[cell]} if but else set()
    return [
        cell
        for cell in sorted(one.keys() | other.keys())
        if one.get(cell) != other.get(cell) and cell not in by_itself
    ]
