"""Every page asks the database as often for one row as for thirty."""

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import HTMX
from tests.factories import AssignmentFactory, MunicipalityFactory, UserFactory, VersionFactory
from tests.test_access import PAGES, SIGN_IN_PAGE, TABLE
from tests.world import make_world

MOST = ("Adviseur", "Eindredacteur", "Beheerder", "Burgemeester")  # who sees most, first


def queries(client, name, rows):
    with pghistory.context(user=UserFactory().pk):  # so that the history of every row names someone
        world = make_world(rows)
    address = reverse(name, args=world.arguments[name])
    client.get(
        address, follow=True
    )  # what is kept between requests, such as content types, is fetched once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, follow=True).status_code == 200
    return len(captured)


# What lies before one municipality is counted in tests/assessments/test_replies.py.
MANY = [name for name in PAGES if name not in SIGN_IN_PAGE and set(MOST) & TABLE[name][0]]


@pytest.mark.parametrize("name", MANY)
def test_query_count_does_not_grow(client, sign_in, db, name):
    may = [role for role in MOST if role in TABLE[name][0]]
    sign_in(may[0], municipality=MunicipalityFactory() if may[0] == "Burgemeester" else None)

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
