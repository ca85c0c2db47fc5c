"""Judging a coalition on a theme, with the rules of the levels."""

import pytest
from django.urls import reverse

from assessments.models import Assessment
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    MeasureFactory,
    PassageFactory,
    TermFactory,
    ThemeFactory,
    VersionFactory,
    draft_of,
    published_of,
)


@pytest.fixture
def coding(db):
    coalition = CoalitionFactory()
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition))
    return CodingFactory(passage=PassageFactory(version=version), strength=2)


@pytest.fixture
def silent(db):
    """A coalition whose agreement says nothing of the theme, but holds one of its words."""
    version = VersionFactory(text="De leidingen ondermijnen de weg. Verder niets.")
    TermFactory(text="ondermijn")
    return version


def address(coalition, theme):
    return reverse(
        "assessments:assess",
        args=[coalition.municipality.slug, coalition.term.start_year, theme.slug],
    )


def judge(client, coalition, theme, **data):
    defaults = {"level": 2, "summary": "Er komt een team.", "seen": 0}
    return client.post(address(coalition, theme), defaults | data)


def coalition_of(coding):
    return coding.passage.version.agreement.coalition


def test_a_draft_keeps_level_summary_and_quotes(client, sign_in, coding):
    advisor = sign_in("Adviseur")

    judge(client, coalition_of(coding), coding.theme, codings=[coding.pk])

    draft = Assessment.objects.under_way().get()
    assert (draft.level, draft.summary, draft.author) == (2, "Er komt een team.", advisor)
    assert list(draft.codings.all()) == [coding]


def test_a_level_needs_a_quote(client, sign_in, coding):
    sign_in("Adviseur")

    response = judge(client, coalition_of(coding), coding.theme, codings=[])

    assert "ten minste één citaat nodig" in response.text
    assert "Er komt een team." in response.text
    assert not Assessment.objects.exists()


def test_concrete_needs_a_measure(client, sign_in, coding):
    sign_in("Adviseur")

    response = judge(client, coalition_of(coding), coding.theme, level=3, codings=[coding.pk])

    assert "ten minste één citaat nodig met een maatregel" in response.text
    assert not Assessment.objects.exists()


def test_a_quote_with_a_measure_carries_concrete(client, sign_in, coding):
    sign_in("Adviseur")
    MeasureFactory(passage=coding.passage)

    judge(client, coalition_of(coding), coding.theme, level=3, codings=[coding.pk])

    assert Assessment.objects.get().level == 3


def test_a_quote_of_another_theme_carries_nothing(client, sign_in, coding):
    sign_in("Adviseur")
    other = CodingFactory(passage=coding.passage, theme=ThemeFactory(key="brandweer"))

    judge(client, coalition_of(coding), coding.theme, codings=[other.pk])

    assert not Assessment.objects.exists()


def test_not_mentioned_is_refused_while_there_are_passages(client, sign_in, coding):
    sign_in("Adviseur")

    response = judge(client, coalition_of(coding), coding.theme, level=0)

    assert "Er zijn passages met dit thema" in response.text


def test_not_mentioned_needs_an_agreement_to_read(client, sign_in, db):
    sign_in("Adviseur")

    response = judge(client, CoalitionFactory(), ThemeFactory(), level=0)

    assert "nog geen leesbaar akkoord" in response.text


def test_a_correction_begins_as_what_is_published(client, sign_in, coding):
    sign_in("Adviseur")
    published_of(coding, summary="Dit staat er nu.")

    response = client.get(address(coalition_of(coding), coding.theme))

    assert "Dit staat er nu.</textarea>" in response.text


def test_saving_a_correction_leaves_what_is_published(client, sign_in, coding):
    sign_in("Adviseur")
    published = published_of(coding, summary="Dit staat er nu.")

    judge(client, coalition_of(coding), coding.theme, codings=[coding.pk], summary="Nieuw.")

    published.refresh_from_db()
    assert (published.status, published.summary) == ("published", "Dit staat er nu.")
    assert Assessment.objects.under_way().get().summary == "Nieuw."


def test_a_stale_save_gets_both_texts_and_loses_nothing(client, sign_in, coding):
    sign_in("Adviseur")
    draft = draft_of(coding, summary="Van een ander.")

    response = judge(
        client, coalition_of(coding), coding.theme, codings=[coding.pk], summary="Van mij.", seen=0
    )

    draft.refresh_from_db()
    assert response.status_code == 409
    assert "Van een ander." in response.text
    assert "Van mij." in response.text
    assert draft.summary == "Van een ander."
