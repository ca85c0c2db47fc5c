"""An editor asks for second readings: drawn by share, or chosen."""

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError
from django.urls import reverse

from assessments import actions
from assessments.models import Draw, SecondReading
from assessments.reliability import draw
from tests.assessments.second_reading.readings import (
    ask,
    coding,
    lies_with_the_municipality,
    reviewing,
)
from tests.factories import (
    UserFactory,
    asked_again,
    draft_of,
    published_of,
    read_again,
    ready,
    submitted,
)


def test_an_editor_asks_for_a_share(client, sign_in, author, reader):
    drafts = [reviewing(by=author) for _ in range(6)]
    editor = sign_in("Eindredacteur")

    response = ask(client, drafts[0].coalition.term, [author, reader])

    lot = Draw.objects.get()
    assert (lot.asked_by, lot.share, lot.pool) == (editor, 20, sorted(d.pk for d in drafts))
    readings = SecondReading.objects.all()
    assert {r.assessment_id for r in readings} == set(draw(lot.pool, share=20, seed=lot.seed))
    assert {r.reader for r in readings} == {reader}
    assert len(readings) == 2
    assert "2 tweede lezingen zijn gevraagd" in response.text


def test_the_page_says_how_many_a_share_is(client, sign_in, author, reader):
    drafts = [reviewing(by=author) for _ in range(6)]
    sign_in("Eindredacteur")

    response = client.get(
        reverse("assessments:second-readings", args=[drafts[0].coalition.term.start_year])
    )

    assert "6 beoordelingen om uit te kiezen" in response.text
    assert "20% is 2" in response.text


def test_an_editor_asks_for_chosen_ones(client, sign_in, author, reader):
    chosen, other = reviewing(by=author), reviewing(by=author)
    sign_in("Eindredacteur")

    ask(client, chosen.coalition.term, [reader], how="choose", chosen=[chosen.pk])

    reading = SecondReading.objects.get()
    assert (reading.assessment, reading.draw.share) == (chosen, None)
    assert not other.second_readings.exists()


def test_the_readers_get_a_mail_that_says_nothing_of_the_content(client, sign_in, author, reader):
    draft = reviewing(by=author)
    sign_in("Eindredacteur")

    ask(client, draft.coalition.term, [reader], share=100)

    (letter,) = mail.outbox
    assert letter.to == [reader.email]
    assert "tweede lezing" in letter.body
    assert "/tweede-lezing/" in letter.body
    for secret in (str(draft.coalition.municipality), str(draft.theme), draft.summary):
        assert secret not in letter.subject + letter.body


def test_readings_are_spread_over_the_readers(author, db):
    drafts = [reviewing(by=author) for _ in range(6)]
    readers = [UserFactory(role="Adviseur") for _ in range(3)]

    readings = actions.ask_second_readings(
        drafts[0].coalition.term,
        by=UserFactory(role="Eindredacteur"),
        readers=readers,
        share=100,
    )

    load = [sum(r.reader == reader for r in readings) for reader in readers]
    assert load == [2, 2, 2]


def test_nobody_gets_what_they_had_a_hand_in(author, reader):
    """Who wrote an earlier edit of the words knows the level too."""
    one = coding()
    draft = draft_of(one, by=reader)
    actions.save_draft(draft, by=author, codings=[one], seen=1)
    submitted(draft)

    with pytest.raises(actions.Refused, match="werkten zelf"):
        actions.ask_second_readings(
            draft.coalition.term,
            by=UserFactory(role="Eindredacteur"),
            readers=[author, reader],
            share=100,
        )


def test_only_what_was_never_public_and_lies_before_the_editors_is_drawn(author, reader):
    one = coding()
    published_of(one, by=author)
    submitted(draft_of(one, by=author))  # a correction: everyone knows the level
    draft_of(coding(), by=author)
    reviewed, replied, cleared = (draft_of(coding(), by=author) for _ in range(3))
    submitted(reviewed)
    lies_with_the_municipality(submitted(replied))
    ready(cleared)
    read_again(reviewing(by=author), level=2)

    candidates = SecondReading.objects.candidates(one.passage.version.agreement.coalition.term)

    assert set(candidates) == {reviewed, replied, cleared}


def test_asking_with_nothing_to_draw_from_says_so(client, sign_in, author, reader):
    draft = draft_of(coding(), by=author)
    sign_in("Eindredacteur")

    response = ask(client, draft.coalition.term, [reader])

    assert response.status_code == 409
    assert "Er is nu niets om te loten." in response.text


def test_asking_with_one_advisor_says_so(client, sign_in, author):
    draft = reviewing(by=author)
    sign_in("Eindredacteur")

    response = ask(client, draft.coalition.term, [author])

    assert response.status_code == 409
    assert "Er is maar één adviseur." in response.text


@pytest.mark.parametrize("share", ["", "0", "101", "veel"])
def test_an_odd_share_comes_back_with_what_was_typed(client, sign_in, author, reader, share):
    draft = reviewing(by=author)
    sign_in("Eindredacteur")

    response = ask(client, draft.coalition.term, [reader], share=share)

    assert response.status_code == 200
    assert 'id="id_share_error"' in response.text
    assert share in response.text
    assert f'value="{reader.pk}" id="id_readers_1" checked' in response.text
    assert not SecondReading.objects.exists()


def test_choosing_nothing_says_so(client, sign_in, author, reader):
    draft = reviewing(by=author)
    sign_in("Eindredacteur")

    response = ask(client, draft.coalition.term, [reader], how="choose")

    assert "Vink ten minste één beoordeling aan." in response.text


def test_a_chosen_one_that_no_reader_may_read_is_refused_whole(client, sign_in, author, reader):
    free, own = reviewing(by=author), reviewing(by=reader)
    sign_in("Eindredacteur")

    response = ask(client, free.coalition.term, [reader], how="choose", chosen=[free.pk, own.pk])

    assert response.status_code == 409
    assert "Voor 1 van de aangevinkte" in response.text
    assert not SecondReading.objects.exists()


def test_an_advisor_does_not_ask(client, sign_in, author):
    draft = reviewing(by=author)
    reader = sign_in("Adviseur")

    response = ask(client, draft.coalition.term, [reader])

    assert response.status_code == 404
    assert not SecondReading.objects.exists()


def test_the_database_refuses_a_reading_of_own_work(author):
    draft = reviewing(by=author)

    with pytest.raises(IntegrityError, match="someone else"):
        asked_again(draft, reader=author)


def test_the_database_keeps_how_the_lot_fell(author):
    reading = asked_again(reviewing(by=author))

    with pytest.raises(DatabaseError, match="a_draw_stays|Cannot update"):
        Draw.objects.filter(pk=reading.draw_id).update(seed=2)
