"""Publication waits for a second reading that was asked."""

import pytest
from django.db import IntegrityError, transaction

from assessments import actions
from assessments.models import Assessment
from tests.assessments.second_reading.readings import coding
from tests.factories import UserFactory, asked_again, draft_of, publish, read_again, ready


def refused(draft):
    """Why publishing is refused, in the portal and, with that left out, in the database."""
    with pytest.raises(actions.Refused) as problem:
        actions.publish(draft, by=UserFactory(role="Eindredacteur"), seen=draft.edit_number)
    editor = UserFactory(role="Eindredacteur")
    with pytest.raises(IntegrityError, match="second reading"), transaction.atomic():
        Assessment.objects.filter(pk=draft.pk).update(
            status="published", published_by=editor, published_at="2026-11-01T12:00Z"
        )
    return str(problem.value)


def test_publication_waits_for_an_open_reading(author, reader):
    draft = ready(draft_of(coding(), by=author))
    asked_again(draft, reader=reader)

    assert "Bram Smit leest deze beoordeling nog" in refused(draft)


def test_publication_waits_for_a_consensus(author):
    draft = ready(draft_of(coding(), by=author))
    read_again(draft, level=1)

    assert "nog geen consensus" in refused(draft)


def test_publication_waits_until_the_level_is_the_consensus(author, reader):
    one = coding()
    draft = ready(draft_of(one, by=author))
    reading = read_again(draft, level=1, reader=reader)
    actions.settle_second_reading(reading, by=author, level=1, reason="Bram heeft gelijk.")
    editor = UserFactory(role="Eindredacteur")

    assert "De consensus na de tweede lezing is “genoemd”" in refused(draft)

    actions.send_back(draft, by=editor, seen=1, why="Neem de consensus over.")
    draft.refresh_from_db()
    draft.level = 1
    actions.save_draft(draft, by=author, codings=[one], seen=1)
    publish(draft)
    assert Assessment.objects.published().get().level == 1


def test_a_difference_is_not_escaped_by_a_change_of_the_words(author):
    one = coding()
    draft = ready(draft_of(one, by=author))
    read_again(draft, level=1)
    actions.send_back(draft, by=UserFactory(role="Eindredacteur"), seen=1, why="Een komma.")
    draft.refresh_from_db()
    draft.summary = "Met een komma."
    actions.save_draft(draft, by=author, codings=[one], seen=1)
    ready(draft)

    assert "nog geen consensus" in refused(draft)


@pytest.mark.parametrize("ends", ["equal", "consensus as it was", "cancelled"])
def test_publication_goes_on_when_the_reading_is_done(author, reader, ends):
    draft = ready(draft_of(coding(), by=author))
    reading = asked_again(draft, reader=reader)
    editor = UserFactory(role="Eindredacteur")
    if ends == "cancelled":
        actions.cancel_second_reading(reading, by=editor, why="Bram is weg.")
    else:
        level = 2 if ends == "equal" else 1
        actions.give_second_reading(reading, by=reader, level=level, reason="Zo lees ik het.")
    if level := ends == "consensus as it was" and 2:
        actions.settle_second_reading(reading, by=author, level=level, reason="Toch een aanpak.")

    actions.publish(draft, by=editor, seen=1)

    assert Assessment.objects.published().get() == draft
