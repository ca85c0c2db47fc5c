"""Measure the files that leave the house on the production server: `python -m bench.exchange`.

A term with 5,000 published quotes is put into the portal's database, asked for as each kind of file, and taken out
again. Medians in milliseconds beside a bare page of 30 kB in the same run; then how odfdo does with the same table.
"""

import io
import os
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vrt_portal.settings")
os.environ.setdefault("DATABASE_AS", "owner")
django.setup()

# Django must be set up before its models are imported.
import odfdo  # noqa: E402
import pgtrigger  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.demo import PASSWORD  # noqa: E402
from accounts.models import User  # noqa: E402
from agreements.models import (  # noqa: E402
    Agreement,
    AgreementVersion,
    Coding,
    Measure,
    Page,
    Passage,
)
from api.models import Change  # noqa: E402
from assessments.models import Assessment, Evidence  # noqa: E402
from bench.reader import Reader, milliseconds  # noqa: E402
from bench.server import running  # noqa: E402
from exchange import workbook  # noqa: E402
from exchange.quotes import quotes  # noqa: E402
from exchange.scope import Scope  # noqa: E402
from municipalities.models import Coalition, CouncilTerm, Municipality  # noqa: E402
from themes.models import Theme  # noqa: E402

QUOTES = 5000
YEAR = 1990
ROUNDS = 7
SENTENCE = "Wij pakken ondermijning aan, samen met politie en het Openbaar Ministerie, en maken 250.000 euro vrij. "


def main():
    term = fill()
    try:
        with running(has_worker=False) as port:
            files(port)
        compare_with_odfdo(Scope(term=term))
    finally:
        clear(term)


def files(port):
    paths = {"kale bladzijde": "/bench/kaal/"} | {
        f"{table}.{kind}": f"/gegevens/tabellen/{table}.{kind}?raadsperiode={YEAR}"
        for table, kind in workbook.FILES
    }
    found = milliseconds(Reader(port, "burgemeester", PASSWORD), list(paths.values()), ROUNDS)
    bare = found[paths["kale bladzijde"]][0]
    print(f"{QUOTES} citaten\n{'bestand':<22}{'mediaan ms':>12}{'x kaal':>9}")
    for name, path in paths.items():
        print(f"{name:<22}{found[path][0]:>12.1f}{found[path][0] / bare:>9.0f}")


def compare_with_odfdo(scope):
    def address_of(path):
        return f"https://example.org{path}"

    sheet = quotes(scope, address_of=address_of)
    begin = time.perf_counter()
    table = odfdo.Table("Citaten")
    for values in sheet.rows:
        row = odfdo.Row()
        row.set_values(values)
        table.append_row(row)
    document = odfdo.Document("spreadsheet")
    document.body.append(table)
    document.save(io.BytesIO())
    print(f"\nhetzelfde blad met odfdo: {time.perf_counter() - begin:.1f} s")


@transaction.atomic
def fill():
    """A term of its own, with one municipality per theme, so that taking it out again takes nothing else."""
    by = User.objects.get(username="adviseur")
    other = User.objects.get(username="redacteur")
    term = CouncilTerm.objects.create(start_year=YEAR, end_year=YEAR + 4)
    themes = list(Theme.objects.all())
    per_theme = -(-QUOTES // (len(themes) * 10))
    for municipality in Municipality.objects.all()[:10]:
        coalition = Coalition.objects.create(municipality=municipality, term=term)
        agreement = Agreement.objects.create(coalition=coalition, title="Meting", is_fiction=True)
        text = SENTENCE * (per_theme * len(themes))
        version = AgreementVersion.objects.create(
            agreement=agreement, number=1, sha256=f"meting{municipality.pk:058}", size=1,
            state="klaar", has_text=True, text=text, page_count=1,
        )  # fmt: skip
        Page.objects.create(version=version, number=1, start=0, end=len(text))
        for at, theme in enumerate(themes):
            _judge(
                coalition, version, theme, range(at * per_theme, (at + 1) * per_theme), by, other
            )
    return term


def _judge(coalition, version, theme, numbers, by, other):
    long = len(SENTENCE)
    passages = Passage.objects.bulk_create(
        Passage(version=version, start=n * long, end=(n + 1) * long - 1, quote=SENTENCE[:-1],
                first_page=1, last_page=1, created_by=by)
        for n in numbers
    )  # fmt: skip
    codings = Coding.objects.bulk_create(
        Coding(passage=passage, theme=theme, strength=2, created_by=by) for passage in passages
    )
    Measure.objects.bulk_create(
        Measure(passage=passage, what="een team", amount=250_000, created_by=by)
        for passage in passages[::5]
    )
    now = timezone.now() - timedelta(days=1)
    with pgtrigger.ignore():
        assessment = Assessment.objects.create(
            coalition=coalition, theme=theme, level=2, summary="Een meting.", author=by,
            changed_by=by, status="published", reviewed_by=other, reviewed_at=now,
            published_by=other, published_at=now,
        )  # fmt: skip
        Evidence.objects.bulk_create(
            Evidence(assessment=assessment, coding=coding) for coding in codings
        )


@transaction.atomic
def clear(term):
    of_term = {"agreement__coalition__term": term}
    with pgtrigger.ignore():
        Assessment.objects.filter(coalition__term=term).delete()
        Change.objects.filter(coalition__term=term).delete()
        Passage.objects.filter(version__agreement__coalition__term=term).delete()
        AgreementVersion.objects.filter(**of_term).delete()
        Agreement.objects.filter(coalition__term=term).delete()
        Coalition.objects.filter(term=term).delete()
        term.delete()


if __name__ == "__main__":
    main()
