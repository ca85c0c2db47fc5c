"""What a municipality said stands beside what is published, and nowhere before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Assessment, Reply
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
from tests.test_access import PAGES
from tests.world import make_world

READ = [name for name in PAGES if name.split(":")[0] in {"overview", "reports"}]


@pytest.fixture
def coding(db):
    return CodingFactory()


def coalition_of(coding):
    return coding.passage.version.agreement.coalition


def replied(draft, text="Het team is er al.", *, quote="", answer="Dat staat er niet."):
    """A reply that disagrees, answered; the judgement still lies with the municipality."""
    reply = in_reply(draft)
    reply.position, reply.text = "disagree", text
    reply.version = draft.codings.get().passage.version
    contact = UserFactory(role="Gemeentecontact", municipality=draft.coalition.municipality)
    reply = actions.reply(reply, by=contact, seen=1, quote=quote)
    return actions.answer_reply(reply, by=draft.author, text=answer, seen=reply.edit_number)


def publish(assessment, *, close=True):
    editor = UserFactory(role="Eindredacteur")
    assessment.refresh_from_db()
    if close:
        actions.close_reply(assessment, by=editor, seen=assessment.edit_number)
    return actions.publish(assessment, by=editor, seen=assessment.edit_number)


def municipality_page(client, coding):
    coalition = coalition_of(coding)
    address = reverse(
        "overview:municipality", args=[coalition.term.start_year, coalition.municipality.slug]
    )
    return client.get(address).text


def theme_page(client, coding):
    year = coalition_of(coding).term.start_year
    return client.get(reverse("overview:theme", args=[year, coding.theme.slug])).text


def test_a_reply_with_its_place_and_the_answer_stand_beside_the_judgement(client, sign_in, coding):
    publish(replied(draft_of(coding), quote="Er komt een team").assessment)
    sign_in("Burgemeester")

    text = municipality_page(client, coding)

    assert "Reactie van de gemeente: oneens" in text
    assert "Het team is er al." in text
    assert "<p>Er komt een team</p>" in text
    assert f"/documenten/{coding.passage.version_id}/#blz-1" in text
    assert "Dat staat er niet." in text
    assert "De gemeente reageerde: <strong>oneens</strong>" in theme_page(client, coding)


def test_the_advice_stands_there_too(client, sign_in, coding):
    draft = draft_of(coding)
    Assessment.objects.filter(pk=draft.pk).update(advice="Zeg wanneer het team begint.")
    publish(ready(draft), close=False)
    sign_in("Burgemeester")

    assert "Zeg wanneer het team begint." in municipality_page(client, coding)


def test_no_reply_in_time_is_said_with_the_deadline(client, sign_in, coding):
    reply = in_reply(draft_of(coding))
    Reply.objects.update(deadline=timezone.localdate() - timedelta(days=1))
    publish(reply.assessment)
    sign_in("Burgemeester")

    assert "Geen reactie van de gemeente binnen de termijn" in municipality_page(client, coding)
    assert "geen reactie binnen de termijn" in theme_page(client, coding)


def test_what_was_not_asked_is_said_to_be_so(client, sign_in, coding):
    published_of(coding)
    sign_in("Burgemeester")

    assert "niet ter reactie voorgelegd" in municipality_page(client, coding)


def test_a_reply_to_an_earlier_text_says_so(client, sign_in, coding):
    draft = draft_of(coding)
    reply = replied(draft)
    editor = UserFactory(role="Eindredacteur")
    actions.send_back(reply.assessment, by=editor, seen=1, why="Verwerk de reactie.")
    draft.refresh_from_db()
    draft.summary = "Er is al een team."
    actions.save_draft(draft, by=draft.author, codings=[coding], seen=1)
    publish(ready(draft), close=False)
    sign_in("Burgemeester")

    text = municipality_page(client, coding)

    assert "Het team is er al." in text
    assert "Deze reactie ging over een eerdere tekst." in text


def test_a_revision_says_when_and_what_changed(client, sign_in, coding):
    published_of(coding)
    sign_in("Burgemeester")
    assert "Herzien op" not in municipality_page(client, coding)

    published_of(coding)

    today = timezone.localdate()
    assert f"Herzien op {today.day} " in municipality_page(client, coding)
    assert "Aangevuld." in municipality_page(client, coding)
    assert "Herzien op" in theme_page(client, coding)


@pytest.mark.parametrize("role", ["Burgemeester", "Gemeentecontact"])
@pytest.mark.parametrize("name", READ)
def test_nothing_of_a_reply_shows_before_publication(client, sign_in, db, name, role):
    """A canary in the words, the quote and the answer of an open reply, for who isn't concerned."""
    world = make_world()
    words = [any_word() for _ in range(3)]
    version = VersionFactory(
        agreement=AgreementFactory(coalition=world.coalition), text=f"{words[1]} staat hier."
    )
    coding = CodingFactory(
        passage=PassageFactory(version=version, end=len(words[1])), theme=ThemeFactory(key="crisis")
    )
    reply = replied(draft_of(coding), words[0], quote=words[1], answer=words[2])
    sign_in(role, municipality=CoalitionFactory().municipality)

    def shown():
        return client.get(reverse(name, args=world.arguments[name])).content.decode("latin-1")

    assert not [word for word in words if word in shown()]

    publish(reply.assessment)  # the control
    if name == "overview:municipality":
        assert [word for word in words if word in shown()] == words


def test_the_pages_ask_as_often_with_six_replies_as_with_one(client, sign_in, coding):
    coalition = coalition_of(coding)
    publish(replied(draft_of(coding), quote="Er komt een team").assessment)
    sign_in("Burgemeester")

    def queries():
        municipality_page(client, coding)
        with CaptureQueriesContext(connection) as captured:
            municipality_page(client, coding)
        return len(captured)

    few = queries()
    for number in range(5):
        version = VersionFactory(agreement=AgreementFactory(coalition=coalition))
        other = CodingFactory(
            passage=PassageFactory(version=version), theme=ThemeFactory(key=f"thema-{number}")
        )
        publish(replied(draft_of(other), quote="Er komt een team").assessment)

    assert queries() == few
