"""An archive that doesn't fit is refused in Dutch, and leaves nothing behind."""

import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from archive.actions import import_all
from archive.exporting import export_all
from archive.sealed import Refused
from tests.archive.portals import members, row_hashes, with_row, write_sealed
from tests.conftest import HAS_APP_ROLE, _take_the_role


def _manifest(change):
    def changed(found):
        words = json.loads(found["archief.json"])
        change(words)
        return found | {"archief.json": json.dumps(words).encode()}

    return changed


def _rows_of_terms(number):
    return lambda words: words["tabellen"]["themes_term"].update(rijen=number)


def _row(table, **values):
    return lambda found: with_row(found, table, lambda row: row.update(values))


def _without(name):
    return lambda found: {other: content for other, content in found.items() if other != name}


def _lines(table, content):
    return lambda found: found | {f"tabellen/{table}.jsonl": content}


CHANGES = {
    "another state": (
        _manifest(lambda words: words["migraties"]["agreements"].append("0099_later")),
        r"Hier ontbreekt: agreements.0099_later.\n.*versie 0",
    ),
    "an older state": (
        _manifest(lambda words: words["migraties"]["search"].pop()),
        r"In het archief ontbreekt: search",
    ),
    "another form": (_manifest(lambda words: words.update(vorm=2)), "ander soort archief"),
    "no manifest": (_without("archief.json"), "archief.json ontbreekt"),
    "a manifest that is a list": (lambda found: found | {"archief.json": b"[]"}, "niet te lezen"),
    "a manifest that is deep": (
        lambda found: found | {"archief.json": b"[" * 100_000},
        "niet te lezen",
    ),
    "a number that is endless": (_manifest(_rows_of_terms(float("inf"))), "niet te lezen"),
    "a number below zero": (_manifest(_rows_of_terms(-1)), "niet te lezen"),
    "a number of files that is endless": (
        _manifest(lambda words: words.update(bestanden=float("inf"))),
        "niet te lezen",
    ),
    "a numbering below zero": (
        _manifest(lambda words: words["tabellen"]["themes_term"].update(nummering=[-5, True])),
        "niet te lezen",
    ),
    "a table is missing": (
        _without("tabellen/agreements_coding.jsonl"),
        "agreements_coding.jsonl ontbreekt",
    ),
    "an unknown table": (_lines("pg_authid", b"{}\n"), "kent 'tabellen/pg_authid.jsonl' niet"),
    "a table that is left out": (_lines("accounts_session", b""), "kent .*accounts_session"),
    "an unknown table in the manifest": (
        _manifest(
            lambda words: words["tabellen"].update(
                x={"rijen": 0, "kolommen": [], "nummering": None}
            )
        ),
        "kent 'x' niet",
    ),
    "other columns": (
        _manifest(lambda words: words["tabellen"]["themes_term"]["kolommen"].append("extra")),
        "themes_term heeft in dit archief andere kolommen",
    ),
    "an unknown column": (
        _row("accounts_user", extra=1),
        r"accounts_user.jsonl, regel 1 heeft andere kolommen \(extra\)",
    ),
    "no JSON": (_lines("themes_term", b"{]\n"), "regel 1 is geen geldige JSON"),
    "no UTF-8": (_lines("themes_term", b'"\xff"\n'), "regel 1 is geen geldige JSON"),
    "a number for a row": (_lines("themes_term", b"1\n"), "regel 1 heeft andere kolommen"),
    "JSON that is deep": (_lines("themes_term", b"[" * 100_000 + b"\n"), "geen geldige JSON"),
    "half a line": (_lines("themes_term", b"{}"), "niet compleet"),
    "a value of another kind": (_row("accounts_user", is_active="misschien"), "database weigert"),
    "a number in the JSON that isn't one": (
        lambda found: (
            found
            | {
                "tabellen/accounts_user.jsonl": found["tabellen/accounts_user.jsonl"].replace(
                    b":true", b":NaN", 1
                )
            }
        ),
        "database weigert",
    ),
    "fewer rows": (
        _manifest(lambda words: words["tabellen"]["accounts_user"].update(rijen=1)),
        "niet zoveel rijen",
    ),
    "more files": (lambda found: found | {"bestanden/x": b"x"}, "niet zoveel bestanden"),
    "a link to nothing": (
        _row("agreements_coding", theme_id=999999),
        "database weigert.*foreign key",
    ),
    "a key that is there twice": (
        _row("accounts_user", id=2_000_000, username="gebruiker"),
        "database weigert",
    ),
    "a quote that isn't literal": (
        _row("agreements_passage", quote="Wij doen niets."),
        "niet letterlijk",
    ),
    "a page past the text": (_row("agreements_page", end=100_000), "loopt voorbij de tekst"),
    "a value that doesn't come back": (
        _row("agreements_measure", created_at="2026-01-01T00:00:00+02:00"),
        "niet gelijk",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_archive_is_refused_and_leaves_nothing(full, empty, tmp_path, name):
    change, message = CHANGES[name]
    changed = write_sealed(tmp_path / "anders.zip", change(members(full.archive)))

    with empty.entered():
        before = row_hashes()
        with pytest.raises(Refused, match=message):
            import_all(changed)

        assert row_hashes() == before
        assert not settings.MEDIA_ROOT.exists()
        assert _triggers_off() == 0


def test_an_archive_that_is_only_packed_again_is_read(full, elsewhere, tmp_path):
    """The control of the test above."""
    same = write_sealed(tmp_path / "gelijk.zip", members(full.archive))

    with elsewhere():
        import_all(same)

        assert _triggers_off() == 0
        assert any(settings.MEDIA_ROOT.iterdir())


def test_a_file_that_was_changed_leaves_nothing(full, empty, tmp_path):
    """The files come last, so by then every row is there."""
    found = members(full.archive)
    file = next(name for name in found if name.startswith("bestanden/"))
    sums = dict(line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines())
    changed = write_sealed(tmp_path / "anders.zip", found | {file: b"anders"}, sums=sums)

    with empty.entered():
        before = row_hashes()
        with pytest.raises(Refused, match="controlegetal van bestanden/"):
            import_all(changed)

        assert row_hashes() == before
        assert not settings.MEDIA_ROOT.exists()


def test_what_breaks_off_after_the_files_leaves_nothing(full, empty):
    def stop(line):
        if "bestanden" in line:
            raise KeyboardInterrupt

    with empty.entered():
        before = row_hashes()
        with pytest.raises(KeyboardInterrupt):
            import_all(full.archive, say=stop)

        assert row_hashes() == before
        assert not settings.MEDIA_ROOT.exists()


@pytest.mark.skipif(not HAS_APP_ROLE, reason="one role does all")
def test_the_application_may_not_read_an_archive_in(full, empty):
    with empty.entered():
        _take_the_role(connection)
        with pytest.raises(Refused, match="alleen de eigenaar"):
            import_all(full.archive)


@pytest.mark.skipif(not HAS_APP_ROLE, reason="one role does all")
def test_the_application_may_write_one(full, tmp_path):
    with full.entered():
        _take_the_role(connection)
        export_all(tmp_path / "nog-een.zip")

    assert members(tmp_path / "nog-een.zip").keys() == members(full.archive).keys()


def test_a_portal_that_is_not_up_to_date_is_not_exported(elsewhere, tmp_path):
    with elsewhere():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'search'")
        with pytest.raises(CommandError, match="Voer eerst manage.py migrate uit"):
            call_command("export_all", output=tmp_path / "a.zip")

    assert not (tmp_path / "a.zip").exists()


def test_a_broken_rule_is_said_while_exporting(full, elsewhere, tmp_path):
    said = []
    with elsewhere():
        import_all(full.archive)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE agreements_passage DISABLE TRIGGER USER")
            cursor.execute("UPDATE agreements_passage SET quote = 'anders' WHERE start = 0")

        export_all(tmp_path / "a.zip", say=said.append)

    assert "LET OP: een citaat staat niet letterlijk op zijn plaats" in " ".join(said)


def test_a_database_with_a_trigger_off_is_left_alone(full, elsewhere):
    with elsewhere():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE agreements_passage DISABLE TRIGGER USER")
        with pytest.raises(Refused, match="staan triggers uit"):
            import_all(full.archive)


def _triggers_off():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O'")
        return cursor.fetchone()[0]
