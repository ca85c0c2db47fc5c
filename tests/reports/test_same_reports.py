"""Every kind of report, with real content, says the same in every form, and asks the database as often for much as for little."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.content.made import Made
from reports.models import Format, Kind
from reports.rendering import render
from reports.subjects import subject_at
from tests.factories import (
    AmbitionFactory,
    CoalitionFactory,
    CodingFactory,
    CouncilTermFactory,
    FocusPointFactory,
    MeasureFactory,
    MunicipalityFactory,
    PassageFactory,
    ThemeFactory,
    VersionFactory,
    published_of,
)
from tests.reports.extracting import first_missing
from themes.models import FocusPoint


def region(quotes):
    """Two municipalities in two terms, with this many quotes in each, of as many focus points of one theme."""
    theme = ThemeFactory(slug="ondermijning")
    for slug in ("oost", "west"):
        municipality = MunicipalityFactory(name=slug.title(), slug=slug)
        for year in (2022, 2026):
            term = CouncilTermFactory(start_year=year)
            AmbitionFactory(theme=theme, regional_input__term=term)
            coalition = CoalitionFactory(municipality=municipality, term=term)
            published_of(*_codings(coalition, theme, quotes))


def _codings(coalition, theme, number):
    lines = [f"Citaat {each} van {coalition.municipality}. " for each in range(number)]
    version = VersionFactory(agreement__coalition=coalition, text="".join(lines))
    start, codings = 0, []
    for each, line in enumerate(lines):
        passage = PassageFactory(version=version, start=start, end=start + len(line) - 1)
        MeasureFactory(passage=passage, what=f"plan {each}", amount=100 + each, first_year=2027)
        codings.append(
            CodingFactory(passage=passage, theme=theme, focus_point=_point(coalition, theme, each))
        )
        start += len(line)
    return codings


def _point(coalition, theme, number):
    found = FocusPoint.objects.filter(
        regional_input__term=coalition.term, theme=theme, slug=f"punt-{number}"
    ).first()
    return found or FocusPointFactory(
        regional_input__term=coalition.term, theme=theme, slug=f"punt-{number}"
    )


SUBJECTS = [
    (Kind.MUNICIPALITY, "oost"),
    (Kind.BRIEF, "oost"),
    (Kind.THEME, "ondermijning"),
    (Kind.MEMO, "regio"),
    (Kind.COMPARISON, "ondermijning+oost+west"),
    (Kind.TERMS, "oost+2022"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "about"), SUBJECTS)
def test_says_the_same_in_every_form(kind, about):
    region(quotes=4)
    document = subject_at(kind, 2026, about).document(Made(timezone.now()))
    assert "“Citaat 0 van Oost.”" in document.said()

    for format in Format:
        missing = first_missing(document, render(document, format), format)
        assert missing is None, (format, missing)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "about"), SUBJECTS)
def test_the_number_of_questions_does_not_grow_with_the_quotes(kind, about):
    counts = []
    for quotes in (1, 12):
        with transaction.atomic():
            region(quotes)
            with CaptureQueriesContext(connection) as queries:
                subject_at(kind, 2026, about).document(Made(timezone.now()))
            counts.append(len(queries))
            transaction.set_rollback(True)

    assert counts[0] == counts[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (Kind.MUNICIPALITY, "noord"),
        (Kind.THEME, "oost"),
        (Kind.MEMO, "oost"),
        (Kind.COMPARISON, "ondermijning+oost"),
        (Kind.COMPARISON, "ondermijning+oost+oost"),
        (Kind.COMPARISON, "ondermijning+oost+noord"),
        (Kind.COMPARISON, "ondermijning.+oost+west"),
        (Kind.TERMS, "oost+2022+"),
        (Kind.COMPARISON, "ondermijning.niets+oost+west"),
        (Kind.TERMS, "oost"),
        (Kind.TERMS, "oost+2026"),
        (Kind.TERMS, "oost+twee"),
        (Kind.TERMS, "oost+2022+niets"),
    ],
)
def test_there_is_no_report_of_what_is_not_there(client, sign_in, kind, about):
    region(quotes=1)
    sign_in("Burgemeester")

    assert client.get(f"/rapporten/2026/{kind}/{about}/").status_code == 404
    assert client.get(f"/rapporten/2026/{kind}/{about}/rapport.pdf").status_code == 404
