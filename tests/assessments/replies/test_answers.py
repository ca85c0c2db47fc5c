"""VRT answers a reply, and closes the round."""

import pytest
from django.urls import reverse

from assessments import actions
from assessments.models import Assessment
from tests.assessments.replies.rounds import PAGE, ask, given
from tests.factories import UserFactory, in_reply


def answer(client, reply, text, seen=None):
    return client.post(
        reverse("assessments:answer-reply", args=[reply.pk]),
        {"answer": text, "seen": seen or reply.edit_number},
        follow=True,
    )


def test_an_advisor_answers_and_the_contact_reads_it(client, sign_in, contact, coalition):
    reply = given(ask(coalition), by=contact)
    sign_in("Adviseur")

    page = answer(client, reply, "Dat nemen wij mee.")

    assert "Het antwoord is opgeslagen." in page.text
    assert "Dat nemen wij mee." in page.text
    client.force_login(contact)
    assert "Dat nemen wij mee." in client.get(PAGE).text


def test_an_answer_to_words_that_changed_is_a_conflict_with_both_texts(
    client, sign_in, contact, coalition
):
    reply = given(ask(coalition), by=contact)
    seen = reply.edit_number
    given(reply, by=contact, text="Nieuwe woorden van de gemeente.")
    sign_in("Adviseur")

    page = answer(client, reply, "Antwoord op de oude woorden.", seen=seen)

    assert page.status_code == 409
    assert "Nieuwe woorden van de gemeente." in page.text
    assert "Antwoord op de oude woorden." in page.text
    reply.refresh_from_db()
    assert reply.answer == ""


def test_nothing_is_answered_before_it_is_said(client, sign_in, coalition):
    reply = ask(coalition)
    sign_in("Adviseur")

    page = answer(client, reply, "Antwoord.")

    assert page.status_code == 409
    assert "Er is nog niets te beantwoorden" in page.text


def test_a_round_closes_only_when_said_and_answered(contact, coalition):
    reply = ask(coalition)
    assessment, advisor = reply.assessment, UserFactory(role="Adviseur")
    with pytest.raises(actions.Refused, match="nog niet gereageerd"):
        actions.close_reply(assessment, by=advisor, seen=1)
    reply = given(reply, by=contact)
    with pytest.raises(actions.Refused, match="nog geen antwoord"):
        actions.close_reply(assessment, by=advisor, seen=1)

    actions.answer_reply(reply, by=advisor, text="Klopt.", seen=reply.edit_number)
    closed = actions.close_reply(assessment, by=advisor, seen=1)

    assert closed.status == Assessment.Status.READY


def test_an_old_round_is_not_answered_any_more(contact, coalition):
    reply = given(ask(coalition), by=contact)
    assessment, editor = reply.assessment, UserFactory(role="Eindredacteur")
    actions.send_back(assessment, by=editor, seen=1, why="Nog eens kijken.")
    assessment.refresh_from_db()
    in_reply(assessment, by=editor)

    with pytest.raises(actions.Refused, match="gesloten"):
        actions.answer_reply(reply, by=assessment.author, text="Laat.", seen=reply.edit_number)
