"""Measure the reports on the production server, with the demo data: `python -m bench.reports`.

Enschede in 2026 has some sixty quotes. Medians in milliseconds beside a bare page of 30 kB in the same run; then all
municipality reports of that term as one zip, as the worker makes it.
"""

import os
import time
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vrt_portal.settings")
django.setup()

# Django must be set up before its models are imported.
from accounts.demo import PASSWORD  # noqa: E402
from accounts.models import User  # noqa: E402
from bench.reader import Reader, milliseconds  # noqa: E402
from bench.server import running  # noqa: E402
from municipalities.models import CouncilTerm  # noqa: E402
from reports import actions  # noqa: E402
from reports.models import Bundle, Format  # noqa: E402

YEAR = 2026
ROUNDS = 9
PLACES = {
    "gemeente (62 citaten)": f"/rapporten/{YEAR}/gemeente/enschede/",
    "kort": f"/rapporten/{YEAR}/kort/enschede/",
    "thema": f"/rapporten/{YEAR}/thema/ondermijning/",
    "memo": f"/rapporten/{YEAR}/memo/regio/",
    "vergelijking van vijf": f"/rapporten/{YEAR}/vergelijking/ondermijning+enschede+hengelo+almelo+borne+losser/",
}


def main():
    with running(has_worker=False) as port:
        _files(Reader(port, "burgemeester", PASSWORD))
        _bundles()


def _files(reader):
    bare = "/bench/kaal/"
    paths = [bare, *PLACES.values()]
    paths += [f"{place}rapport.{format}" for place in PLACES.values() for format in Format.values]
    found = milliseconds(reader, paths, ROUNDS)
    base = found[bare][0]
    print(f"kale bladzijde {base:.1f} ms\n")
    print(f"{'mediaan ms (x kaal)':<26}{'scherm':>14}" + "".join(f"{f:>14}" for f in Format.values))
    for name, place in PLACES.items():
        row = [found[place]] + [found[f"{place}rapport.{format}"] for format in Format.values]
        print(f"{name:<26}" + "".join(f"{f'{m:.0f} ({m / base:.0f})':>14}" for m, _ in row))


def _bundles():
    term = CouncilTerm.objects.get(start_year=YEAR)
    editor = User.objects.get(username="redacteur")
    for format in Format:
        taken = []
        for _ in range(3):
            bundle = Bundle.objects.create(term=term, format=format, asked_by=editor)
            begin = time.perf_counter()
            actions.make_bundle(bundle)
            taken.append(time.perf_counter() - begin)
            bundle.refresh_from_db()
            bundle.file.delete(save=False)
            bundle.delete()
        print(f"\n{bundle.total} rapporten als zip ({format.label}): {median(taken):.1f} s", end="")
    print()


if __name__ == "__main__":
    main()
