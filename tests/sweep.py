"""Every address as everyone: the people, their requests, and what an answer looks like from outside."""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import resolve, reverse

from tests.factories import MunicipalityFactory, UserFactory

METHODS = ("GET", "POST", "PUT", "DELETE")
# No view knows these, but for HEAD those of the exchange; once per address is enough.
REFUSED_AT_THE_DOOR = ("PATCH", "HEAD")
ELSEWHERE = " elders"  # a mayor or contact of another municipality than the world's
OF_A_MUNICIPALITY = {"Burgemeester", "Gemeentecontact"}


def someone(who, world):
    """A person by the name that the table gives; who belongs to a municipality belongs to the world's."""
    role = {"no role": None, "disabled": "Adviseur"}.get(who, who.removesuffix(ELSEWHERE))
    municipality = None
    if role in OF_A_MUNICIPALITY:
        is_elsewhere = who.endswith(ELSEWHERE)
        municipality = MunicipalityFactory() if is_elsewhere else world.coalition.municipality
    return UserFactory(role=role, municipality=municipality)


@dataclass(frozen=True)
class Place:
    """An address, in one state of what it is about, and a body that its form would send there."""

    name: str
    arguments: list
    state: str = ""
    body: dict = field(default_factory=dict)

    @property
    def path(self):
        return reverse(self.name, args=self.arguments)

    @property
    def elsewhere(self):
        """The same address of what doesn't exist; None when the address is about nothing."""
        named = resolve(self.path).captured_kwargs
        if not named:
            return None
        return reverse(self.name, kwargs={key: _nobodys(key, named[key]) for key in named})

    def __str__(self):
        return f"{self.name} ({self.state})" if self.state else self.name


def _nobodys(key, value):
    if key == "year":
        return 1903
    if key in {"kind", "format"}:  # an address knows just a few of these
        return value
    return 2_000_000_000 if isinstance(value, int) else "bestaat-niet"


@dataclass(frozen=True)
class Answer:
    """What someone outside can tell of an answer."""

    status: int
    headers: tuple
    body: bytes  # its hash: tens of thousands of pages are remembered

    def __str__(self):
        to = dict(self.headers).get("Location")
        return f"{self.status} naar {to}" if to else str(self.status)


class Crowd(RequestFactory):
    """One person of each kind, signed in once. What a request changes is undone when it is answered.

    It talks to the same handler as the test client, made once: the client makes one for every person and
    keeps a copy of every template's context, which is most of the time in tens of thousands of requests.
    """

    def __init__(self, names, world):
        super().__init__()
        self._handler = ClientHandler(enforce_csrf_checks=False)
        self.people, self._keys, self._known = {}, {}, {}
        for name in names:
            if name == "anonymous":
                continue
            client, person = Client(), someone(name, world)
            self.people[name] = person
            client.force_login(person)
            self._keys[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
            if name == "disabled":
                type(person).objects.filter(pk=person.pk).update(is_active=False)

    def request(self, **request):
        return self._handler(self._base_environ(**request))

    def response(self, who, path, **environ):
        """What answers a GET, as it is."""
        self._come_as(who)
        with transaction.atomic():
            response = self.get(path, **environ)
            transaction.set_rollback(True)
        return response

    def send(self, who, path, body):
        """Send a form; what it changes stays, until the caller undoes it."""
        self._come_as(who)
        for value in body.values():
            if hasattr(value, "seek"):
                value.seek(0)
        return self.post(path, body)

    def sent_and_undone(self, who, path, body):
        with transaction.atomic():
            response = self.send(who, path, body)
            transaction.set_rollback(True)
        return response

    def _come_as(self, who):
        self.cookies.clear()
        if who in self._keys:
            self.cookies[settings.SESSION_COOKIE_NAME] = self._keys[who]

    def ask(self, who, method, path, body=None):
        self._come_as(who)
        with transaction.atomic():
            send = getattr(self, method.lower())
            response = send(path, body or {}) if method == "POST" else send(path)
            answer = _answer(response, path)
            transaction.set_rollback(True)
        return answer

    def ask_once(self, who, method, path, body=None):
        """The same, of what was asked before remembered: for what a request can't have changed."""
        key = (who, method, path, str(body))
        if key not in self._known:
            self._known[key] = self.ask(who, method, path, body)
        return self._known[key]


TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')  # differs at every request


def _answer(response, path):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = dict(response.headers.items())
    for spelling in {path, quote(path, safe="/")} - {"/"}:
        body = body.replace(spelling.encode(), b"PATH")
        headers = {name: value.replace(spelling, "PATH") for name, value in headers.items()}
    headers["Set-Cookie"] = sorted(response.cookies)
    return Answer(
        response.status_code,
        tuple(sorted((name, str(value)) for name, value in headers.items())),
        sha256(TOKEN.sub(b"", body)).digest(),
    )
