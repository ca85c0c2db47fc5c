"""A program that asks the API, with a token or without."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from api.models import Token
from tests.factories import UserFactory


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
    about = {
        "name": "Proef",
        "scopes": list(scopes or ("lezen", "zoeken")),
        "expires_on": timezone.localdate() + timedelta(days=30),
    }
    token = Token(owner=owner, **(about | kwargs))
    secret = token.give_secret()
    token.save()
    return token, secret


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
