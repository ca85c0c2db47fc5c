"""Judging a coalition on a theme, with the rules of the levels."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessments.models import Assessment
from tests.conftest import HTMX
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


def test_a_stale_save_shows_which_quotes_the_other_chose(client, sign_in, coding):
    version = coding.passage.version
    text = version.text
    mine = CodingFactory(
        passage=PassageFactory(version=version, start=len(text) - 4, end=len(text)),
        theme=coding.theme,
    )
    sign_in("Adviseur")
    theirs = draft_of(coding)

    response = judge(client, coalition_of(coding), coding.theme, codings=[mine.pk], seen=0)

    assert f"{theirs.author} vinkte aan, u niet: <q>{coding.passage.quote}</q>" in response.text
    assert f"U vinkte aan, {theirs.author} niet: <q>{mine.passage.quote}</q>" in response.text


def test_a_merge_takes_the_words_of_the_other_for_one_field(client, sign_in, coding):
    sign_in("Adviseur")
    draft = draft_of(coding, summary="Van een ander.")

    response = judge(
        client,
        coalition_of(coding),
        coding.theme,
        codings=[coding.pk],
        summary="Van mij.",
        advice="Mijn advies.",
        seen=draft.edit_number,
        take="summary",
    )

    draft.refresh_from_db()
    assert "Van een ander.</textarea>" in response.text
    assert "Mijn advies.</textarea>" in response.text
    assert draft.advice == ""


@pytest.mark.parametrize("odd", ["9" * 30, "9" * 5000, "geen", "²"])
@pytest.mark.parametrize("sent", [{"take": "summary"}, {"hint": "1"}, {}])
def test_a_choice_of_quotes_that_no_page_sends_comes_back(client, sign_in, coding, odd, sent):
    sign_in("Adviseur")
    draft = draft_of(coding, summary="Van een ander.")

    response = judge(
        client, coalition_of(coding), coding.theme,
        codings=[coding.pk, odd], summary="Van mij.", seen=draft.edit_number, **sent,
    )  # fmt: skip

    assert response.status_code == 200
    assert Assessment.objects.get(pk=draft.pk).summary == "Van een ander."


def test_what_was_merged_is_saved_as_the_newest(client, sign_in, coding):
    sign_in("Adviseur")
    draft = draft_of(coding, summary="Van een ander.")
    judge(client, coalition_of(coding), coding.theme, codings=[coding.pk], seen=0)

    judge(
        client,
        coalition_of(coding),
        coding.theme,
        codings=[coding.pk],
        summary="Van ons samen.",
        seen=draft.edit_number,
    )

    draft.refresh_from_db()
    assert draft.summary == "Van ons samen."


def test_the_proposal_follows_from_the_codings(client, sign_in, coding):
    sign_in("Adviseur")

    text = client.get(address(coalition_of(coding), coding.theme)).text
    assert "1 citaat bevat een doel of een aanpak." in text

    MeasureFactory(passage=coding.passage)
    text = client.get(address(coalition_of(coding), coding.theme)).text
    assert "1 citaat bevat een maatregel." in text


def test_departing_from_the_proposal_needs_a_reason(client, sign_in, coding):
    sign_in("Adviseur")

    response = judge(client, coalition_of(coding), coding.theme, level=1, codings=[coding.pk])

    assert "Uit de coderingen volgt “uitgewerkt”" in response.text
    assert not Assessment.objects.exists()


def test_a_reason_to_depart_is_kept_beside_the_proposal(client, sign_in, coding):
    sign_in("Adviseur")

    judge(
        client,
        coalition_of(coding),
        coding.theme,
        level=1,
        departure="Het is een losse zin.",
        codings=[coding.pk],
    )

    draft = Assessment.objects.get()
    assert (draft.level, draft.proposed_level) == (1, 2)
    assert draft.departure == "Het is een losse zin."


def test_the_database_refuses_a_departure_without_a_reason(db, coding):
    draft = draft_of(coding)

    with pytest.raises(IntegrityError, match="a_departure_has_a_reason"), transaction.atomic():
        Assessment.objects.filter(pk=draft.pk).update(proposed_level=1)


def test_what_was_published_in_the_term_before_stands_beside_it(client, sign_in, coding):
    sign_in("Adviseur")
    coalition = coalition_of(coding)
    earlier = CoalitionFactory(municipality=coalition.municipality, term__start_year=2022)
    version = VersionFactory(agreement=AgreementFactory(coalition=earlier))
    published_of(
        CodingFactory(passage=PassageFactory(version=version), theme=coding.theme),
        summary="Vier jaar geleden stond dit er.",
    )

    text = client.get(address(coalition, coding.theme)).text

    assert "Vier jaar geleden stond dit er." in text


def test_the_hint_follows_what_is_typed(client, sign_in, coding):
    sign_in("Adviseur")
    page = address(coalition_of(coding), coding.theme)
    long = "woord " * 21 + "."

    part = client.post(page, {"hint": 1, "summary": "Er komt een team."}, headers=HTMX).text
    whole = client.post(page, {"hint": 1, "summary": long}).text

    assert "Goed leesbaar" in part
    assert "Zin 1 telt 21 woorden" in whole
    assert long in whole
    assert not Assessment.objects.exists()
