"""GET /gezond/ tells whether the portal is well, and if not, why."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

ADDRESS = "/gezond/"


@pytest.fixture
def worker(db):
    """A worker that told this long ago that it lives."""

    def worker(seconds_ago):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_workers")
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
                [timezone.now() - timedelta(seconds=seconds_ago)],
            )

    return worker


def test_all_is_well(client, worker, settings):
    worker(seconds_ago=5)

    response = client.get(ADDRESS)

    assert response.status_code == 200
    assert response.json() == {"status": "gezond", "versie": settings.VERSION}


def test_a_silent_worker_is_told(client, worker):
    worker(seconds_ago=300)

    response = client.get(ADDRESS)

    assert response.status_code == 503
    assert "worker" in response.json()["reden"]


def test_a_database_behind_is_told(client, worker, as_the_owner):
    worker(seconds_ago=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'assessments' AND name ="
            " (SELECT max(name) FROM django_migrations WHERE app = 'assessments')"
        )

    response = client.get(ADDRESS)

    assert response.status_code == 503
    assert "migrate" in response.json()["reden"]
