"""The API asks the database as often for one row as for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.v1.addresses import LISTS
from tests.api.conftest import Program, replied, token_of
from tests.factories import UserFactory, VersionFactory
from tests.world import make_world


@pytest.fixture
def reader(db):
    return Program(token_of(UserFactory(role="Burgemeester"))[1])


def paths(reader):
    """Every list, and the address of one thing of each."""
    for name in LISTS:
        query = {"q": "ondermijning"} if name == "zoekresultaten" else {"paginaGrootte": 100}
        query = {} if name == "wijzigingen" else query
        yield name, f"/api/v1/{name}", query
        row = reader.rows(name, **query)[-1]
        if "zelf" in row:
            yield f"one of {name}", row["zelf"], {}
    *_, agreement = reader.rows("akkoorden", paginaGrootte=100)
    yield "versie", agreement["versies"][0]["zelf"], {}


def count(reader):
    counts = {}
    for name, path, query in paths(reader):
        with CaptureQueriesContext(connection) as captured:
            response = reader.get(path, query)
        assert response.status_code == 200
        # Counting requests is a write at the first of a minute, and that may fall anywhere.
        asked = [each for each in captured if "api_tally" not in (each["sql"] or "")]
        counts[name] = (len(asked), response.json().get("totaal"))
    return counts


def test_query_counts_do_not_grow(reader):
    VersionFactory()  # takes number 1, after which no passage of an older one can wait
    make_world()
    replied()
    reader.get("gemeenten")  # the first of a day is noted
    few = count(reader)
    make_world(30)
    for _ in range(30):
        replied()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself, but not inside a transaction

    many = count(reader)

    assert {name: n for name, (n, _) in many.items()} == {name: n for name, (n, _) in few.items()}
    assert many["passages"][1] > few["passages"][1] + 25
    assert max(n for n, _ in many.values()) <= 15
