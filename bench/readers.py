"""Eight readers at once on the production server, with the demo data: `python -m bench.readers`.

Per page the median and the 95th percentile in milliseconds, and how many times that is a bare page of 30 kB asked in
the same way in the same run. First while nobody writes, then while someone does four times a second, so that no page is
remembered (ADR 41). The portal's database must be there (`make run` makes it).
"""

import contextlib
import os
import subprocess
import sys
import threading
import time
from statistics import median, quantiles

from accounts.demo import PASSWORD
from bench.reader import Reader
from bench.server import running

READERS = 8
SECONDS = 5  # per page
PEOPLE = ("burgemeester", "contact", "contact2", "adviseur")
FIVE = "&".join(f"gemeente={slug}" for slug in ("enschede", "hengelo", "almelo", "borne", "losser"))
PAGES = {
    "kale bladzijde": ["/bench/kaal/"],
    "begin": ["/"],
    "matrix": ["/overzicht/2026/", "/overzicht/2026/?sorteer=brandweer"],
    "thema": ["/themas/2026/ondermijning/", "/themas/2026/brandweer/"],
    "gemeente": ["/gemeenten/2026/enschede/", "/gemeenten/2026/hengelo/"],
    "vergelijken": [
        f"/vergelijken/?raadsperiode=2026&thema={theme}&{FIVE}"
        for theme in ("ondermijning", "brandweer")
    ],
    "witte vlekken": ["/witte-vlekken/2026/"],
}
# A row that no page shows; any commit makes every page be drawn anew.
WRITE = """
import time
from django.contrib.contenttypes.models import ContentType
from django.db import connection
end = time.time() + {seconds}
while time.time() < end:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_content_type SET model = model WHERE id = (SELECT min(id) FROM django_content_type)")
    time.sleep(0.25)
"""


def main():
    with running(has_worker=False) as port:
        readers = [Reader(port, PEOPLE[n % len(PEOPLE)], PASSWORD) for n in range(READERS)]
        print(f"{READERS} lezers tegelijk, {SECONDS} s per bladzijde; ms en x kaal")
        _measure(readers, "niemand schrijft")
        with _someone_writes():
            _measure(readers, "iemand schrijft, vier keer per seconde")


def _measure(readers, title):
    print(f"\n{title:<40}{'mediaan':>9}{'p95':>8}{'x kaal':>8}{'per s':>8}")
    bare = None
    for name, paths in PAGES.items():
        taken = _ask_at_once(readers, paths)
        middle, high = median(taken), quantiles(taken, n=20)[-1]
        bare = bare or middle
        print(
            f"{name:<40}{middle:>9.1f}{high:>8.1f}{middle / bare:>8.1f}{len(taken) / SECONDS:>8.0f}"
        )


def _ask_at_once(readers, paths):
    """The milliseconds of every answer, while all readers ask without a pause."""
    taken, wrong = [], []
    for path in paths:
        readers[0].get(path)
    end = time.perf_counter() + SECONDS

    def ask(reader, turn):
        while (begin := time.perf_counter()) < end:
            path = paths[turn % len(paths)]
            reader.get(path)
            taken.append(1000 * (time.perf_counter() - begin))
            turn += 1
            if reader.status not in {200, 302}:
                wrong.append(f"{path}: {reader.status}")

    threads = [
        threading.Thread(target=ask, args=pair)
        for pair in zip(readers, range(READERS), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        sys.exit(wrong[0])
    return taken


@contextlib.contextmanager
def _someone_writes():
    script = WRITE.format(seconds=SECONDS * len(PAGES) + 10)
    writer = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", script],
        env=os.environ | {"DATABASE_AS": "owner"},
    )
    time.sleep(2)
    try:
        yield
    finally:
        writer.terminate()
        writer.wait()


if __name__ == "__main__":
    main()
