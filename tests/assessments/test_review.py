"""Remarks of a reviewer: on a field or a passage, answered, resolved; and in the way until then."""

import pytest
from django.urls import reverse

from assessments import actions
from assessments.models import Assessment, Remark
from tests.factories import CodingFactory, UserFactory, draft_of, submitted


@pytest.fixture
def coding(db):
    return CodingFactory()


@pytest.fixture
def assessment(coding):
    return submitted(draft_of(coding))


def remark(client, assessment, **data):
    defaults = {"on": "summary", "text": "Waar staat dat?", "seen": assessment.edit_number}
    return client.post(reverse("assessments:remark", args=[assessment.pk]), defaults | data)


def page_of(assessment):
    coalition = assessment.coalition
    return reverse(
        "assessments:assess",
        args=[coalition.municipality.slug, coalition.term.start_year, assessment.theme.slug],
    )


def returned(assessment, by):
    return actions.send_back(assessment, by=by, seen=assessment.edit_number, why="Kijk nog eens.")


def test_an_editor_remarks_on_a_field(client, sign_in, assessment):
    editor = sign_in("Eindredacteur")

    remark(client, assessment)

    made = Remark.objects.get()
    assert (made.author, made.on, made.text) == (editor, "summary", "Waar staat dat?")
    sign_in("Adviseur")
    assert "Waar staat dat?" in client.get(page_of(assessment)).text


def test_an_editor_remarks_on_a_passage(client, sign_in, assessment, coding):
    sign_in("Eindredacteur")

    remark(client, assessment, on="passage", passage=coding.passage_id)

    made = Remark.objects.get()
    assert (made.passage, made.quote) == (coding.passage, coding.passage.quote)


def test_a_remark_on_a_passage_names_it(client, sign_in, assessment):
    sign_in("Eindredacteur")

    response = remark(client, assessment, on="passage", text="Welke bedoelde ik?")

    assert "Kies het citaat" in response.text
    assert "Welke bedoelde ik?" in response.text
    assert not Remark.objects.exists()


def test_nobody_remarks_on_a_passage_of_something_else(client, sign_in, assessment):
    other = CodingFactory()
    sign_in("Eindredacteur")

    remark(client, assessment, on="passage", passage=other.passage_id)

    assert not Remark.objects.exists()


def test_a_remark_on_words_that_changed_is_refused_and_kept(client, sign_in, assessment):
    sign_in("Eindredacteur")

    response = remark(client, assessment, seen=99, text="Over de oude tekst.")

    assert response.status_code == 409
    assert "Over de oude tekst." in response.text
    assert not Remark.objects.exists()


def test_an_advisor_answers_a_remark(client, sign_in, assessment):
    editor = UserFactory(role="Eindredacteur")
    made = actions.remark(Remark(assessment=assessment, text="Waar?"), by=editor, seen=1)
    advisor = sign_in("Adviseur")

    client.post(reverse("assessments:answer-remark", args=[made.pk]), {"answer": "Op bladzijde 4."})

    made.refresh_from_db()
    assert (made.answer, made.answered_by) == ("Op bladzijde 4.", advisor)


def test_an_answer_to_a_resolved_remark_is_refused_and_kept(client, sign_in, assessment):
    editor = UserFactory(role="Eindredacteur")
    made = actions.remark(Remark(assessment=assessment, text="Waar?"), by=editor, seen=1)
    actions.resolve_remark(made, by=editor)
    sign_in("Adviseur")

    response = client.post(
        reverse("assessments:answer-remark", args=[made.pk]), {"answer": "Te laat getypt."}
    )

    assert response.status_code == 409
    assert "Te laat getypt." in response.text


def test_submitting_again_waits_for_an_answer_to_every_remark(client, sign_in, assessment):
    editor = UserFactory(role="Eindredacteur")
    made = actions.remark(Remark(assessment=assessment, text="Waar?"), by=editor, seen=1)
    returned(assessment, editor)
    sign_in("Adviseur")
    address = reverse("assessments:submit", args=[assessment.pk])

    response = client.post(address, {"seen": 1})
    assert "Beantwoord eerst elke opmerking" in response.text

    actions.answer_remark(made, by=assessment.author, text="Op bladzijde 4.")
    client.post(address, {"seen": 1})
    assert Assessment.objects.get().status == "in_review"


def test_passing_waits_until_every_remark_is_resolved(client, sign_in, assessment):
    editor = sign_in("Eindredacteur")
    made = actions.remark(Remark(assessment=assessment, text="Waar?"), by=editor, seen=1)
    address = reverse("assessments:clear", args=[assessment.pk])

    response = client.post(address, {"seen": 1, "why": "Klein."})
    assert "nog geen afhandeling" in response.text

    client.post(reverse("assessments:resolve-remark", args=[made.pk]))
    client.post(address, {"seen": 1, "why": "Klein."})
    assert Assessment.objects.get().status == "ready"


def test_another_editor_resolves_when_the_reviewer_is_gone(client, sign_in, assessment):
    reviewer = UserFactory(role="Eindredacteur")
    made = actions.remark(Remark(assessment=assessment, text="Waar?"), by=reviewer, seen=1)
    reviewer.is_active = False
    reviewer.save()
    other = sign_in("Eindredacteur")

    client.post(reverse("assessments:resolve-remark", args=[made.pk]))

    assert Remark.objects.get().resolved_by == other


def test_a_removed_reviewer_changes_nothing_any_more(client, sign_in, assessment):
    reviewer = sign_in("Eindredacteur")
    type(reviewer).objects.filter(pk=reviewer.pk).update(is_active=False)

    remark(client, assessment)

    assert not Remark.objects.exists()
    assert Assessment.objects.get().status == "in_review"
