"""What was drawn of readers' pages is kept, and never a moment longer than it is true."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from overview import edition
from tests.factories import MunicipalityFactory, UserFactory
from tests.test_access import PAGES, READER, TABLE
from tests.world import make_world

pytestmark = pytest.mark.django_db

# Of whoever asks, or of no reader's page but every page's frame; none of them is drawn inside a kept part.
OF_A_PERSON = {
    "accounts_session", "accounts_user", "accounts_user_groups", "auth_group",
    "auth_group_permissions", "auth_permission", "django_content_type", "overview_change",
}  # fmt: skip
READERS_PAGES = [
    name
    for name in PAGES
    if name.startswith("overview:") and "Burgemeester" in TABLE[name][0] & READER
]


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def world():
    return make_world()


def reader(municipality):
    client = Client()
    client.force_login(UserFactory(role="Burgemeester", municipality=municipality))
    return client


def matrix(client, world):
    return client.get(reverse("overview:matrix", args=world.arguments["overview:theme"][:1]))


def body(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_every_table_that_a_readers_page_asks_is_watched(world):
    client = reader(world.coalition.municipality)

    with CaptureQueriesContext(connection) as captured:
        for name in READERS_PAGES:
            client.get(reverse(name, args=world.arguments[name]), follow=True)
    asked = {
        table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'note_change'"
        )
        watched = {table for (table,) in cursor.fetchall()}

    assert {"assessments_assessment", "agreements_coding"} <= asked
    assert asked - watched - OF_A_PERSON == set()


def test_a_page_that_is_kept_asks_less(world):
    client = reader(world.coalition.municipality)
    matrix(client, world)

    with CaptureQueriesContext(connection) as captured:
        matrix(client, world)

    assert not [query for query in captured if "assessments_assessment" in query["sql"]]


def test_a_withdrawal_hides_at_once(world):
    client = reader(world.coalition.municipality)
    before = body(matrix(client, world))

    actions.withdraw(
        world.published,
        seen=world.published.status,
        why="Een fout.",
        by=UserFactory(role="Eindredacteur"),
    )

    after = body(matrix(client, world))
    assert f'level-{world.published.level}"' in before.split("<tbody>")[1]
    assert before != after
    assert f'level-{world.published.level}"' not in after.split("<tbody>")[1].split("</tbody>")[0]


def test_every_edition_is_another_word(world):
    seen = [edition.edition()]
    for name in ("Almelo aan de Aa", "Borne", "Losser"):
        world.coalition.municipality.name = name
        world.coalition.municipality.save()
        seen.append(edition.edition())
    edition.forget()
    seen.append(edition.edition())

    assert len(set(seen)) == len(seen)


def test_nothing_changed_is_the_same_edition(world):
    assert edition.edition() == edition.edition()


def test_rows_of_more_than_an_hour_ago_are_forgotten(world):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO overview_change (at) VALUES (now() - interval '2 hours')")

        edition.forget()

        cursor.execute("SELECT count(*) FROM overview_change WHERE at < now() - interval '1 hour'")
        assert cursor.fetchone() == (0,)


def drawn_in_turn(world, name):
    """A page as two readers see it one after the other, and as the second sees it when nothing is kept."""
    first, second = reader(world.coalition.municipality), reader(MunicipalityFactory())
    address = reverse(name, args=world.arguments[name])
    first.get(address, follow=True)
    kept = body(second.get(address, follow=True))
    cache.clear()
    return kept, body(second.get(address, follow=True))


@pytest.mark.parametrize("name", READERS_PAGES)
def test_no_reader_gets_what_was_drawn_for_another(world, name):
    kept, fresh = drawn_in_turn(world, name)

    assert kept == fresh


def test_a_key_without_the_reader_would_be_found(world, monkeypatch):
    template = engines["django"].get_template("overview/matrix.html").template
    tags = [
        node for node in template.nodelist.get_nodes_by_type(object) if hasattr(node, "vary_on")
    ]
    for tag in tags:
        of_a_reader = [part for part in tag.vary_on if "municipality" in str(part.token)]
        monkeypatch.setattr(tag, "vary_on", [p for p in tag.vary_on if p not in of_a_reader])

    kept, fresh = drawn_in_turn(world, "overview:matrix")

    assert tags
    assert kept != fresh
