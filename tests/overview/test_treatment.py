"""A focus point is treated as strongly as the strongest published quote about it."""

import pytest

from assessments.models import Assessment
from overview.treatment import Treatment, treatments
from tests.factories import (
    CodingFactory,
    FocusPointFactory,
    MeasureFactory,
    draft_of,
    published_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def point():
    return FocusPointFactory(slug="preventie")


def about(point, *, strength=1, **measure):
    """A coding about a focus point, with a measure if one is given."""
    coding = CodingFactory(theme=point.theme, focus_point=point, strength=strength)
    if measure:
        MeasureFactory(passage=coding.passage, **measure)
    return coding


def treatment_of(coding):
    found = treatments(Assessment.objects.all())
    coalition = coding.passage.version.agreement.coalition_id
    return found.get((coalition, coding.theme_id, "preventie"), Treatment.SILENT)


@pytest.mark.parametrize(
    ("strength", "measure", "expected"),
    [
        (1, {}, Treatment.MENTIONED),
        (2, {}, Treatment.ELABORATED),
        (3, {}, Treatment.CONCRETE),
        (1, {"amount": None}, Treatment.CONCRETE),
        (1, {"amount": 5000}, Treatment.FUNDED),
    ],
)
def test_a_quote_says_how_a_focus_point_is_treated(point, strength, measure, expected):
    coding = about(point, strength=strength, **measure)
    published_of(coding, level=2)

    assert treatment_of(coding) == expected


def test_a_draft_says_nothing(point):
    coding = about(point, strength=2)
    draft_of(coding)

    assert treatment_of(coding) == Treatment.SILENT


def test_a_quote_without_focus_point_says_nothing_of_one(point):
    coding = CodingFactory(theme=point.theme)
    published_of(coding, level=2)

    assert treatment_of(coding) == Treatment.SILENT
