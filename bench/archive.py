"""Measure everything out and in again: `python -m bench.archive`, a few minutes.

Two sizes, in databases of their own that go away afterwards; the portal's own isn't touched. Seconds are those of
the whole command, memory is the highest of its process: it shouldn't grow with the portal.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psycopg

from vrt_portal import embedded

EMPTY, FULL, COPY = "portal_bench_archive", "portal_bench_archive_full", "portal_bench_archive_copy"
SIZES = (100, 1000)  # files; about a hundred rows each
BYTES = 200_000  # per file
ROUNDS = 3

_ROWS = """
INSERT INTO agreements_agreement (coalition_id, title, kind, source_url, is_fiction)
    SELECT (SELECT min(id) FROM municipalities_coalition), 'Akkoord ' || n, 'anders', '', true
    FROM generate_series(1, {number}) n;
INSERT INTO agreements_agreementversion (
    agreement_id, number, file, original_name, sha256, size, media_type, state, reason, attempts, pages_read, page_count,
    has_text, text, sections, uploaded_at)
    SELECT id, 1, 'agreements/' || lpad(row_number() OVER (ORDER BY id)::text, 6, '0'), 'akkoord.pdf', md5(id::text), {size},
        'application/pdf', 'klaar', '', 1, 10, 10, true, repeat('Wij pakken ondermijning aan. ', 1000), '[]', now()
    FROM agreements_agreement;
INSERT INTO agreements_page (version_id, number, start, "end", words)
    SELECT v.id, n, 2900 * (n - 1), 2900 * n, (SELECT jsonb_agg(jsonb_build_array(w * 5, w * 5 + 4, w, n, w + 30, n + 10))
        FROM generate_series(1, 300) w)
    FROM agreements_agreementversion v, generate_series(1, 10) n;
INSERT INTO agreements_suggestion (
    version_id, theme_id, start, "end", page, fingerprint, score, reasons, method, state, reason, created_at)
    SELECT v.id, (SELECT min(id) FROM themes_theme), 29 * n, 29 * n + 28, 1, md5(n::text), 1, '[["ondermijn", 1.0]]', 'proef',
        'open', '', now()
    FROM agreements_agreementversion v, generate_series(1, 45) n;
"""


def main():
    embedded.start()
    with tempfile.TemporaryDirectory() as folder, _databases():
        folder = Path(folder)
        for command in ("migrate", "load_reference"):
            _run(folder, EMPTY, command, "-v0")
        for number in SIZES:
            _measure(folder, number)


def _measure(folder, number):
    _make(FULL, EMPTY)
    files = folder / "vol" / "files" / "agreements"
    files.mkdir(parents=True)
    for n in range(1, number + 1):
        (files / f"{n:06}").write_bytes(hashlib.shake_128(str(n).encode()).digest(BYTES))
    with _connected(FULL) as session:
        session.execute(_ROWS.format(number=number, size=BYTES))
    archive = folder / "alles.zip"
    out = [
        _run(folder / "vol", FULL, "export_all", "--output", archive, "--force")
        for _ in range(ROUNDS)
    ]
    back = []
    for _ in range(ROUNDS):
        _make(COPY, EMPTY)
        shutil.rmtree(folder / "kopie", ignore_errors=True)
        back.append(_run(folder / "kopie", COPY, "import_all", archive))
    rows = sum(
        _count(FULL, table)
        for table in ("agreements_page", "agreements_suggestion", "agreements_suggestionevent")
    )
    print(
        f"{rows} rijen en {number} bestanden, archief van {archive.stat().st_size // 1_000_000} MB"
    )
    for name, found in (("eruit", out), ("erin", back)):
        seconds, memory = zip(*found, strict=True)
        print(
            f"  {name}: mediaan {median(seconds):.1f} s, hoogste geheugen {max(memory) // 1024} MB"
        )
    shutil.rmtree(folder / "vol")


def _run(folder, name, *words):
    """Run a command in a portal; gives its seconds, and its most memory in kB."""
    env = os.environ | {"VAR_DIR": str(folder), "DATABASE_URL": _url(name)}
    folder.mkdir(exist_ok=True)
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *map(str, words)], env=env, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{words[0]} lukte niet.")
    return time.perf_counter() - begin, usage.ru_maxrss


@contextmanager
def _databases():
    _make(EMPTY, "template0")
    try:
        yield
    finally:
        with _connected("postgres") as session:
            for name in (EMPTY, FULL, COPY):
                session.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _make(name, template):
    with _connected("postgres") as session:
        session.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        session.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def _count(name, table):
    with _connected(name) as session:
        return session.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def _connected(name):
    return psycopg.connect(_url(name), autocommit=True)


def _url(name):
    return embedded.url().replace(f"@/{embedded.NAME}?", f"@/{name}?")


if __name__ == "__main__":
    main()
