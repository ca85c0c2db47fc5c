"""An archive knows every table and column, also those of rooms that come later."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from archive import readme
from archive.actions import import_all
from archive.sealed import Refused
from archive.tables import LEFT_OUT, archived_tables, own_tables
from tests.archive.portals import row_hashes, tables_in_database
from tests.factories import UserFactory
from themes.models import Theme


def test_every_table_is_in_an_archive_or_left_out_with_a_reason(db):
    covered = {table.name for table in archived_tables()}

    assert tables_in_database() == covered | LEFT_OUT.keys()
    assert not covered & LEFT_OUT.keys()
    assert all(LEFT_OUT.values())


def test_a_table_that_nobody_thought_of_is_seen(db, as_the_owner):
    """The control of the test above."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE new_table (id int)")

    assert tables_in_database() - {t.name for t in archived_tables()} - LEFT_OUT.keys() == {
        "new_table"
    }


def test_every_column_is_in_an_archive(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
        there = {(table, column) for table, column in cursor.fetchall() if table not in LEFT_OUT}

    assert {(t.name, column) for t in archived_tables() for column in t.columns} == there


def test_the_explanation_names_every_table_and_column():
    text = readme.text(archived_tables())

    for table in archived_tables():
        part = text.split(f"\n{table.name}\n")[1].split("\n\n")[0]
        assert all(f"  {column}" in part for column in table.columns), table.name
    assert all(name in text for name in LEFT_OUT)


def test_a_portal_with_only_what_comes_along_is_empty(full, elsewhere):
    with elsewhere():
        call_command("load_reference")
        assert Theme.objects.count() == 6

        import_all(full.archive)

        assert row_hashes() == full.rows


@pytest.mark.parametrize("where", ["rows", "files"])
def test_a_portal_that_is_not_empty_is_left_alone(full, elsewhere, where):
    with elsewhere():
        if where == "rows":
            UserFactory()
        else:
            settings.MEDIA_ROOT.mkdir()
            (settings.MEDIA_ROOT / "iets").write_text("van iemand")
        before = row_hashes()

        with pytest.raises(Refused, match="niet leeg"):
            import_all(full.archive)

        assert row_hashes() == before
        if where == "files":
            assert (settings.MEDIA_ROOT / "iets").read_text() == "van iemand"


def test_every_table_has_a_model_of_its_own():
    names = [table.name for table in own_tables()]

    assert len(names) == len(set(names)) > 80
