"""What goes out comes in again: every row, every file, and a portal that works."""

import json
import os
import threading
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from accounts.models import User
from agreements.models import Agreement, AgreementVersion, Passage
from archive.actions import import_all
from archive.exporting import export_all
from search.models import Entry, Word
from tests.archive.portals import file_hashes, members, row_hashes
from tests.factories import PASSWORD, AgreementFactory, UserFactory


def test_rows_and_files_come_back_equal(full, elsewhere):
    with elsewhere():
        import_all(full.archive)

        assert row_hashes() == full.rows
        assert file_hashes(settings.MEDIA_ROOT) == full.files
    assert len(full.rows) > 70
    assert sum(number > 0 for number, _ in full.rows.values()) > 60
    assert len(full.files) > 5


@pytest.mark.parametrize(
    "table", ["themes_partner", "accounts_user", "assessments_assessmentevent"]
)
def test_the_comparison_sees_one_changed_row(full, elsewhere, table):
    """The control of the test above."""
    column = {"themes_partner": "name", "accounts_user": "email"}.get(table, "summary")
    key = "pgh_id" if table.endswith("event") else "id"

    with elsewhere():
        import_all(full.archive)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {column} = {column} || '.' WHERE {key} = (SELECT min({key}) FROM {table})"
            )
        found = row_hashes()

    assert table in {name for name in full.rows if full.rows[name] != found[name]}


def test_the_comparison_sees_one_changed_byte_of_a_file(full, elsewhere):
    """The control of the test above."""
    with elsewhere():
        import_all(full.archive)
        file = next(file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file())
        file.write_bytes(file.read_bytes()[:-1] + b"!")

        assert file_hashes(settings.MEDIA_ROOT) != full.files


def test_what_came_in_goes_out_the_same(full, elsewhere, tmp_path):
    with elsewhere():
        import_all(full.archive)
        export_all(tmp_path / "weer.zip")

    before, after = members(full.archive), members(tmp_path / "weer.zip")
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} <= {
        "archief.json",
        "SHA256SUMS",
    }


def test_the_portal_works_afterwards(full, elsewhere, client):
    year, slug = full.world.coalition.term.start_year, full.world.coalition.municipality.slug

    with elsewhere():
        import_all(full.archive)
        mayor = User.objects.filter(groups__name="Burgemeester").first()

        answer = client.post(
            reverse("accounts:login"), {"username": mayor.username, "password": PASSWORD}
        )
        assert answer.status_code == 302
        found = client.get(reverse("search:search"), {"q": "ondermijning"})
        assert "Wij pakken" in found.text
        report = client.get(reverse("reports:file", args=[year, "gemeente", slug, "pdf"]))
        assert report.status_code == 200
        assert report.content.startswith(b"%PDF")


def test_the_search_index_is_made_again(full, elsewhere):
    with full.entered():
        words = set(Word.objects.values_list("word", flat=True))
        places = list(Entry.objects.order_by("kind", "words").values_list("kind", "words"))

    with elsewhere():
        import_all(full.archive)

        assert set(Word.objects.values_list("word", flat=True)) == words
        assert list(Entry.objects.order_by("kind", "words").values_list("kind", "words")) == places
    assert len(places) > 20


def test_numbering_goes_on_where_it_was(full, elsewhere, tmp_path):
    """Also past rows that were deleted: the history still knows their numbers."""
    with full.entered():
        number = UserFactory().pk
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_user WHERE id = %s", [number])
        export_all(tmp_path / "later.zip")

    with elsewhere():
        import_all(tmp_path / "later.zip")

        assert UserFactory().pk == number + 1


def test_triggers_guard_and_write_again(full, elsewhere):
    with elsewhere():
        import_all(full.archive)

        with pytest.raises(IntegrityError, match="does not stand"), transaction.atomic():
            Passage.objects.update(quote="anders")
        with pytest.raises(ProgrammingError, match="ready_is_for_good"), transaction.atomic():
            AgreementVersion.objects.update(text="anders")
        agreement = Agreement.objects.first()
        before = agreement.pgh_event_model.objects.count()
        Agreement.objects.filter(pk=agreement.pk).update(title="Anders")
        assert agreement.pgh_event_model.objects.count() == before + 1


def test_an_archive_is_of_one_moment(full, elsewhere, tmp_path):
    """Rows and their history are in tables that are read one after the other, while somebody writes."""
    with elsewhere():
        import_all(full.archive)
        with _someone_who_writes():
            for number in range(5):
                about = export_all(tmp_path / f"{number}.zip")
        rows = about.tables["agreements_agreement"]["rijen"]

        assert rows == _inserts(tmp_path / "4.zip")
        assert Agreement.objects.count() > rows > full.rows["agreements_agreement"][0]


@contextmanager
def _someone_who_writes():
    is_over = threading.Event()

    def write():
        try:
            while not is_over.is_set():
                AgreementFactory()
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        is_over.set()
        writer.join()


def _inserts(archive):
    lines = members(archive)["tabellen/agreements_agreementevent.jsonl"].splitlines()
    return sum(b'"pgh_label":"insert"' in line for line in lines)


def test_the_commands_say_what_they_did(full, elsewhere, capsys, tmp_path):
    with full.entered():
        call_command("export_all", output=tmp_path / "met-opdracht.zip")
    said = capsys.readouterr().out
    with elsewhere():
        call_command("import_all", tmp_path / "met-opdracht.zip")

    assert "bestanden" in said
    assert "geheim" in said
    assert "allemaal gelijk aan het archief" in capsys.readouterr().out


def test_a_file_that_is_gone_is_said_and_stops_nothing(full, elsewhere, tmp_path):
    said = []
    with elsewhere():
        import_all(full.archive)
        next(file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()).unlink()

        about = export_all(tmp_path / "gat.zip", say=said.append)

        assert len(about.missing_files) == 1
        assert about.missing_files[0] in " ".join(said)
        assert manifest_of(tmp_path / "gat.zip")["ontbrekende_bestanden"] == about.missing_files


def test_an_upload_of_after_this_moment_is_left_for_the_next_time(full, elsewhere, tmp_path):
    """Its row isn't in the archive; a file without a row that was there before is."""
    with elsewhere():
        import_all(full.archive)
        before, after = (settings.MEDIA_ROOT / name for name in ("eerder", "later"))
        for file in (before, after):
            file.write_bytes(b"zonder rij")
        os.utime(before, (0, 0))
        os.utime(after, (2**32, 2**32))

        export_all(tmp_path / "nu.zip")

    assert {"bestanden/eerder", "bestanden/later"} & members(tmp_path / "nu.zip").keys() == {
        "bestanden/eerder"
    }


def manifest_of(path):
    return json.loads(members(path)["archief.json"])
