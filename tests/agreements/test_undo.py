"""Undoing one's last action in the reading room."""

import pytest
from django.urls import reverse

from agreements import actions
from agreements.models import Coding, Measure, Passage
from tests.conftest import HTMX
from tests.factories import (
    CodingFactory,
    MeasureFactory,
    PassageFactory,
    SuggestionFactory,
    ThemeFactory,
    VersionFactory,
    published_of,
)


@pytest.fixture
def version(db):
    return VersionFactory()


@pytest.fixture
def advisor(db, sign_in):
    return sign_in("Adviseur")


def undo(client, version):
    return client.post(reverse("agreements:undo", args=[version.pk]), headers=HTMX)


def mark(client, version, theme):
    return client.post(
        reverse("agreements:passage-create", args=[version.pk]),
        {"theme": theme.pk, "quote": "Wij pakken ondermijning aan."},
        headers=HTMX,
    )


def recode(client, coding, **data):
    values = {"theme": coding.theme_id, "strength": coding.strength, "seen": coding.edit_number}
    address = reverse("agreements:coding-change", args=[coding.pk])
    return client.post(address, values | data, headers=HTMX)


def test_a_mark_goes_away(client, advisor, version):
    mark(client, version, ThemeFactory())

    response = undo(client, version)

    assert "Ongedaan gemaakt: gemarkeerd als Ondermijning." in response.text
    assert 'id="blz-1"' in response.text
    assert not Passage.objects.exists()


def test_a_removed_passage_comes_back_whole(client, advisor, version):
    coding = CodingFactory(passage=PassageFactory(version=version), note="Belangrijk", strength=3)
    measure = MeasureFactory(passage=coding.passage, amount=5000)
    moment = Passage.objects.get().created_at
    client.post(reverse("agreements:coding-delete", args=[coding.pk]), headers=HTMX)
    assert not Passage.objects.exists()

    undo(client, version)

    passage = Passage.objects.get()
    assert (passage.pk, passage.created_at) == (coding.passage_id, moment)
    assert passage.codings.get().note == "Belangrijk"
    assert Measure.objects.get() == measure


def test_a_changed_coding_gets_its_former_values(client, advisor, version):
    coding = CodingFactory(passage=PassageFactory(version=version), note="Oud")
    recode(client, coding, note="Nieuw", strength=3)

    undo(client, version)

    coding.refresh_from_db()
    assert (coding.note, coding.strength, coding.edit_number) == ("Oud", 2, 3)


def test_an_accepted_suggestion_is_open_again(client, advisor, version):
    suggestion = SuggestionFactory(version=version)
    client.post(reverse("agreements:suggestion-accept", args=[suggestion.pk]), headers=HTMX)

    undo(client, version)

    suggestion.refresh_from_db()
    assert suggestion.is_open
    assert not Coding.objects.exists()


def test_a_rejected_suggestion_is_open_again(client, advisor, version):
    suggestion = SuggestionFactory(version=version)
    client.post(reverse("agreements:suggestion-reject", args=[suggestion.pk]), headers=HTMX)

    undo(client, version)

    suggestion.refresh_from_db()
    assert suggestion.is_open


def test_only_the_last_action_is_undone_and_only_once(client, advisor, version):
    mark(client, version, ThemeFactory())
    mark(client, version, ThemeFactory(key="brandweer"))
    undo(client, version)

    response = undo(client, version)

    assert "Er is niets om ongedaan te maken." in response.text
    assert Coding.objects.count() == 1


def test_what_another_changed_since_stays(committed, client, advisor, version):
    coding = CodingFactory(passage=PassageFactory(version=version))
    recode(client, coding, note="Van mij")
    Coding.objects.update(note="Van een ander")

    response = undo(client, version)

    coding.refresh_from_db()
    assert "intussen opnieuw gewijzigd" in response.text
    assert coding.note == "Van een ander"


def test_an_action_of_another_is_not_mine_to_undo(client, sign_in, version):
    sign_in("Adviseur")
    mark(client, version, ThemeFactory())
    change = str(Coding.pgh_event_model.objects.get().pgh_context_id)
    other = sign_in("Adviseur")

    assert "Er is niets om ongedaan te maken." in undo(client, version).text
    with pytest.raises(actions.NotUndoable):
        actions.undo(change, version=version, by=other)

    assert Passage.objects.exists()


def test_a_forged_note_of_the_last_action_counts_for_nothing(client, advisor, version):
    mark(client, version, ThemeFactory())
    client.cookies["last-action"] = client.cookies["last-action"].value[:-2] + "xx"

    response = undo(client, version)

    assert "Er is niets om ongedaan te maken." in response.text
    assert Passage.objects.exists()


def test_what_carries_published_work_stays(client, advisor, version):
    mark(client, version, ThemeFactory())
    published_of(Coding.objects.get(), level=1)

    response = undo(client, version)

    assert "draagt een beoordeling die wordt nagekeken" in response.text
    assert Coding.objects.exists()


def test_without_javascript_the_way_back_stands_on_the_page(client, advisor, version):
    client.post(
        reverse("agreements:passage-create", args=[version.pk]),
        {"theme": ThemeFactory().pk, "quote": "Wij pakken ondermijning aan."},
    )
    assert "Ongedaan maken" in client.get(version.get_absolute_url()).text

    response = client.post(reverse("agreements:undo", args=[version.pk]), follow=True)

    assert "Ongedaan gemaakt" in response.text
    assert not Passage.objects.exists()
