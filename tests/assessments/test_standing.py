"""A newer version under a judgement: what an advisor sees, and what may be published."""

import pytest
from django.urls import reverse

from agreements import actions as agreements
from agreements.models import Anchoring
from assessments.models import Assessment
from tests.factories import (
    FocusPointFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
    draft_of,
    publish,
    published_of,
    ready,
)
from tests.versions import CHANGED, CHANGES, GOES, OLD, STAYS, judgement, passage_of, upload


@pytest.fixture
def theme(db):
    return ThemeFactory()


@pytest.fixture
def old(theme):
    return VersionFactory(text=OLD)


def page(client, version, theme):
    coalition = version.agreement.coalition
    return reverse(
        "assessments:assess",
        args=[coalition.municipality.slug, coalition.term.start_year, theme.slug],
    )


def test_a_carried_quote_is_offered_once(client, sign_in, old, theme):
    sign_in("Adviseur")
    passage_of(old, STAYS)

    upload(old.agreement)

    assert client.get(page(client, old, theme)).text.count(f"<q>{STAYS}</q>") == 1


def test_the_work_list_counts_current_versions_only(client, sign_in, old, theme):
    sign_in("Adviseur")
    passage_of(old, STAYS)
    passage_of(old, GOES)

    upload(old.agreement)

    text = client.get(reverse("assessments:list")).text
    assert "1 citaat<" in text
    assert "2 citaten<" not in text


def test_a_new_draft_begins_with_what_the_quotes_became(client, sign_in, old, theme):
    sign_in("Adviseur")
    judgement(old, STAYS)
    new = upload(old.agreement)

    text = client.get(page(client, old, theme)).text

    carried = new.passages.get().codings.get()
    assert f'value="{carried.pk}"' in text
    assert "checked" in text.split(f'value="{carried.pk}"')[1].split(">")[0]


def test_the_focus_point_decides_which_coding_it_became(client, sign_in, old, theme):
    sign_in("Adviseur")
    point = FocusPointFactory(theme=theme)
    coding = passage_of(old, STAYS, focus_point=point).codings.get()
    draft_of(coding)
    new = upload(old.agreement)
    new.passages.get().codings.update(focus_point=None)

    text = client.get(page(client, old, theme)).text

    assert f"heeft in versie {new.number} een andere codering" in text


def test_what_is_gone_is_named(client, sign_in, old, theme):
    sign_in("Adviseur")
    judgement(old, STAYS, GOES)
    new = upload(old.agreement)
    gone = Anchoring.objects.get(passage__quote=GOES)
    agreements.drop(gone, by=UserFactory(), seen=1)

    text = client.get(page(client, old, theme)).text

    assert f"Dit citaat staat niet meer in versie {new.number}" in text
    assert GOES in text


def test_what_waits_for_a_decision_is_named_with_the_way_there(client, sign_in, old, theme):
    sign_in("Adviseur")
    judgement(old, CHANGES)
    new = upload(old.agreement)

    text = client.get(page(client, old, theme)).text

    assert "Dit citaat wacht op een besluit" in text
    assert reverse("agreements:anchoring", args=[new.pk]) in text


def test_a_chain_over_three_versions_is_followed(client, sign_in, old, theme):
    sign_in("Adviseur")
    judgement(old, CHANGES)
    upload(old.agreement)
    agreements.keep(Anchoring.objects.get(passage__quote=CHANGES), by=UserFactory(), seen=1)
    third = upload(old.agreement, f"Nog iets vooraf. {CHANGED}")

    text = client.get(page(client, old, theme)).text

    carried = third.passages.get().codings.get()
    assert "checked" in text.split(f'value="{carried.pk}"')[1].split(">")[0]


def test_a_draft_on_an_older_version_is_not_published(client, sign_in, old, theme):
    sign_in("Eindredacteur")
    draft = ready(judgement(old, STAYS, is_published=False))
    upload(old.agreement)

    response = client.post(reverse("assessments:publish", args=[draft.pk]), {"seen": 2})

    assert "staan in de oude" in response.text
    assert not Assessment.objects.published().exists()


def test_saved_again_on_the_newest_version_it_is_published(client, sign_in, old, theme):
    sign_in("Adviseur")
    judgement(old, STAYS, is_published=False)
    new = upload(old.agreement)
    carried = new.passages.get().codings.get()
    client.post(
        page(client, old, theme),
        {"level": 2, "summary": "Staat er nog.", "seen": 2, "codings": [carried.pk]},
    )

    publish(Assessment.objects.under_way().get())

    assert list(Assessment.objects.published().get().codings.all()) == [carried]


def test_not_mentioned_waits_for_open_decisions_about_the_theme(client, sign_in, old, theme):
    sign_in("Adviseur")
    passage_of(old, GOES)
    upload(old.agreement)

    response = client.post(
        page(client, old, theme), {"level": 0, "summary": "Staat er niet in.", "seen": 0}
    )

    assert "wachten nog op een besluit" in response.text
    assert not Assessment.objects.exists()


def test_after_the_last_one_is_dropped_not_mentioned_is_possible(client, sign_in, old, theme):
    sign_in("Adviseur")
    passage_of(old, GOES)
    upload(old.agreement)
    agreements.drop(Anchoring.objects.get(), by=UserFactory(), seen=1)

    client.post(page(client, old, theme), {"level": 0, "summary": "Staat er niet in.", "seen": 0})

    assert Assessment.objects.under_way().get().level == 0


def test_the_advisor_sees_what_a_newer_version_did_to_published_work(client, sign_in, old, theme):
    sign_in("Adviseur")
    judgement(old, STAYS, CHANGES)
    upload(old.agreement)

    text = client.get(page(client, old, theme)).text

    assert "1 van de 2 citaten is daarin gewijzigd of verdwenen." in text


def test_a_proof_of_absence_on_an_older_version_is_flagged_to_the_advisor(client, sign_in, theme):
    version = VersionFactory(text="Niets.")
    publish(absent(version.agreement.coalition, theme))
    sign_in("Adviseur")
    upload(version.agreement, "Nog steeds niets.")

    assert "Zoek daarin opnieuw" in client.get(page(client, version, theme)).text


def test_without_a_newer_version_nothing_is_said(client, sign_in, old, theme):
    sign_in("Adviseur")
    published_of(passage_of(old, STAYS).codings.get())

    assert "eerdere versie" not in client.get(page(client, old, theme)).text
