"""The page of a judgement says what to do next, and one button takes along what was typed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Assessment, Remark, Reply
from tests.factories import CodingFactory, UserFactory, draft_of, in_reply, published_of, submitted


def page_of(assessment):
    coalition = assessment.coalition
    return reverse(
        "assessments:assess",
        args=[coalition.municipality.slug, coalition.term.start_year, assessment.theme.slug],
    )


def typed(coding, assessment=None, **more):
    return {
        "level": coding.strength,
        "summary": "Net getypt.",
        "codings": [coding.pk],
        "seen": assessment.edit_number if assessment else 0,
        "then": "submit",
    } | more


@pytest.fixture
def coding(db):
    return CodingFactory(strength=2)


def test_laying_a_concept_before_the_editors_saves_what_was_typed(client, sign_in, coding):
    draft = draft_of(coding)
    sign_in("Adviseur")

    response = client.post(page_of(draft), typed(coding, draft), follow=True)

    draft.refresh_from_db()
    assert (draft.status, draft.summary) == ("in_review", "Net getypt.")
    assert "Het concept is opgeslagen. De beoordeling ligt nu ter review." in response.text


def test_a_first_concept_goes_to_the_editors_at_once(client, sign_in, coding):
    coalition = coding.passage.version.agreement.coalition
    sign_in("Adviseur")

    client.post(page_of(Assessment(coalition=coalition, theme=coding.theme)), typed(coding))

    assert Assessment.objects.get().status == "in_review"


def test_a_concept_that_cannot_go_to_the_editors_is_saved_all_the_same(client, sign_in, coding):
    draft = submitted(draft_of(coding))
    editor = UserFactory(role="Eindredacteur")
    actions.remark(Remark(assessment=draft, text="Waar?"), by=editor, seen=draft.edit_number)
    actions.send_back(draft, by=editor, seen=draft.edit_number, why="Lees de opmerking.")
    sign_in("Adviseur")

    response = client.post(page_of(draft), typed(coding, draft))

    draft.refresh_from_db()
    assert response.status_code == 409
    assert "Het concept is opgeslagen, maar ligt nog niet ter review." in response.text
    assert (draft.status, draft.summary) == ("returned", "Net getypt.")


def test_the_advisor_reads_that_a_remark_waits_for_an_answer(client, sign_in, coding):
    draft = submitted(draft_of(coding))
    editor = UserFactory(role="Eindredacteur")
    made = actions.remark(Remark(assessment=draft, text="Waar?"), by=editor, seen=draft.edit_number)
    actions.send_back(draft, by=editor, seen=draft.edit_number, why="Lees de opmerking.")
    sign_in("Adviseur")
    assert "Eén opmerking wacht op uw antwoord." in client.get(page_of(draft)).text

    actions.answer_remark(made, by=draft.author, text="Op bladzijde 4.")

    assert "Elke opmerking heeft een antwoord." in client.get(page_of(draft)).text


def test_the_editor_is_offered_no_step_that_a_remark_stands_in_the_way_of(client, sign_in, coding):
    draft = submitted(draft_of(coding))
    editor = sign_in("Eindredacteur")
    made = actions.remark(Remark(assessment=draft, text="Waar?"), by=editor, seen=draft.edit_number)
    clear = reverse("assessments:clear", args=[draft.pk])
    text = client.get(page_of(draft)).text
    assert "1 opmerking is nog niet afgehandeld." in text
    assert clear not in text

    actions.resolve_remark(made, by=editor)

    assert clear in client.get(page_of(draft)).text


@pytest.mark.parametrize(
    ("position", "role", "words"),
    [
        ("", "Adviseur", "De gemeente is aan zet."),
        ("disagree", "Adviseur", "De gemeente zei “oneens”. Geef antwoord."),
        ("disagree", "Eindredacteur", "Een adviseur moet nog antwoorden."),
        ("agree", "Adviseur", "Alles is gezegd."),
    ],
)
def test_the_page_says_whose_turn_it_is_in_the_round_of_reply(
    client, sign_in, coding, position, role, words
):
    laid = in_reply(draft_of(coding)).assessment
    if position:
        by = UserFactory(role="Gemeentecontact", municipality=laid.coalition.municipality)
        Reply.objects.update(
            position=position, text="Dat is niet zo.", given_by=by, given_at=timezone.now()
        )
    sign_in(role)

    text = client.get(page_of(laid)).text

    assert words in text
    assert (reverse("assessments:close-reply", args=[laid.pk]) in text) == (position == "agree")


def test_after_a_withdrawal_the_form_begins_with_the_withdrawn_words(client, sign_in, coding):
    published = published_of(coding, summary="Dit stond er.")
    editor = UserFactory(role="Eindredacteur", first_name="Mirjam", last_name="Engberink")
    actions.withdraw(published, by=editor, seen=published.edit_number, why="Er zat een fout in.")
    sign_in("Adviseur")

    text = client.get(page_of(published)).text
    assert "door Mirjam Engberink. Lezers zien geen beoordeling." in text
    assert "Er is nog geen beoordeling." not in text
    assert "Dit stond er.</textarea>" in text

    client.post(page_of(published), typed(coding, change_note="De fout is eruit."))
    again = Assessment.objects.under_way().get()
    assert (again.status, again.revision) == ("in_review", 2)


def test_after_a_refused_step_the_form_still_saves_the_judgement(client, sign_in, coding):
    """The answer stands at the address of the step; the form must not send the text there."""
    draft = draft_of(coding)
    sign_in("Adviseur")

    refused = client.post(reverse("assessments:submit", args=[draft.pk]), {"seen": 99})

    assert refused.status_code == 409
    assert f'action="{page_of(draft)}" class="judge"' in refused.text
    assert f'hx-post="{page_of(draft)}"' in refused.text
