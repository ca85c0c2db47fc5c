"""A second reading is given blind, once, and both readings are kept."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from assessments import actions
from assessments.models import SecondReading
from tests.assessments.second_reading.readings import address, coding, reviewing
from tests.factories import (
    TermFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
    asked_again,
    draft_of,
    publish,
    read_again,
    submitted,
)


def test_the_second_reader_sees_the_passages_and_the_yardstick(client, author, reader):
    reading = asked_again(reviewing(by=author), reader=reader)
    client.force_login(reader)

    response = client.get(address("second-reading", reading))

    assert "Wij pakken ondermijning aan." in response.text
    assert "Wat de regio vraagt" in response.text
    for hidden in (
        "Het akkoord noemt een team.",
        author.get_full_name() or str(author),
        "strength",
    ):
        assert hidden not in response.text


def test_without_passages_the_second_reader_sees_the_hits(client, author, reader):
    theme = ThemeFactory()
    TermFactory(theme=theme, text="ondermijn")
    version = VersionFactory(text="De ondermijning van de dijk is hersteld.")
    draft = submitted(absent(version.agreement.coalition, theme, by=author))
    reading = asked_again(draft, reader=reader)
    client.force_login(reader)

    response = client.get(address("second-reading", reading))

    assert "van de dijk is hersteld" in response.text
    assert "gaat niet over" not in response.text
    assert str(author) not in response.text


def test_an_equal_reading_is_done(client, author, reader):
    draft = reviewing(by=author)
    reading = asked_again(draft, reader=reader)
    client.force_login(reader)

    response = client.post(
        address("give-second-reading", reading),
        {"level": 2, "reason": "Er is een aanpak."},
        follow=True,
    )

    reading.refresh_from_db()
    assert (reading.first_level, reading.level, reading.first_reader) == (2, 2, author)
    assert reading.standing == SecondReading.Standing.EQUAL
    assert "U gaf hetzelfde oordeel" in response.text


def test_both_readings_stand_side_by_side_when_they_differ(client, author, reader):
    draft = reviewing(by=author, summary="De eerste samenvatting.")
    reading = asked_again(draft, reader=reader)
    client.force_login(reader)

    response = client.post(
        address("give-second-reading", reading),
        {"level": 1, "reason": "Er staat geen aanpak."},
        follow=True,
    )

    for shown in ("De eerste samenvatting.", "Er staat geen aanpak.", "Consensus vastleggen"):
        assert shown in response.text


def test_the_first_reading_is_shown_as_it_was(client, sign_in, author):
    one = coding()
    draft = submitted(draft_of(one, by=author, summary="Zoals het was."))
    reading = read_again(draft, level=1)
    editor = sign_in("Eindredacteur")
    actions.send_back(draft, by=editor, seen=1, why="Bespreek het.")
    draft.refresh_from_db()
    draft.summary, draft.level = "Zoals het werd.", 1
    actions.save_draft(draft, by=author, codings=[one], seen=1)

    response = client.get(address("second-reading", reading))

    assert "Zoals het was." in response.text
    assert "Zoals het werd." not in response.text


@pytest.mark.parametrize("data", [{"level": 1}, {"reason": "Waarom"}, {"level": 7, "reason": "x"}])
def test_half_a_reading_is_not_taken(client, author, reader, data):
    reading = asked_again(reviewing(by=author), reader=reader)
    client.force_login(reader)

    response = client.post(address("give-second-reading", reading), data)

    reading.refresh_from_db()
    assert 'class="error"' in response.text
    assert reading.given_at is None
    assert data.get("reason", "") in response.text


def test_only_who_was_asked_gives_it(client, sign_in, author, reader):
    reading = asked_again(reviewing(by=author), reader=reader)
    sign_in("Adviseur")

    response = client.post(address("give-second-reading", reading), {"level": 1, "reason": "x"})

    reading.refresh_from_db()
    assert response.status_code == 409
    assert "aan een ander gevraagd" in response.text
    assert reading.given_at is None


def test_giving_twice_keeps_the_first_and_what_was_typed(client, author, reader):
    reading = read_again(reviewing(by=author), level=1, reader=reader)
    client.force_login(reader)

    response = client.post(
        address("give-second-reading", reading), {"level": 3, "reason": "Toch anders."}
    )

    reading.refresh_from_db()
    assert response.status_code == 409
    assert "Toch anders." in response.text
    assert reading.level == 1


def test_a_change_of_the_words_makes_it_outdated(client, author, reader):
    one = coding()
    draft = submitted(draft_of(one, by=author))
    reading = asked_again(draft, reader=reader)
    actions.take_back(draft, by=author, seen=1)
    draft.refresh_from_db()
    actions.save_draft(draft, by=author, codings=[one], seen=1)
    client.force_login(reader)

    response = client.post(
        address("give-second-reading", reading), {"level": 1, "reason": "Te laat."}
    )

    assert response.status_code == 409
    assert "vervallen" in response.text
    assert "Te laat." in response.text
    assert SecondReading.objects.get().given_at is None
    publish(draft)  # it no longer holds up anything


def test_a_new_text_can_be_asked_again(author, reader):
    one = coding()
    draft = submitted(draft_of(one, by=author))
    asked_again(draft, reader=reader)
    actions.take_back(draft, by=author, seen=1)
    draft.refresh_from_db()
    actions.save_draft(draft, by=author, codings=[one], seen=1)
    submitted(draft)
    editor = UserFactory(role="Eindredacteur")

    (reading,) = actions.ask_second_readings(
        draft.coalition.term, by=editor, readers=[reader], share=100
    )

    assert (reading.text_edit, reading.reader) == (2, reader)


@pytest.mark.parametrize(
    "change",
    [{"level": 3}, {"reason": "Anders."}, {"first_level": 0}, {"given_at": None}, {"text_edit": 9}],
)
def test_the_database_keeps_both_readings(author, change):
    reading = read_again(reviewing(by=author), level=1)

    with pytest.raises(DatabaseError), transaction.atomic():
        SecondReading.objects.filter(pk=reading.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        reading.delete()


def test_the_database_refuses_another_first_level_than_there_is(author, reader):
    reading = asked_again(reviewing(by=author), reader=reader)

    with pytest.raises(IntegrityError, match="keeps the first"):
        SecondReading.objects.filter(pk=reading.pk).update(
            level=1, reason="x", first_level=1, first_reader=author, given_at="2026-11-01T12:00Z"
        )
