"""A program that asks the API, with a token or without."""

import pytest
from django.test import Client

from assessments import actions
from tests.factories import (
    CodingFactory,
    PassageFactory,
    TokenFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    in_reply,
)


class Program:
    """Asks the API as whoever made its token; without one as anyone."""

    def __init__(self, secret=None):
        self.client, self.secret = Client(), secret

    def get(self, path, query=None, **headers):
        return self.ask("GET", path, query, **headers)

    def ask(self, method, path, query=None, **headers):
        if self.secret:
            headers.setdefault("Authorization", f"Bearer {self.secret}")
        address = path if path.startswith("/") else f"/api/v1/{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method, address, headers=named, query_params=query or {}, REMOTE_ADDR="192.0.2.7"
        )

    def rows(self, path, **query):
        response = self.get(path, query)
        assert response.status_code == 200, response.text
        return response.json()["resultaten"]


def token_of(owner, *scopes, **kwargs):
    """A token of this person and its secret."""
    token = TokenFactory(owner=owner, **({"scopes": list(scopes)} if scopes else {}), **kwargs)
    return token, token.secret


def replied(coalition=None, text="Er is meer.", answer="Dank u."):
    """A published judgement to which the municipality replied, and its contact."""
    version = VersionFactory(**({"agreement__coalition": coalition} if coalition else {}))
    draft = draft_of(CodingFactory(passage=PassageFactory(version=version)))
    reply = in_reply(draft)
    advisor, editor = UserFactory(role="Adviseur"), UserFactory(role="Eindredacteur")
    contact = UserFactory(role="Gemeentecontact", municipality=draft.coalition.municipality)
    reply.position, reply.text = "addition", text
    actions.reply(reply, by=contact, seen=reply.edit_number)
    reply.refresh_from_db()
    actions.answer_reply(reply, text=answer, by=advisor, seen=reply.edit_number)
    actions.close_reply(draft, by=editor, seen=draft.edit_number)
    return actions.publish(draft, by=editor, seen=draft.edit_number), contact


@pytest.fixture(autouse=True)
def no_haste(settings):
    """Tests ask more often in a minute than anyone else; those of the limit set their own."""
    settings.API_PER_MINUTE = settings.API_PER_MINUTE_OPEN = 100_000


@pytest.fixture
def program(db):
    """The program of a reader."""
    return Program(token_of(UserFactory(role="Burgemeester"))[1])


@pytest.fixture
def anyone(db):
    """A program without a token."""
    return Program()
