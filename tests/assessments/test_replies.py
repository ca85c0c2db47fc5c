"""The right of reply: what the contact sees, says and changes, and what VRT answers."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Assessment, Remark, Reply
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    PassageFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    any_word,
    draft_of,
    in_reply,
    published_of,
    ready,
)

PAGE = "/reactie/"
TEXT = "Wij pakken ondermijning aan. Er komt een team van vier mensen."


@pytest.fixture
def coalition(db):
    return CoalitionFactory()


@pytest.fixture
def contact(sign_in, coalition):
    return sign_in("Gemeentecontact", municipality=coalition.municipality)


def ask(coalition, key="ondermijning", *, version=None, **kwargs):
    """A judgement on a theme that lies before the municipality; gives the open reply."""
    deadline, note = kwargs.pop("deadline", None), kwargs.pop("note", "")
    version = version or VersionFactory(agreement=AgreementFactory(coalition=coalition), text=TEXT)
    coding = CodingFactory(
        passage=PassageFactory(version=version), theme=ThemeFactory(key=key), strength=2
    )
    draft = draft_of(coding, **kwargs)
    Assessment.objects.filter(pk=draft.pk).update(note=note)
    return in_reply(draft, deadline=deadline)


def fields(reply, **filled):
    """What a browser sends for one theme: what was on the page, and what was filled in."""
    was = {
        "position": reply.position,
        "text": reply.text,
        "version": reply.version_id or "",
        "place": reply.quote,
    }
    sent = {f"initial-r{reply.pk}-{name}": value for name, value in was.items()}
    sent |= {f"r{reply.pk}-{name}": value for name, value in (was | filled).items()}
    return sent | {"reply": [reply.pk], f"r{reply.pk}-seen": reply.edit_number}


def send(client, *sets, address="assessments:reply"):
    data = {"reply": [key for each in sets for key in each["reply"]]}
    data |= {name: value for each in sets for name, value in each.items() if name != "reply"}
    return client.post(reverse(address, args=[2026]), data, follow=True)


def given(reply, *, by, position="disagree", text="Het team is er al.", **kwargs):
    """The reply of a municipality, as the contact would give it."""
    reply.refresh_from_db()
    reply.position, reply.text = position, text
    return actions.reply(reply, by=by, seen=reply.edit_number, **kwargs)


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


def test_vrt_keeps_its_own_side_to_itself(client, contact, coalition):
    """Note, remark, author, reviewer, reason: never; the control: an advisor reads them."""
    note, remark, author, editor = (any_word() for _ in range(4))
    reply = ask(coalition, by=UserFactory(role="Adviseur", last_name=author), note=note)
    Remark.objects.create(
        assessment=reply.assessment,
        text=remark,
        author=UserFactory(role="Eindredacteur", last_name=editor),
    )
    document = reverse(
        "assessments:reply-document", args=[reply.assessment.codings.get().passage.version_id]
    )

    shown = client.get(PAGE).text + client.get(document).text

    assert not [word for word in (note, remark, author, editor) if word in shown]
    client.force_login(UserFactory(role="Adviseur"))
    address = reverse(
        "assessments:assess", args=[coalition.municipality.slug, 2026, "ondermijning"]
    )
    of_vrt = client.get(address).text
    assert [word for word in (note, remark, author, editor) if word in of_vrt] == [
        note,
        remark,
        author,
        editor,
    ]


def test_another_municipality_sees_and_changes_nothing(client, sign_in, coalition):
    word = any_word()
    reply = ask(coalition, summary=word)
    version = reply.assessment.codings.get().passage.version
    neighbour = CoalitionFactory()
    ask(neighbour, "brandweer")
    sign_in("Gemeentecontact", municipality=neighbour.municipality)

    assert word not in client.get(PAGE).text
    document = client.get(reverse("assessments:reply-document", args=[version.pk]))
    missing = client.get(reverse("assessments:reply-document", args=[10**6]))
    assert document.status_code == missing.status_code == 404
    send(client, fields(reply, position="agree"))
    send(client, fields(reply), address="assessments:agree")

    reply.refresh_from_db()
    assert reply.position == ""


def test_a_contact_without_anything_asked_finds_an_empty_page_and_no_round(
    client, sign_in, coalition
):
    draft_of(CodingFactory(passage__version__agreement__coalition=coalition))
    sign_in("Gemeentecontact", municipality=coalition.municipality)

    assert "Er ligt nu niets voor u klaar" in client.get(PAGE).text
    assert client.post(reverse("assessments:reply", args=[2026])).status_code == 404


def test_the_document_opens_at_the_quote_and_shows_only_what_is_asked(client, contact, coalition):
    reply = ask(coalition)
    coding = reply.assessment.codings.get()
    version = coding.passage.version
    hidden = CodingFactory(
        passage=PassageFactory(version=version, start=29, end=62), theme__key="brandweer"
    )

    address = reverse("assessments:reply-document", args=[version.pk])
    text = client.get(f"{address}?passage={coding.passage_id}").text

    assert f'id="passage-{coding.passage_id}"' in text
    assert "lit" in text
    assert f'id="passage-{hidden.passage_id}"' not in text


def test_a_document_on_which_nothing_asked_rests_is_not_there(client, contact, coalition):
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition))
    address = reverse("assessments:reply-document", args=[version.pk])
    assert client.get(address).status_code == 404

    ask(coalition)

    assert client.get(address).status_code == 200  # the control: to reply from


def test_the_question_is_told_at_the_contacts_home_and_to_nobody_else(
    client, sign_in, contact, coalition
):
    ask(coalition)
    asked = "VRT vraagt uw reactie op 1 thema"

    assert asked in client.get("/").text
    sign_in("Burgemeester", municipality=coalition.municipality)
    assert asked not in client.get("/").text
    sign_in("Gemeentecontact", municipality=CoalitionFactory().municipality)
    assert asked not in client.get("/").text


def test_the_page_asks_as_often_for_six_themes_as_for_one(client, contact, coalition):
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition), text=TEXT)

    def queries():
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    given(ask(coalition, version=version), by=contact, quote="")
    few = queries()
    for number in range(5):
        ask(coalition, f"thema-{number}")

    assert queries() == few


# VRT's side


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


# What the database itself refuses, with a control for each


def refused(**changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.update(**changes)
    return True


def test_the_database_takes_a_reply_only_while_it_lies_with_the_municipality(contact, coalition):
    reply = given(ask(coalition), by=contact, position="agree", text="")
    Reply.objects.update(text="Nog iets.")  # the control
    actions.close_reply(reply.assessment, by=UserFactory(role="Adviseur"), seen=1)

    assert refused(text="Achteraf.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(
            assessment=ready(draft_of(CodingFactory())),
            text_edit=1,
            asked_by=contact,
            deadline=timezone.localdate(),
        )


def test_the_database_takes_only_a_literal_quote_from_the_own_agreement(contact, coalition):
    reply = ask(coalition)
    version = reply.assessment.codings.get().passage.version
    place = {"start": 0, "end": 3, "page": 1}
    Reply.objects.update(version=version, quote="Wij", **place)  # the control

    assert refused(quote="Zij")
    assert refused(version=VersionFactory(text=TEXT))
    assert not Reply.objects.not_literal().exists()


def test_the_database_takes_no_position_without_a_person_and_its_words(contact, coalition):
    ask(coalition)
    now = timezone.now()
    Reply.objects.update(position="disagree", text="Nee.", given_by=contact, given_at=now)

    assert refused(text="")
    assert refused(given_by=None)
    assert refused(answer="Zonder naam.")


def test_a_published_reply_never_changes(contact, coalition):
    reply = given(ask(coalition), by=contact, position="agree", text="")
    editor = UserFactory(role="Eindredacteur")
    actions.close_reply(reply.assessment, by=editor, seen=1)
    actions.publish(reply.assessment, by=editor, seen=1)

    assert refused(position="disagree", text="Toch niet.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.all().delete()
    assert published_of(CodingFactory()).replies.count() == 0
