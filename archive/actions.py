"""Everything in again: rows and files of an archive into an empty portal, whole or not at all."""

import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction
from psycopg import errors, sql

from archive import manifest, readme, rows
from archive.exporting import FILES
from archive.invariants import broken_rules
from archive.sealed import Reader, Refused
from archive.tables import archived_tables, own_tables
from search.actions import rebuild_index


def import_all(path, *, say=lambda line: None):
    """Read an archive of `export_all` into this portal; gives its manifest. Act as the owner of the tables.

    Raises Refused, and leaves everything as it was, when the portal isn't empty or the archive isn't whole, isn't
    of this state of the database, or breaks a rule of it.
    """
    with Reader(path) as archive:
        about = manifest.Manifest.read(archive)
        with _folder_for_files(archive) as folder:
            try:
                with transaction.atomic(durable=True):
                    _fill(archive, about, say)
                    _unpack(archive, folder, about, say)
                    for child in sorted(folder.iterdir()):
                        child.rename(folder.parent / child.name)
            except DatabaseError as problem:
                raise _explained(problem) from problem
    return about


def _fill(archive, about, say):
    tables = archived_tables()
    with connection.cursor() as cursor:
        rows.settle(cursor)
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        manifest.compare(about, manifest.state_of_database())
        _check_members(archive, about, tables)
        _refuse_when_filled(cursor, tables)
        with _without_triggers(cursor):
            cursor.execute(_of_all("TRUNCATE {} RESTART IDENTITY"))
            for table in tables:
                number = rows.insert(table, archive.lines(table.member))
                if number != about.tables[table.name]["rijen"]:
                    raise Refused(
                        f"{table.member} heeft niet zoveel rijen als {manifest.NAME} zegt."
                    )
                if its := about.tables[table.name]["nummering"]:
                    rows.set_sequence(table, *its)
            # Links between rows are looked at now, and not when all is said and done.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        rebuild_index()
        _compare(archive, tables)
        if broken := broken_rules():
            raise Refused(
                "Deze rijen mogen niet bestaan: "
                + "; ".join(f"{rule} ({number} keer)" for rule, number in broken)
                + ". Er is niets ingelezen."
            )
        cursor.execute("ANALYZE")
    total = sum(its["rijen"] for its in about.tables.values())
    say(f"{total} rijen in {len(tables)} tabellen, allemaal gelijk aan het archief")


def _check_members(archive, about, tables):
    """That it holds what it says and nothing else, and that this portal knows every table and column."""
    fixed = {manifest.NAME, readme.NAME, *(table.member for table in tables)}
    if missing := sorted(fixed - archive.names):
        raise Refused(f"{missing[0]} ontbreekt in dit archief. Gebruik een andere kopie.")
    extra = {name for name in archive.names - fixed if not name.startswith(FILES)}
    extra |= about.tables.keys() - {table.name for table in tables}
    if extra:
        raise Refused(f"Dit portaal kent {min(extra)!r} niet. We lezen dit archief niet in.")
    for table in tables:
        if about.tables.get(table.name, {}).get("kolommen") != table.columns:
            raise Refused(f"De tabel {table.name} heeft in dit archief andere kolommen dan hier.")
    if about.files != len(archive.names - fixed):
        raise Refused(f"Dit archief heeft niet zoveel bestanden als {manifest.NAME} zegt.")


def _refuse_when_filled(cursor, tables):
    filled = []
    for table in tables:
        if not table.is_filled_at_once:
            cursor.execute(
                sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table.name))
            )
            if cursor.fetchone()[0]:
                filled.append(table.name)
    if filled:
        raise Refused(
            f"Dit portaal is niet leeg: er staat al iets in {', '.join(filled[:5])}. "
            "Maak een nieuwe, lege database en lees het archief daar in."
        )


@contextmanager
def _without_triggers(cursor):
    """Triggers write history and refuse what people may not do; an archive holds what they wrote and let through.

    They are off for this transaction alone, in which nobody else can reach these tables. Links between tables are
    kept by other triggers, which stay on. A portal in which some are off already isn't one to trust.
    """
    if _triggers_off(cursor):
        raise Refused("In deze database staan triggers uit. Maak een nieuwe, lege database.")
    for table in own_tables():
        cursor.execute(
            sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table.name))
        )
    yield
    for table in own_tables():
        cursor.execute(
            sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table.name))
        )
    if off := _triggers_off(cursor):
        raise Refused(f"Deze triggers gingen niet weer aan: {', '.join(off)}.")


def _triggers_off(cursor):
    cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O' AND NOT tgisinternal")
    return [name for (name,) in cursor.fetchall()]


def _of_all(statement):
    names = [sql.Identifier(table.name) for table in own_tables()]
    return sql.SQL(statement).format(sql.SQL(", ").join(names))


def _compare(archive, tables):
    """Write every table out again: the checksum says whether each row is what it was."""
    for table in tables:
        found = hashlib.sha256()
        for piece in rows.lines_of(table):
            found.update(piece)
        if found.hexdigest() != archive.sums[table.member]:
            raise Refused(f"{table.member} is na het inlezen niet gelijk. Er is niets ingelezen.")


@contextmanager
def _folder_for_files(archive):
    """A folder beside where files belong, on the same disk; what isn't finished leaves nothing there."""
    root = Path(settings.MEDIA_ROOT)
    is_new = not root.exists()
    try:
        root.mkdir(parents=True, exist_ok=True)
        if any(root.iterdir()):
            raise Refused(
                f"De map {root} is niet leeg. Zet opzij wat erin staat, en probeer opnieuw."
            )
        needed = sum(archive.size(name) for name in archive.names if name.startswith(FILES))
        if needed > shutil.disk_usage(root).free:
            raise Refused(
                f"Op de schijf van {root} is te weinig ruimte: er is {needed} bytes nodig."
            )
        folder = Path(tempfile.mkdtemp(dir=root, prefix=".inlezen-"))
        try:
            yield folder
        except BaseException:
            for child in root.iterdir():
                shutil.rmtree(child) if child.is_dir() else child.unlink()
            if is_new:
                root.rmdir()
            raise
        folder.rmdir()
    except OSError as problem:
        raise Refused(
            f"De bestanden kunnen niet in {root} worden gezet: {problem.strerror}. Er is niets ingelezen."
        ) from problem


def _unpack(archive, folder, about, say):
    names = sorted(name for name in archive.names if name.startswith(FILES))
    for name in names:
        file = folder / name.removeprefix(FILES)
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            for piece in archive.pieces(name):
                stream.write(piece)
    os.sync()  # a row must not outlive its file when the power fails
    say(f"{len(names)} bestanden")
    for name in about.missing_files:
        say(f"LET OP: het bestand {name} was er ook niet toen dit archief werd gemaakt.")


def _explained(problem):
    """What the database refused, in words for who reads an archive in."""
    if isinstance(problem.__cause__, errors.InsufficientPrivilege):
        return Refused(
            "Inlezen mag alleen de eigenaar van de database. Zet DATABASE_OWNER_URL klaar; zie docs/beheer."
        )
    if isinstance(problem, OperationalError):
        return Refused(
            f"De database is bezet of weg: {_first_line(problem)}. Stop server en worker, en probeer opnieuw."
        )
    return Refused(
        f"De database weigert deze rijen: {_first_line(problem)}. Er is niets ingelezen."
    )


def _first_line(problem):
    return str(problem).splitlines()[0][:300] if str(problem) else type(problem).__name__
