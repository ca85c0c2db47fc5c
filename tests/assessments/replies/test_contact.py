"""A municipality's contact reads what is asked, and replies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments import actions
from assessments.models import Reply
from tests.assessments.replies.rounds import PAGE, ask, fields, given, send
from tests.factories import UserFactory, any_word


def test_the_contact_reads_what_is_asked_with_its_quotes_and_the_deadline(
    client, contact, coalition
):
    ask(coalition, deadline=timezone.localdate() + timedelta(days=9), summary="Er komt een team.")

    text = client.get(PAGE).text

    assert "Nog 9 dagen" in text
    assert "Er komt een team." in text
    assert "uitgewerkt" in text
    assert "Wij pakken ondermijning aan." in text
    assert "blz. 1" in text


def test_the_contact_replies_with_words_and_a_place(client, contact, coalition):
    reply = ask(coalition)
    version = reply.assessment.codings.get().passage.version

    page = send(
        client,
        fields(
            reply,
            position="disagree",
            text="Het team is er al.",
            version=version.pk,
            place="Er komt een\nteam",
        ),
    )

    reply.refresh_from_db()
    assert (reply.position, reply.text) == ("disagree", "Het team is er al.")
    assert (reply.quote, reply.page, reply.given_by) == ("Er komt een team", 1, contact)
    assert "Uw reactie: oneens" in page.text


@pytest.mark.parametrize("position", ["addition", "disagree"])
def test_an_addition_or_disagreement_asks_for_words(client, contact, coalition, position):
    reply = ask(coalition)

    page = send(client, fields(reply, position=position))

    reply.refresh_from_db()
    assert "Schrijf op w" in page.text
    assert not reply.given_at


def test_who_simply_agrees_leaves_no_words_behind_by_accident(client, contact, coalition):
    reply = ask(coalition)

    page = send(client, fields(reply, position="agree", text="Het klopt niet."))

    reply.refresh_from_db()
    assert "er staat nog een toelichting" in page.text
    assert not reply.given_at


def test_a_quote_that_stands_nowhere_is_refused_and_nothing_is_lost(client, contact, coalition):
    reply = ask(coalition)

    page = send(
        client,
        fields(
            reply,
            position="disagree",
            text="Mijn lange tekst.",
            version=reply.assessment.codings.get().passage.version_id,
            place="Dit staat er niet.",
        ),
    )

    reply.refresh_from_db()
    assert "staat niet letterlijk in" in page.text
    assert "Mijn lange tekst." in page.text
    assert "Dit staat er niet." in page.text
    assert not reply.given_at


def test_several_themes_are_sent_together_and_one_mistake_loses_nothing(client, contact, coalition):
    good, bad = ask(coalition), ask(coalition, "brandweer")

    page = send(
        client,
        fields(good, position="addition", text="Ook de wijkboa."),
        fields(bad, position="disagree", text=""),
    )

    good.refresh_from_db()
    bad.refresh_from_db()
    assert good.text == "Ook de wijkboa."
    assert not bad.given_at
    assert "Schrijf op waarom u het oneens bent." in page.text


def test_all_is_right_is_one_action_for_what_is_awaited(client, contact, coalition):
    awaited = [ask(coalition, key) for key in ("ondermijning", "brandweer", "crisis")]
    said = given(ask(coalition, "digitaal"), by=contact)

    page = send(client, *(fields(reply) for reply in awaited), address="assessments:agree")

    assert "u bent het eens met" in page.text
    assert set(
        Reply.objects.filter(pk__in=[reply.pk for reply in awaited]).values_list(
            "position", flat=True
        )
    ) == {"agree"}
    said.refresh_from_db()
    assert said.position == "disagree"


def test_all_is_right_keeps_what_was_filled_in_for_a_theme(client, contact, coalition):
    typed, rest = ask(coalition), ask(coalition, "brandweer")

    send(
        client,
        fields(typed, position="disagree", text="Dit niet."),
        fields(rest),
        address="assessments:agree",
    )

    typed.refresh_from_db()
    rest.refresh_from_db()
    assert (typed.position, rest.position) == ("disagree", "agree")


def test_all_is_right_agrees_only_with_what_was_on_the_page(client, contact, coalition):
    seen = ask(coalition)
    later = ask(coalition, "brandweer")

    send(client, fields(seen), address="assessments:agree")

    later.refresh_from_db()
    assert later.position == ""


def test_a_reply_can_be_changed_while_it_is_open_and_the_answer_to_it_goes(
    client, contact, coalition
):
    reply = given(ask(coalition), by=contact)
    advisor = UserFactory(role="Adviseur")
    reply = actions.answer_reply(reply, by=advisor, text="Waar staat dat?", seen=reply.edit_number)

    send(client, fields(reply, text="Op bladzijde drie."))

    reply.refresh_from_db()
    assert (reply.text, reply.answer) == ("Op bladzijde drie.", "")


def test_a_second_contact_who_saves_later_sees_both_texts(client, contact, coalition):
    reply = ask(coalition)
    on_screen = fields(reply, position="disagree", text="Tekst van de tweede.")
    given(reply, by=UserFactory(role="Gemeentecontact", municipality=coalition.municipality))

    page = send(client, on_screen)

    assert page.status_code == 409
    assert "Het team is er al." in page.text
    assert "Tekst van de tweede." in page.text
    reply.refresh_from_db()
    assert reply.text == "Het team is er al."

    again = on_screen | {f"r{reply.pk}-seen": reply.edit_number}
    assert send(client, again).status_code == 200
    reply.refresh_from_db()
    assert reply.text == "Tekst van de tweede."


def test_a_theme_that_was_not_touched_is_no_conflict(client, contact, coalition):
    mine, theirs = ask(coalition), ask(coalition, "brandweer")
    untouched = fields(theirs)
    given(theirs, by=UserFactory(role="Gemeentecontact", municipality=coalition.municipality))

    page = send(client, fields(mine, position="agree"), untouched)

    theirs.refresh_from_db()
    assert page.status_code == 200
    assert theirs.position == "disagree"


def test_after_closing_nothing_can_be_said_and_what_was_typed_comes_back(
    client, contact, coalition
):
    reply = ask(coalition)
    on_screen = fields(reply, position="disagree", text="Te laat getypt.")
    given(reply, by=contact, position="agree", text="")
    actions.close_reply(reply.assessment, by=UserFactory(role="Eindredacteur"), seen=1)

    page = send(client, on_screen)

    assert page.status_code == 409
    assert "Te laat getypt." in page.text
    assert "niet meer reageren" in page.text
    assert f'name="r{reply.pk}-position"' not in page.text
    reply.refresh_from_db()
    assert reply.position == "agree"


def test_a_late_reply_is_welcome_until_the_round_is_closed(client, contact, coalition):
    reply = ask(coalition)
    Reply.objects.update(deadline=timezone.localdate() - timedelta(days=1))
    actions.record_silence()
    reply.refresh_from_db()
    assert reply.position == "silent"

    send(client, fields(reply, position="addition", text="Alsnog."))

    reply.refresh_from_db()
    assert (reply.position, reply.text) == ("addition", "Alsnog.")


def test_words_that_changed_after_the_question_are_not_shown_again(client, contact, coalition):
    word = any_word()
    reply = ask(coalition)
    assessment = reply.assessment
    given(reply, by=contact)
    editor = UserFactory(role="Eindredacteur")
    actions.send_back(assessment, by=editor, seen=1, why="De gemeente heeft gelijk.")
    assessment.refresh_from_db()
    assessment.summary = word
    actions.save_draft(
        assessment, by=assessment.author, codings=list(assessment.codings.all()), seen=1
    )

    text = client.get(PAGE).text

    assert word not in text
    assert "De gemeente heeft gelijk." not in text
    assert "VRT past deze beoordeling aan" in text
    assert "Het team is er al." in text
