"""Every page asks the database as often for one row as for thirty."""

import pghistory
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import HTMX
from tests.factories import AssignmentFactory, MunicipalityFactory, UserFactory, VersionFactory
from tests.test_access import PAGES, SIGN_IN_PAGE, TABLE
from tests.world import make_world

MOST = ("Adviseur", "Eindredacteur", "Beheerder", "Burgemeester")  # who sees most, first


# What lies before one municipality is counted in tests/assessments/replies/test_contact_sees.py.
MANY = [name for name in PAGES if name not in SIGN_IN_PAGE and set(MOST) & TABLE[name][0]]


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker):
    """Per page the number of queries in a world of one row of everything, and in one of thirty."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = {role: _someone(role) for role in MOST}
        VersionFactory()  # takes number 1, after which no passage of an older one can wait
        few = _count(people, rows=1)
        few["the team"] = _queries(people["Eindredacteur"], "assessments:my-work", few.pop("world"))
        UserFactory.create_batch(5, role="Adviseur")
        many = _count(people, rows=30)
        many["the team"] = _queries(
            people["Eindredacteur"], "assessments:my-work", many.pop("world")
        )
        yield {name: (few[name], many[name]) for name in few}
        transaction.set_rollback(True)


def _someone(role):
    client = Client()
    municipality = MunicipalityFactory() if role == "Burgemeester" else None
    client.force_login(UserFactory(role=role, municipality=municipality))
    return client


def _count(people, *, rows):
    with pghistory.context(user=UserFactory().pk):  # so that the history of every row names someone
        world = make_world(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE"
        )  # the server does so by itself, but not inside an open transaction
    found = {"world": world}
    for name in MANY:
        role = next(role for role in MOST if role in TABLE[name][0])
        found[name] = _queries(people[role], name, world)
    return found


def _queries(client, name, world):
    address = reverse(name, args=world.arguments[name])
    # What is kept between requests, such as content types, is fetched once.
    client.get(address, follow=True)
    return min(_asked(client, address) for _ in range(2))  # once a minute a session notes its use


def _asked(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, follow=True).status_code == 200
    return len(captured)


@pytest.mark.django_db
@pytest.mark.xdist_group("query counts")  # the two worlds are made once
@pytest.mark.parametrize("name", [*MANY, "the team"])
def test_query_count_does_not_grow(counts, name):
    few, many = counts[name]

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
