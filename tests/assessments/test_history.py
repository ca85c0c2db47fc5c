"""Who changed what, when and why: on the page, from the tables that the database writes."""

import pytest
from django.db import transaction
from django.urls import reverse

from assessments import actions
from assessments.history import history_of
from assessments.models import Assessment, Remark
from tests.factories import CodingFactory, PassageFactory, UserFactory, draft_of, ready, submitted


@pytest.fixture
def coding(db):
    return CodingFactory()


def entries(assessment):
    return history_of(assessment.coalition, assessment.theme)


def test_a_change_of_words_shows_before_and_after(coding):
    draft = draft_of(coding, summary="Eerst dit.")
    draft.summary = "Daarna dat."
    other = UserFactory(role="Adviseur")

    actions.save_draft(draft, by=other, codings=[coding], seen=1)

    newest = entries(draft)[0]
    assert newest.who == other
    assert [(c.label, c.before, c.after) for c in newest.changes] == [
        ("samenvatting voor bestuurders", "Eerst dit.", "Daarna dat.")
    ]


def test_a_change_of_state_shows_who_and_why(coding):
    draft = submitted(draft_of(coding))
    editor = UserFactory(role="Eindredacteur")

    actions.send_back(draft, by=editor, seen=1, why="Het advies ontbreekt.")

    newest = entries(draft)[0]
    assert newest.who == editor
    assert newest.what == "Ter review → teruggestuurd"
    assert newest.why == "Het advies ontbreekt."


def test_quotes_that_came_and_went_are_told(committed):
    coding = CodingFactory()
    version = coding.passage.version
    other = CodingFactory(
        passage=PassageFactory(version=version, start=29, end=62), theme=coding.theme
    )
    draft = draft_of(coding)

    actions.save_draft(draft, by=draft.author, codings=[other], seen=1)

    changes = {(c.before, c.after) for c in entries(draft)[0].changes}
    assert changes == {(coding.passage.quote, ""), ("", other.passage.quote)}


def test_remarks_and_answers_are_told(committed):
    assessment = submitted(draft_of(CodingFactory()))
    editor = UserFactory(role="Eindredacteur")
    made = actions.remark(Remark(assessment=assessment, text="Waar?"), by=editor, seen=1)
    actions.answer_remark(made, by=assessment.author, text="Blz. 4.")
    actions.resolve_remark(made, by=editor)

    told = [(entry.who, entry.what) for entry in entries(assessment)[:3]]

    assert told == [
        (editor, "Opmerking afgehandeld"),
        (assessment.author, "Opmerking beantwoord"),
        (editor, "Opmerking over het geheel"),
    ]


def test_a_bulk_update_is_in_the_history_too(coding):
    draft = draft_of(coding)

    Assessment.objects.update(summary="Buiten het portaal om.")

    assert entries(draft)[0].changes[0].after == "Buiten het portaal om."


def test_the_history_stands_on_the_page(client, sign_in, coding):
    assessment = ready(draft_of(coding))
    sign_in("Adviseur")
    coalition = assessment.coalition

    page = client.get(
        reverse(
            "assessments:assess",
            args=[coalition.municipality.slug, coalition.term.start_year, assessment.theme.slug],
        )
    ).text

    assert "Ter review → gereed" in page
    assert "Een kleine wijziging." in page


def test_history_survives_the_wish_to_forget(coding):
    draft = draft_of(coding)

    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        draft.events.all().delete()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        draft.events.update(summary="Nooit gezegd.")
