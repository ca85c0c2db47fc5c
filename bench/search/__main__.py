"""Measure search on the production server: `python -m bench.search`, a few minutes.

342 municipalities with an agreement of forty pages each, in a database of its own that goes away afterwards;
the portal's own isn't touched. Times are milliseconds of whole pages, with counts and snippets, beside a bare
page of 30 kB in the same run.
"""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from statistics import median, quantiles

import psycopg

from bench.reader import Reader
from bench.search.writing import MUNICIPALITIES, PAGES, PASSWORD
from bench.server import running
from vrt_portal import embedded

NAME = "portal_bench_search"
ROUNDS = 15  # of all questions
QUESTIONS = (
    "q=ondermijning",
    "q=criminaliteit",
    "q=criminaliteit&exact=1",
    "q=cameratoezicht",
    "q=brandweer+vrijwilligers",
    "q=%22integrale+veiligheid%22",
    "q=jeugd+-zorg",
    "q=drugs&thema=ondermijning",
    "q=handhaving&soort=citaat",
    "q=crisis&periode=2026&bladzijde=3",
    "q=weerbaarheid",
    "q=cyber",
    "q=woningbouw",
    "q=veiligheid",
    "q=inwoners+gemeente",
    "q=criminalitiet",
)


def main():
    embedded.start()
    with _own_database():
        begin = time.perf_counter()
        for command in (
            "manage.py migrate -v0",
            "manage.py load_reference -v0",
            "-m bench.search.rows",
        ):
            subprocess.run([sys.executable, *command.split()], check=True)
        seconds = time.perf_counter() - begin
        print(f"{MUNICIPALITIES} gemeenten x {PAGES} bladzijden gemaakt in {seconds:.0f} s")
        with running(has_worker=False) as port:
            _measure(Reader(port, "lezer", PASSWORD))


@contextmanager
def _own_database():
    """Make a database, and point everything that this process starts to it."""
    address = embedded.url().replace(f"/{embedded.NAME}?", f"/{NAME}?")
    os.environ |= {
        "DATABASE_URL": address,
        "DATABASE_OWNER_URL": address,
        "DJANGO_SETTINGS_MODULE": "vrt_portal.settings",
        "MFA_REQUIRED": "0",
    }
    drop = f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"
    with psycopg.connect(embedded.url(), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(f"CREATE DATABASE {NAME}")
        try:
            yield
        finally:
            connection.execute(drop)


def _measure(reader):
    rows = {"/bench/kaal/": [], **{f"/zoeken/?{question}": [] for question in QUESTIONS}}
    found = {}
    for path in rows:
        page = reader.get(path)
        found[path] = page.partition("<h2>")[2].partition("</h2>")[0]
    for _ in range(ROUNDS):
        for path, times in rows.items():
            begin = time.perf_counter()
            reader.get(path)
            times.append(1000 * (time.perf_counter() - begin))
            if reader.status != 200:
                raise RuntimeError(f"{path} answers {reader.status}")
    bare = median(rows.pop("/bench/kaal/"))
    print(f"{'':<40}{'mediaan ms':>12}{'p95 ms':>10}{'x kaal':>9}")
    for path, times in rows.items():
        _line(path.removeprefix("/zoeken/?"), times, bare, found[path])
    _line("alles bij elkaar", [t for times in rows.values() for t in times], bare, "")


def _line(name, times, bare, found):
    high = quantiles(times, n=20)[-1]
    print(f"{name:<40}{median(times):>12.1f}{high:>10.1f}{median(times) / bare:>9.1f}  {found}")


if __name__ == "__main__":
    main()
