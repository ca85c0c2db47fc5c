"""Measure the portal on its production server, with the demo data: `make bench`.

Pages in milliseconds beside a bare page of 30 kB; intake of a file in seconds, with its peak memory. The
portal's database must be there (`make run` makes it). ARGS="FILE" measures the intake of another file.
"""

import os
import resource
import secrets
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from accounts.demo import PASSWORD
from agreements.intake.sandbox import read_in_subprocess
from bench.reader import Reader, milliseconds, token_in
from bench.server import running
from demo.manuscript import all_manuscripts
from demo.typesetting import typeset

ROUNDS = 60
CLEAR = """
from agreements.models import AgreementVersion
for version in AgreementVersion.objects.filter(agreement__title="{title}"):
    version.file.delete(save=False)
    version.delete()
    version.agreement.delete()
"""
PAGES = {
    "kale bladzijde": "/bench/kaal/",
    "matrix": "/overzicht/2026/",
    "thema": "/themas/2026/ondermijning/",
    "gemeente": "/gemeenten/2026/enschede/",
    "vergelijken (5)": "/vergelijken/?raadsperiode=2026&thema=ondermijning"
    "&gemeente=almelo&gemeente=borne&gemeente=enschede&gemeente=hengelo&gemeente=losser",
    "rapport (PDF)": "/gemeenten/2026/enschede/rapport.pdf",
}


def main():
    with running() as port:
        pages(port)
        file = Path(sys.argv[1]) if len(sys.argv) > 1 else longest()
        intake(file)
        upload(port, file)


def pages(port):
    mayor = Reader(port, "burgemeester", PASSWORD)
    found = milliseconds(mayor, list(PAGES.values()), ROUNDS)
    bare = found[PAGES["kale bladzijde"]][0]
    print(f"{'bladzijde':<18}{'mediaan ms':>12}{'p95 ms':>10}{'x kaal':>9}")
    for name, path in PAGES.items():
        middle, high = found[path]
        print(f"{name:<18}{middle:>12.1f}{high:>10.1f}{middle / bare:>9.1f}")


def longest():
    """The longest agreement of the demo, as a file."""
    manuscript = max(all_manuscripts(), key=lambda m: len(m.blocks))
    file = Path(os.environ.get("TMPDIR", "/tmp")) / f"bench-{manuscript.name}.pdf"
    file.write_bytes(typeset(manuscript))
    return file


def intake(file):
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        document = read_in_subprocess(file, file.name)
        times.append(time.perf_counter() - begin)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"\nintake van {file.name}: {len(document.pages)} blz. in {sorted(times)[2]:.2f} s (mediaan van 5), "
        f"hoogstens {peak:.0f} MB geheugen"
    )


def upload(port, file):
    """From the button to readable text; what it put in the portal is taken out again.

    A line behind the end makes it a file that isn't there yet.
    """
    advisor = Reader(port, "adviseur", PASSWORD)
    page = advisor.get("/akkoorden/nieuw/")
    coalition = page.split("Losser 2018")[0].rsplit('value="', 1)[1].split('"')[0]
    fields = {
        "csrfmiddlewaretoken": token_in(page),
        "coalition": coalition,
        "title": f"Meting {date.today()} {secrets.token_hex(3)}",
        "kind": "anders",
    }
    content = file.read_bytes() + f"\n%{secrets.token_hex(8)}\n".encode()
    begin = time.perf_counter()
    address = advisor.post("/akkoorden/nieuw/", fields, (file.name, content))
    while 'id="text"' not in advisor.get(address):
        if time.perf_counter() - begin > 60:
            sys.exit("Het bestand is na een minuut nog niet te lezen.")
        time.sleep(0.05)
    print(f"van uploaden tot leesbare tekst: {time.perf_counter() - begin:.2f} s")
    run = [sys.executable, "manage.py", "shell", "-v0", "-c", CLEAR.format(title=fields["title"])]
    subprocess.run(run, check=True)


if __name__ == "__main__":
    main()
