"""The rows of the measurement of search. Published past the way to publication: only the outcome counts here."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vrt_portal.settings")
django.setup()

# Django must be set up before its models are imported.
import pgtrigger  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from agreements.models import Agreement, AgreementVersion, Coding, Page, Passage  # noqa: E402
from assessments.models import Assessment, Evidence  # noqa: E402
from bench.search.writing import MUNICIPALITIES, PAGES, PASSWORD, Writer  # noqa: E402
from municipalities.models import Coalition, CouncilTerm, Municipality  # noqa: E402
from themes.models import Theme  # noqa: E402


def make(writer):
    reader = User.objects.create_user("lezer", password=PASSWORD)
    reader.groups.set([Group.objects.get(name="Burgemeester")])
    people = [User.objects.create(username=name) for name in ("een", "twee")]
    term = CouncilTerm.objects.get(start_year=2026)
    themes = list(Theme.objects.all())
    there = Municipality.objects.count()
    Municipality.objects.bulk_create(
        Municipality(
            name=f"Plaats {n}", slug=f"plaats-{n}", cbs_code=f"M{n:04}", tile_row=n, tile_column=99
        )
        for n in range(MUNICIPALITIES - there)
    )
    with pgtrigger.ignore():
        for municipality in Municipality.objects.all():
            coalition, _ = Coalition.objects.get_or_create(municipality=municipality, term=term)
            _agreement(coalition, themes, writer, people)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _agreement(coalition, themes, writer, people):
    agreement = Agreement.objects.create(coalition=coalition, title="Samen verder")
    quotes = [writer.about_safety() for _ in themes]
    pages = [writer.page() for _ in range(PAGES)]
    pages = [f"{quotes[n]}\n\n{page}" if n < len(quotes) else page for n, page in enumerate(pages)]
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=1,
        original_name="akkoord.pdf",
        sha256=f"meting-{coalition.pk}",
        size=1,
        state="klaar",
        has_text=True,
        page_count=PAGES,
        text="\n\n".join(pages),
        read_at=timezone.now(),
    )
    at, starts = 0, []
    for page in pages:
        starts.append(at)
        at += len(page) + 2
    Page.objects.bulk_create(
        Page(version=version, number=n, start=start, end=start + len(page))
        for n, (start, page) in enumerate(zip(starts, pages, strict=True), start=1)
    )
    passages = Passage.objects.bulk_create(
        Passage(
            version=version, start=starts[n], end=starts[n] + len(quote), quote=quote,
            first_page=n + 1, last_page=n + 1, created_by=people[0],
        )
        for n, quote in enumerate(quotes)
    )  # fmt: skip
    codings = Coding.objects.bulk_create(
        Coding(passage=passage, theme=theme, created_by=people[0], strength=2)
        for passage, theme in zip(passages, themes, strict=True)
    )
    now = timezone.now()
    assessments = Assessment.objects.bulk_create(
        Assessment(
            coalition=coalition, theme=theme, level=n % 2 + 1, summary=writer.about_safety(),
            advice=writer.about_safety(), status="published", author=people[0], changed_by=people[0],
            reviewed_by=people[1], reviewed_at=now, published_by=people[1], published_at=now,
        )
        for n, theme in enumerate(themes)
    )  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(assessment=assessment, coding=coding)
        for assessment, coding in zip(assessments, codings, strict=True)
    )


if __name__ == "__main__":
    make(Writer(2026))
