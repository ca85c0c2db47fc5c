"""Every page asks the database as often for one row as for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import HTMX
from tests.factories import AssignmentFactory, UserFactory, VersionFactory
from tests.test_access import PAGES, SIGN_IN_PAGE
from tests.world import make_world


def queries(client, name, rows):
    world = make_world(rows)
    address = reverse(name, args=world.arguments[name])
    client.get(
        address, follow=True
    )  # what is kept between requests, such as content types, is fetched once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, follow=True).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in SIGN_IN_PAGE])
def test_query_count_does_not_grow(client, sign_in, db, name):
    sign_in("Beheerder" if name.startswith(("accounts:", "mail:")) else "Adviseur")

    few = queries(client, name, rows=1)
    many = queries(client, name, rows=30)

    assert many == few


def test_query_count_of_the_team_does_not_grow(client, sign_in, db):
    sign_in("Eindredacteur")

    few = queries(client, "assessments:my-work", rows=1)
    UserFactory.create_batch(5, role="Adviseur")
    many = queries(client, "assessments:my-work", rows=30)

    assert many == few


def test_query_count_of_a_page_read_does_not_grow(
    client, sign_in, db, django_assert_max_num_queries
):
    advisor = sign_in("Adviseur")
    version = VersionFactory(text="\f".join(["bladzijde"] * 75))
    AssignmentFactory.create_batch(5, agreement=version.agreement)
    AssignmentFactory(agreement=version.agreement, reader=advisor)
    address = reverse("agreements:page-read", args=[version.pk])

    with django_assert_max_num_queries(14):
        response = client.post(address, {"until": 75}, headers=HTMX)

    assert response.text.count("page-read") >= 75
