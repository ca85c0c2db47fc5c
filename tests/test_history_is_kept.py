"""The database role of the server and the worker can't alter history; its owner can (the control)."""

import os

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import InsufficientPrivilege

from tests.conftest import HAS_APP_ROLE
from tests.factories import AgreementFactory
from vrt_portal import embedded
from vrt_portal.database_roles import event_tables, flaws, grant

pytestmark = pytest.mark.skipif(not HAS_APP_ROLE, reason="DATABASE_OWNER_URL names no second role")

OWNER_URL = os.environ.get("DATABASE_OWNER_URL") or embedded.url()
APP_URL = os.environ.get("DATABASE_URL") or embedded.url(embedded.APP)


@pytest.fixture
def signed_in_as(db):
    """A session of its own with the test's database, by address; nothing of it is committed."""
    made = []

    def signed_in_as(url):
        given = conninfo_to_dict(url) | {"dbname": connection.settings_dict["NAME"]}
        made.append(psycopg.connect(**given))
        return made[-1]

    yield signed_in_as
    for session in made:
        session.rollback()
        session.close()


def test_these_tests_act_as_the_application(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (conninfo_to_dict(APP_URL)["user"],)


def test_every_history_table_is_known(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'pgh_label'"
        )
        there = {name for (name,) in cursor.fetchall()}

    assert set(event_tables()) == there
    assert len(there) >= 9


ALTERING = {
    "change": "UPDATE {} SET pgh_label = 'iets anders'",
    "delete": "DELETE FROM {}",
    "empty": "TRUNCATE {}",
    "drop": "DROP TABLE {}",
}


@pytest.mark.parametrize("table", event_tables())
@pytest.mark.parametrize("statement", ALTERING.values(), ids=ALTERING)
def test_history_is_not_altered(signed_in_as, table, statement):
    with pytest.raises(InsufficientPrivilege):
        signed_in_as(APP_URL).execute(statement.format(table))

    signed_in_as(OWNER_URL).execute(statement.format(table))


AROUND = {
    "switch the triggers off": "ALTER TABLE agreements_agreement DISABLE TRIGGER USER",
    "drop a trigger": "DROP TRIGGER pgtrigger_update_update_{} ON agreements_agreement",
    "drop the table": "DROP TABLE agreements_agreement CASCADE",
    "empty a table": "TRUNCATE agreements_agreement CASCADE",
    "make a table": "CREATE TABLE mine (id int)",
    "make a table that comes first": "CREATE TEMPORARY TABLE agreements_agreementevent (id int)",
    "make a schema": "CREATE SCHEMA mine",
    "make a function": "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "replace what writes history": "DROP FUNCTION _pgh_attach_context",
    "forget who did it": "DELETE FROM pghistory_context",
    "hide a migration": "DELETE FROM django_migrations",
}
NOT_EVEN_THE_OWNER = {
    "pose as a replica": "SET session_replication_role = replica",
    "make a role": "CREATE ROLE mine SUPERUSER",
}


@pytest.mark.parametrize("statement", AROUND.values(), ids=AROUND)
def test_there_is_no_way_around_it(signed_in_as, statement):
    statement = statement.format(_of_trigger("agreements_agreement", "pgtrigger_update_update_"))

    with pytest.raises(InsufficientPrivilege):
        signed_in_as(APP_URL).execute(statement)

    signed_in_as(OWNER_URL).execute(statement)


@pytest.mark.parametrize("statement", NOT_EVEN_THE_OWNER.values(), ids=NOT_EVEN_THE_OWNER)
@pytest.mark.parametrize("url", [APP_URL, OWNER_URL], ids=["application", "owner"])
def test_nobody_of_the_portal_rules_the_server(signed_in_as, url, statement):
    with pytest.raises(InsufficientPrivilege):
        signed_in_as(url).execute(statement)


def test_the_application_does_not_become_the_owner(signed_in_as):
    owner, application = (conninfo_to_dict(url)["user"] for url in (OWNER_URL, APP_URL))

    for words in ("SET ROLE", "SET SESSION AUTHORIZATION"):
        with pytest.raises(InsufficientPrivilege):
            signed_in_as(APP_URL).execute(f'{words} "{owner}"')

    signed_in_as(OWNER_URL).execute(f'SET ROLE "{application}"')


def test_a_change_by_the_application_is_written_by_the_trigger(committed, signed_in_as):
    agreement = AgreementFactory(title="Eerst")
    session = signed_in_as(APP_URL)

    session.execute("UPDATE agreements_agreement SET title = 'Daarna'")

    found = session.execute(
        "SELECT pgh_label, title FROM agreements_agreementevent WHERE id = %s ORDER BY pgh_id",
        [agreement.pk],
    )
    assert found.fetchall() == [("insert", "Eerst"), ("update", "Daarna")]


@pytest.mark.parametrize(("url", "changes"), [(APP_URL, 1), (OWNER_URL, 0)], ids=["application", "owner"])  # fmt: skip
def test_only_the_owner_may_skip_a_trigger(committed, signed_in_as, url, changes):
    AgreementFactory()
    trigger = _of_trigger("agreements_agreement", "")
    session = signed_in_as(url)
    session.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{trigger}}}"])

    session.execute("UPDATE agreements_agreement SET title = 'Stiekem'")

    found = session.execute(
        "SELECT count(*) FROM agreements_agreementevent WHERE pgh_label = 'update'"
    )
    assert found.fetchone() == (changes,)


def test_who_did_it_is_not_changed_afterwards(committed, signed_in_as):
    number = "00000000-0000-0000-0000-000000000001"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pghistory_context VALUES (%s, now(), now(), %s)",
            [number, '{"user": 7, "url": "/a/", "task": null}'],
        )
    session = signed_in_as(APP_URL)

    session.execute(
        "UPDATE pghistory_context SET id = gen_random_uuid(), created_at = now(), metadata = %s",
        ['{"user": 8, "task": "taak", "reason": "omdat"}'],
    )

    found = session.execute("SELECT id::text, metadata, created_at < now() FROM pghistory_context")
    assert found.fetchall() == [
        (number, {"user": 7, "url": "/a/", "task": "taak", "reason": "omdat"}, True)
    ]


@pytest.mark.parametrize(
    "slip",
    [
        "GRANT UPDATE ON agreements_agreementevent TO {role}",
        "GRANT UPDATE (title) ON agreements_agreementevent TO {role}",
        "GRANT DELETE ON agreements_agreementevent TO PUBLIC",
        "GRANT TRUNCATE ON agreements_agreementevent TO {role}",
        "GRANT TEMPORARY ON DATABASE {database} TO PUBLIC",
        "GRANT CREATE ON SCHEMA public TO {role}",
    ],
)
def test_a_slip_in_the_rights_is_seen_and_mended(db, as_the_owner, slip):
    role = conninfo_to_dict(APP_URL)["user"]
    with connection.cursor() as cursor:
        cursor.execute(slip.format(role=role, database=connection.settings_dict["NAME"]))

    assert len(flaws(connection, role)) == 1
    grant(connection, role)
    assert flaws(connection, role) == []


def test_a_new_table_is_closed_until_the_rights_are_given(db, as_the_owner):
    role = conninfo_to_dict(APP_URL)["user"]
    question = "SELECT has_table_privilege(%s, 'new_table', 'INSERT')"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE new_table (id int)")
        cursor.execute(question, [role])
        assert cursor.fetchone() == (False,)

        call_command("grant_roles")

        cursor.execute(question, [role])
        assert cursor.fetchone() == (True,)


def test_one_role_for_both_is_said(db, settings, as_the_owner, capsys):
    settings.DATABASE_APP_ROLE = conninfo_to_dict(OWNER_URL)["user"]

    call_command("grant_roles")

    assert "De geschiedenis is niet beschermd" in capsys.readouterr().out


def _of_trigger(table, prefix):
    """The update trigger that writes this table's history, without the prefix."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE %s",
            [table, "pgtrigger_update_update_%"],
        )
        return cursor.fetchone()[0].removeprefix(prefix)
