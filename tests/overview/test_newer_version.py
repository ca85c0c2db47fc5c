"""Published work says which version it rests on, and what a newer one did to it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements import actions as agreements
from agreements.models import Anchoring
from assessments import actions
from assessments.models import Assessment
from overview.content import footings
from reports.content.made import Made
from reports.content.municipality import municipality_report
from tests.factories import (
    AgreementFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
    publish,
)
from tests.versions import CHANGES, GOES, OLD, STAYS, judgement, upload


@pytest.fixture
def theme(db):
    return ThemeFactory()


@pytest.fixture
def old(theme):
    return VersionFactory(text=OLD, number=1)


def pages(client, version, theme):
    """The reader's pages about this coalition and theme, as one text."""
    coalition = version.agreement.coalition
    year, slug = coalition.term.start_year, coalition.municipality.slug
    addresses = [
        reverse("overview:municipality", args=[year, slug]),
        reverse("overview:theme", args=[year, theme.slug]),
    ]
    return [client.get(address).text for address in addresses]


def test_nothing_is_said_while_there_is_one_version(client, sign_in, old, theme):
    sign_in("Burgemeester")
    judgement(old, STAYS)

    for text in pages(client, old, theme):
        assert "Dit oordeel rust op" not in text
        assert "nieuwere versie" not in text


def test_readers_see_which_version_it_rests_on(client, sign_in, old, theme):
    sign_in("Burgemeester")
    judgement(old, STAYS)
    upload(old.agreement)

    for text in pages(client, old, theme):
        assert f"Dit oordeel rust op versie 1 van “{old.agreement}”." in text


def test_readers_see_that_the_quotes_stand_unchanged_in_the_newer_version(
    client, sign_in, old, theme
):
    sign_in("Burgemeester")
    judgement(old, STAYS)
    upload(old.agreement)

    for text in pages(client, old, theme):
        assert "Er is een nieuwere versie van dit akkoord (versie 2)." in text
        assert "Het citaat staat er ongewijzigd in." in text


def test_readers_see_how_many_quotes_are_touched(client, sign_in, old, theme):
    sign_in("Burgemeester")
    judgement(old, STAYS, CHANGES, GOES)
    upload(old.agreement)

    for text in pages(client, old, theme):
        assert (
            "Er is een nieuwere versie van dit akkoord (versie 2). Twee citaten zijn daarin gewijzigd "
            "of verdwenen. VRT beoordeelt het opnieuw." in text
        )


def test_a_decision_does_not_take_the_flag_away(client, sign_in, old, theme):
    """The reader still reads the old words; only publishing anew helps."""
    sign_in("Burgemeester")
    judgement(old, CHANGES)
    upload(old.agreement)
    agreements.keep(Anchoring.objects.get(), by=UserFactory(), seen=1)

    assert "Eén citaat is daarin gewijzigd" in pages(client, old, theme)[0]


def test_publishing_on_the_newest_version_takes_the_flag_away(client, sign_in, old, theme):
    sign_in("Burgemeester")
    judgement(old, STAYS)
    new = upload(old.agreement)
    again = judgement_on(new)

    for text in pages(client, old, theme):
        assert "nieuwere versie" not in text
        assert f"Dit oordeel rust op versie 2 van “{old.agreement}”." in text
    assert again.status == "published"


def judgement_on(version):
    draft = Assessment(
        coalition=version.agreement.coalition,
        theme=ThemeFactory(),
        level=2,
        summary="Opnieuw.",
        edit_number=0,
    )
    codings = [passage.codings.get() for passage in version.passages.all()]
    actions.save_draft(draft, by=UserFactory(role="Adviseur"), codings=codings)
    return publish(draft)


def test_a_wording_that_comes_back_in_a_third_version_is_unchanged(client, sign_in, old, theme):
    sign_in("Burgemeester")
    judgement(old, CHANGES)
    upload(old.agreement)
    upload(old.agreement, OLD + " Meer.")

    text = pages(client, old, theme)[0]

    assert "(versie 3)" in text
    assert "ongewijzigd" in text


def test_a_proof_of_absence_on_an_older_version_is_flagged(client, sign_in, theme):
    sign_in("Burgemeester")
    version = VersionFactory(text="Niets.", number=1)
    publish(absent(version.agreement.coalition, theme))
    upload(version.agreement, "Nog steeds niets.")

    for text in pages(client, version, theme):
        assert "(versie 2). Daarin is nog niet op dit thema gezocht." in text


def test_a_new_document_makes_a_proof_of_absence_incomplete(client, sign_in, theme):
    sign_in("Burgemeester")
    version = VersionFactory(text="Niets.")
    coalition = version.agreement.coalition
    publish(absent(coalition, theme))
    VersionFactory(agreement=AgreementFactory(coalition=coalition, title="Werkprogramma"))

    assert "Er is een nieuw document: “Werkprogramma”." in pages(client, version, theme)[0]


def test_the_text_of_a_newer_version_stays_unseen_until_something_rests_on_it(
    client, sign_in, old, theme
):
    sign_in("Burgemeester")
    judgement(old, STAYS)
    new = upload(old.agreement, f"{STAYS} Geheim tot publicatie.")
    coalition = old.agreement.coalition
    address = reverse(
        "overview:document",
        args=[coalition.term.start_year, coalition.municipality.slug, new.pk],
    )

    before = client.get(address).status_code
    judgement_on(new)

    assert before == 404
    assert "Geheim tot publicatie." in client.get(address).text


def test_the_old_version_stays_readable_for_readers(client, sign_in, old, theme):
    sign_in("Burgemeester")
    judgement(old, GOES)
    upload(old.agreement)
    coalition = old.agreement.coalition
    address = reverse(
        "overview:document",
        args=[coalition.term.start_year, coalition.municipality.slug, old.pk],
    )

    assert f'id="passage-{old.passages.get().pk}"' in client.get(address).text


def test_the_report_says_it_too(old, theme):
    judgement(old, STAYS, GOES)
    upload(old.agreement)

    report = " ".join(municipality_report(old.agreement.coalition, Made(timezone.now())).said())

    assert f"Dit oordeel rust op versie 1 van “{old.agreement}”." in report
    assert "Eén citaat is daarin gewijzigd of verdwenen." in report


def test_footings_cost_as_many_queries_for_one_as_for_many(old, theme):
    def queries(number):
        made = []
        for _ in range(number):
            version = VersionFactory(text=OLD)
            made.append(judgement(version, STAYS, CHANGES))
            upload(version.agreement)
        published = Assessment.objects.published().with_quotes()
        published = list(published.filter(pk__in=[a.pk for a in made]))
        with CaptureQueriesContext(connection) as captured:
            assert len(footings(published)) == number
        return len(captured)

    assert queries(5) == queries(1)
