"""Rows of a table to lines of JSON and back, by PostgreSQL itself: so every value comes back as it was."""

import json

from django.db import connection
from psycopg import sql

from archive.sealed import Refused

BATCH_ROWS = 1000
BATCH_BYTES = 4 * 1024 * 1024

# How values are written must not depend on who asks; a large table may take its time.
_SETTINGS = """
    SET LOCAL TimeZone = 'UTC'; SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 1;
    SET LOCAL bytea_output = 'hex'; SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0
"""
# JSON holds no control characters, so CSV with these for signs gives each line as it is.
_LINES = r"""
    COPY (
        SELECT row_to_json(it) FROM (SELECT {columns} FROM {table} ORDER BY {key}) it
    ) TO STDOUT (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')
"""
_INSERT = """
    INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE
    SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s::json)
"""


def settle(cursor):
    """Make this transaction write values always the same, and without a limit of time."""
    cursor.execute(_SETTINGS)


def lines_of(table):
    """Every row as a line of JSON in UTF-8, by primary key; as pieces of many lines, so memory is bounded."""
    with connection.cursor() as cursor:
        key = sql.Identifier(table.key.column)
        if table.key.get_internal_type() in {"CharField", "SlugField", "TextField"}:
            key = sql.SQL('{} COLLATE "C"').format(key)
        with cursor.copy(_filled(_LINES, table, key=key)) as copy:
            for piece in copy:
                yield bytes(piece)


def insert(table, lines):
    """Insert rows from lines of JSON; gives how many. Raises Refused for a line that isn't a row of it.

    What the database refuses arrives as django.db.Error.
    """
    columns, statement = set(table.columns), _filled(_INSERT, table)
    number, batch, size = 0, [], 0
    with connection.cursor() as cursor:
        for line in lines:
            number += 1
            batch.append(_checked(line, columns, f"{table.member}, regel {number}"))
            size += len(line)
            if len(batch) == BATCH_ROWS or size > BATCH_BYTES:
                cursor.execute(statement, [f"[{','.join(batch)}]"])
                batch, size = [], 0
        if batch:
            cursor.execute(statement, [f"[{','.join(batch)}]"])
    return number


def sequence_of(table):
    """The numbering of a table's keys: the last number given out and whether it was; None without one."""
    if (name := _sequence(table)) is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT last_value, is_called FROM {name}")
        return list(cursor.fetchone())


def set_sequence(table, last, is_called):
    """Let the numbering go on where it was, or after the highest key when that is further."""
    with connection.cursor() as cursor:
        cursor.execute(
            _filled(
                "SELECT setval(%s, greatest(%s, max({key})), %s OR coalesce(max({key}) >= %s, false)) FROM {table}",
                table,
                key=sql.Identifier(table.key.column),
            ),
            [_sequence(table), last, is_called, last],
        )


def _sequence(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(quote_ident(%s), %s)", [table.name, table.key.column]
        )
        return cursor.fetchone()[0]


def _checked(line, columns, where):
    """The text of a line that is an object with these keys. Numbers in it are left as they are written."""
    try:
        text = line.decode()
        row = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(f"{where} is geen geldige JSON. We lezen dit archief niet in.") from None
    if not isinstance(row, dict) or row.keys() != columns:
        found = set(row) if isinstance(row, dict) else set()
        odd = ", ".join(sorted(found ^ columns)[:5]) or "geen rij"
        raise Refused(f"{where} heeft andere kolommen ({odd[:200]}). We lezen dit archief niet in.")
    return text


def _filled(statement, table, **names):
    return sql.SQL(statement).format(
        table=sql.Identifier(table.name),
        columns=sql.SQL(", ").join(map(sql.Identifier, table.columns)),
        **names,
    )
