"""Every page asks the database as often for one row as for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.test_access import PAGES
from tests.world import make_world


def queries(client, name, rows):
    world = make_world(rows)
    address = reverse(name, args=world.arguments[name])
    client.get(address)  # what is kept between requests, such as content types, is fetched once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", [name for name in PAGES if name != "accounts:login"])
def test_query_count_does_not_grow(client, sign_in, db, name):
    sign_in("Beheerder" if name.startswith("accounts:") else "Adviseur")

    few = queries(client, name, rows=1)
    many = queries(client, name, rows=30)

    assert many == few
