"""A difference is settled by its readers or an editor; what was asked can be taken back."""

import pytest
from django.db import DatabaseError, transaction

from assessments import actions
from assessments.models import SecondReading
from tests.assessments.second_reading.readings import address, ask, reviewing
from tests.factories import UserFactory, asked_again, read_again


@pytest.mark.parametrize("who", ["first", "second", "editor"])
def test_either_reader_or_an_editor_records_the_consensus(client, author, reader, who):
    reading = read_again(reviewing(by=author), level=1, reader=reader)
    person = {"first": author, "second": reader, "editor": UserFactory(role="Eindredacteur")}[who]
    client.force_login(person)

    client.post(
        address("settle-second-reading", reading),
        {"consensus_level": 2, "consensus_reason": "De aanpak staat op blz. 3."},
    )

    reading.refresh_from_db()
    assert (reading.consensus_level, reading.consensus_by) == (2, person)
    assert (reading.first_level, reading.level) == (2, 1)


def test_another_advisor_does_not_settle(client, sign_in, author):
    reading = read_again(reviewing(by=author), level=1)
    sign_in("Adviseur")

    response = client.post(
        address("settle-second-reading", reading),
        {"consensus_level": 2, "consensus_reason": "Ik vind van wel."},
    )

    reading.refresh_from_db()
    assert response.status_code == 409
    assert "Ik vind van wel." in response.text
    assert reading.consensus_at is None


def test_a_second_consensus_does_not_replace_the_first(client, author, reader):
    reading = read_again(reviewing(by=author), level=1, reader=reader)
    actions.settle_second_reading(reading, by=reader, level=2, reason="Zo is het.")
    client.force_login(author)

    response = client.post(
        address("settle-second-reading", reading),
        {"consensus_level": 1, "consensus_reason": "Of toch zo."},
    )

    reading.refresh_from_db()
    assert response.status_code == 409
    assert "Of toch zo." in response.text
    assert reading.consensus_level == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondReading.objects.filter(pk=reading.pk).update(consensus_level=1)


def test_an_equal_reading_needs_no_consensus(author):
    reading = read_again(reviewing(by=author), level=2)

    with pytest.raises(actions.Refused, match="verschillen niet"):
        actions.settle_second_reading(reading, by=author, level=2, reason="x")


def test_an_editor_takes_back_what_was_asked_and_asks_another(client, sign_in, author, reader):
    draft = reviewing(by=author)
    reading = asked_again(draft, reader=reader)
    sign_in("Eindredacteur")

    client.post(address("cancel-second-reading", reading), {"why": "Bram is weg."})
    ask(client, draft.coalition.term, [UserFactory(role="Adviseur")], share=100)

    reading.refresh_from_db()
    assert reading.standing == SecondReading.Standing.CANCELLED
    assert SecondReading.objects.open().exclude(reader=reader).count() == 1


def test_a_given_reading_is_not_taken_back(client, sign_in, author):
    reading = read_again(reviewing(by=author), level=1)
    sign_in("Eindredacteur")

    response = client.post(address("cancel-second-reading", reading), {"why": "Liever niet."})

    assert response.status_code == 409
    assert "Liever niet." in response.text
