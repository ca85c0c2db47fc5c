"""A second, empty portal beside that of the tests, and archives that someone tampered with."""

import hashlib
import json
import os
import zipfile
from contextlib import contextmanager

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from archive.sealed import SUMS
from archive.tables import LEFT_OUT
from vrt_portal import embedded


def put_spare_beside():
    """Copy the tests' own database while nobody else is in it, as PostgreSQL copies no other."""
    connection.close()
    _copy(connection.settings_dict["NAME"], _spare())


def take_spare_away():
    _on_the_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", _spare())


def _spare():
    ours = connection.settings_dict["NAME"]
    assert ours.startswith("test_"), "never a copy of a portal that is in use"
    return f"{ours}_reserve"


def _copy(database, name):
    _on_the_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _on_the_server("CREATE DATABASE {} TEMPLATE {}", name, database)


@contextmanager
def copy_of_database(suffix):
    """The name of a copy of the tests' own database, in which nothing is; it goes at the end."""
    name = f"{connection.settings_dict['NAME']}_{suffix}"
    _copy(_spare(), name)
    try:
        yield name
    finally:
        _on_the_server("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def connected_to(name):
    """Django works with another database of this server for a while."""
    ours = connection.settings_dict["NAME"]
    connection.close()
    ContentType.objects.clear_cache()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        ContentType.objects.clear_cache()
        connection.settings_dict["NAME"] = ours


def _on_the_server(statement, *names):
    given = conninfo_to_dict(
        os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL") or embedded.url()
    )
    with psycopg.connect(**given | {"dbname": "postgres"}, autocommit=True) as session:
        session.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def tables_in_database():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return {name for (name,) in cursor.fetchall()}


def row_hashes():
    """Of every table that isn't left out a hash of all its rows, by the database and without our own code."""
    found = {}
    with connection.cursor() as cursor:
        for name in sorted(tables_in_database() - LEFT_OUT.keys()):
            cursor.execute(
                f"SELECT count(*), md5(string_agg(it::text, E'\\n' ORDER BY it::text)) FROM {name} it"
            )
            found[name] = cursor.fetchone()
    return found


def file_hashes(root):
    return {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in root.rglob("*")
        if file.is_file()
    }


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_sealed(path, members, *, sums=None, infos=None):
    """Write an archive as somebody else could: whatever its members, the seal fits.

    The checksums fit too, unless others are given; `infos` gives a member another entry in the zip.
    """
    members = {name: content for name, content in members.items() if name != SUMS}
    listed = (
        sums
        if sums is not None
        else {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    )
    lines = "".join(f"{found}  {name}\n" for name, found in sorted(listed.items()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**members, SUMS: lines.encode()}.items():
            archive.writestr((infos or {}).get(name, name), content)
        archive.comment = b"0" * 64
    whole = path.read_bytes()[:-64]
    path.write_bytes(whole + hashlib.sha256(whole).hexdigest().encode())
    return path


def with_row(members, table, change):
    """These members with the first row of a table changed."""
    name = f"tabellen/{table}.jsonl"
    first, *others = members[name].decode().splitlines()
    row = json.loads(first)
    change(row)
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")), *others]
    return members | {name: ("\n".join(lines) + "\n").encode()}
