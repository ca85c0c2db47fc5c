"""Everything out: every row and every file of the portal in one sealed zip, of one moment."""

import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, models, transaction

from archive import manifest, readme, rows
from archive.invariants import broken_rules
from archive.sealed import Writer
from archive.tables import archived_tables

FILES = "bestanden/"
_PIECE = 1024 * 1024


@transaction.atomic(durable=True)
def export_all(path, *, replace=False, say=lambda line: None):
    """Write the whole portal to a file; gives its manifest. Others may go on writing meanwhile.

    Raises Refused when the database isn't up to date or the file can't be written. What is wrong in the portal
    itself, such as a file that is gone, is said and doesn't stop it: a copy with a hole is better than none.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with connection.cursor() as cursor:
        # Every question is answered as of the first one.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        rows.settle(cursor)
    about = manifest.Manifest(settings.VERSION, now, manifest.state_of_database())
    with Writer(path, replace=replace) as archive:
        for table in archived_tables():
            about.tables[table.name] = _write_table(archive, table)
        say(
            f"{sum(its['rijen'] for its in about.tables.values())} rijen uit {len(about.tables)} tabellen"
        )
        _write_files(archive, about, say)
        for rule, number in broken_rules():
            say(f"LET OP: {rule}: {number} keer. Een archief met deze fout is niet in te lezen.")
        archive.add(readme.NAME, [readme.text(archived_tables()).encode()])
        archive.add(manifest.NAME, [about.as_bytes()])
    return about


def _write_table(archive, table):
    number = 0

    def counted():
        nonlocal number
        for piece in rows.lines_of(table):
            number += piece.count(b"\n")
            yield piece

    archive.add(table.member, counted())
    return {"rijen": number, "kolommen": table.columns, "nummering": rows.sequence_of(table)}


def _write_files(archive, about, say):
    """A file is stored before its row is: so those of every row of this moment are there already."""
    known, began = _named_in_rows(), datetime.fromisoformat(about.made_at).timestamp()
    written = set()
    for name, file in _stored(Path(settings.MEDIA_ROOT)).items():
        try:
            stream = file.open("rb")
        except FileNotFoundError:
            continue  # it went meanwhile
        with stream:
            if name not in known and os.fstat(stream.fileno()).st_mtime >= began:
                continue  # an upload of after this moment
            pieces = iter(partial(stream.read, _PIECE), b"")
            archive.add(FILES + name, pieces, is_packed=False)
            written.add(name)
    about.files, about.missing_files = len(written), sorted(known - written)
    say(f"{about.files} bestanden")
    for name in about.missing_files:
        say(f"LET OP: het bestand {name} staat in de database, maar is er niet.")


def _named_in_rows():
    return {
        name
        for table in archived_tables()
        for field in table.fields
        if isinstance(field, models.FileField)
        for name in table.model._base_manager.exclude(**{field.name: ""})
        .values_list(field.name, flat=True)
        .iterator()
        if name
    }


def _stored(root):
    """Every ordinary file below a folder by its name in it, in order."""
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            file = Path(folder, name)
            if file.is_file() and not file.is_symlink():
                found[file.relative_to(root).as_posix()] = file
    return dict(sorted(found.items()))
