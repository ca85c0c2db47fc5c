"""The way to publication: every deed by who may, in the state for it, and by nobody else in no other."""

from pathlib import Path

import pytest
from django.urls import reverse

from accounts.roles import ROLES as PERMISSIONS
from assessments.models import Assessment
from assessments.workflow import ACTS, BY_ITSELF, ROLES, TRANSITIONS, Status, acts_open_to
from tests.factories import (
    CodingFactory,
    UserFactory,
    draft_of,
    in_reply,
    published_of,
    ready,
    submitted,
)

MANUAL = Path(__file__).parents[2] / "docs/handleiding/werkgang.md"


@pytest.fixture
def draft(db):
    return draft_of(CodingFactory())


def post(client, act, assessment, **data):
    route = "send-back" if act == "return" else act
    data = {"seen": assessment.edit_number, "why": "Dit moet anders."} | data
    return client.post(reverse(f"assessments:{route}", args=[assessment.pk]), data)


def status_of(assessment):
    return Assessment.objects.get(pk=assessment.pk).status


def at(status, draft):
    """Bring a draft to this state, by others than who is signed in."""
    match status:
        case "in_review":
            submitted(draft)
        case "returned":
            submitted(draft)
            Assessment.objects.filter(pk=draft.pk).update(status="returned")
        case "in_reply":
            in_reply(draft)
        case "ready":
            ready(draft)
        case "published" | "superseded" | "withdrawn":
            ready(draft)
            by = UserFactory(role="Eindredacteur")
            Assessment.objects.filter(pk=draft.pk).update(
                status="published", published_by=by, published_at=draft.saved_at
            )
            if status != "published":
                Assessment.objects.filter(pk=draft.pk).update(status=status)
    return Assessment.objects.get(pk=draft.pk)


STEPS = [
    "submit",
    "take-back",
    "return",
    "ask-reply",
    "clear",
    "close-reply",
    "publish",
    "withdraw",
]


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("key", STEPS)
def test_a_step_is_taken_only_from_its_states(client, sign_in, draft, key, status):
    assessment = at(status, draft)
    sign_in(ROLES[ACTS[key].who[0]])
    UserFactory(role="Gemeentecontact", municipality=assessment.coalition.municipality)
    deadline = {"deadline": "2099-01-01"}
    if key == "close-reply" and status == "in_reply":
        assessment.replies.update(position="agree", given_by=draft.author, given_at=draft.saved_at)

    response = post(client, key, assessment, **deadline)

    if status in ACTS[key].states:
        assert status_of(assessment) == ACTS[key].to
    else:
        assert status_of(assessment) == status
        assert response.status_code == 409
        assert "kan niet meer: deze beoordeling is intussen" in response.text


@pytest.mark.parametrize("key", STEPS)
def test_a_step_does_not_exist_for_who_may_not_take_it(client, sign_in, draft, key):
    assessment = at(ACTS[key].states[0], draft)
    for role in {"Burgemeester", "Gemeentecontact", "Beheerder", *ROLES.values()}:
        if any(permission in PERMISSIONS[role] for permission in ACTS[key].who):
            continue
        sign_in(role, municipality=assessment.coalition.municipality)

        assert post(client, key, assessment).status_code == 404
        assert status_of(assessment) == assessment.status


def test_a_page_offers_what_the_table_allows(client, sign_in, draft):
    assessment = at("in_review", draft)
    page = reverse(
        "assessments:assess",
        args=[
            assessment.coalition.municipality.slug,
            assessment.coalition.term.start_year,
            assessment.theme.slug,
        ],
    )

    sign_in("Eindredacteur")
    text = client.get(page).text
    assert ACTS["return"].words in text
    assert ACTS["take-back"].words not in text

    sign_in("Adviseur")
    text = client.get(page).text
    assert ACTS["return"].words not in text
    assert ACTS["take-back"].words in text


@pytest.mark.parametrize("key", [key for key in STEPS if ACTS[key].needs_why])
def test_a_step_that_needs_a_reason_is_refused_without(client, sign_in, draft, key):
    assessment = at(ACTS[key].states[0], draft)
    sign_in(ROLES[ACTS[key].who[0]])

    response = post(client, key, assessment, why=" ")

    assert "vraagt een toelichting" in response.text
    assert status_of(assessment) == assessment.status


def test_a_refused_step_gives_the_reason_back_that_was_typed(client, sign_in, draft):
    assessment = at("in_review", draft)
    sign_in("Eindredacteur")

    response = post(client, "return", assessment, why="Mijn lange verhaal.", seen=99)

    assert response.status_code == 409
    assert "Mijn lange verhaal." in response.text


def test_words_can_not_be_written_while_they_are_reviewed(client, sign_in, draft):
    assessment = at("in_review", draft)
    sign_in("Adviseur")
    page = reverse(
        "assessments:assess",
        args=[
            assessment.coalition.municipality.slug,
            assessment.coalition.term.start_year,
            assessment.theme.slug,
        ],
    )

    response = client.post(
        page,
        {
            "level": 2,
            "summary": "Te laat getypt.",
            "seen": assessment.edit_number,
            "codings": [coding.pk for coding in assessment.codings.all()],
        },
    )

    assert response.status_code == 409
    assert "Te laat getypt." in response.text
    assert Assessment.objects.get(pk=assessment.pk).summary == assessment.summary


def test_a_correction_says_what_changed_before_it_goes_to_review(client, sign_in, db):
    coding = CodingFactory()
    published_of(coding)
    correction = draft_of(coding)
    sign_in("Adviseur")

    response = post(client, "submit", correction)

    assert "Dit is een herziening" in response.text
    assert status_of(correction) == "draft"


def test_what_is_withdrawn_no_reader_sees(client, sign_in, db):
    published = published_of(CodingFactory(), summary="Dit is ingetrokken.")
    address = reverse(
        "overview:municipality",
        args=[published.coalition.term.start_year, published.coalition.municipality.slug],
    )
    sign_in("Eindredacteur")
    assert "Dit is ingetrokken." in client.get(address).text

    post(client, "withdraw", published, why="Er stond een fout in.")

    assert "Dit is ingetrokken." not in client.get(address).text


def test_the_database_knows_the_same_way(db):
    acts = {(state, act.to) for act in ACTS.values() if act.to for state in act.states}

    assert set(TRANSITIONS) == acts | set(BY_ITSELF)


def test_the_roles_of_the_table_hold_its_permissions():
    for permission, role in ROLES.items():
        holders = {name for name, permissions in PERMISSIONS.items() if permission in permissions}
        assert holders == {role}


def test_the_manual_shows_the_table():
    text = MANUAL.read_text()

    for act in ACTS.values():
        assert row_of(act) in text


def row_of(act):
    """A row of the manual's table, as the table in code makes it."""
    who = " of ".join(ROLES[permission] for permission in act.who)
    who += ", niet de schrijver" if act.not_author else ""
    who += " van de gemeente" if act.own_municipality else ""
    states = ", ".join(state.label.lower() for state in act.states)
    terms = act.terms + (" Een toelichting is nodig." if act.needs_why else "")
    to = act.to.label.lower() if act.to else "blijft gelijk"
    return f"| {act.words} | {who} | {states} | {to} | {terms.strip()} |"


@pytest.mark.parametrize("status", Status.values)
def test_a_page_offers_every_step_that_can_be_taken(client, sign_in, draft, status):
    assessment = at(status, draft)
    assessment.replies.update(position="agree", given_by=draft.author, given_at=draft.saved_at)
    page = reverse(
        "assessments:assess",
        args=[
            assessment.coalition.municipality.slug,
            assessment.coalition.term.start_year,
            assessment.theme.slug,
        ],
    )
    for role in ("Adviseur", "Eindredacteur"):
        person = sign_in(role)
        text = client.get(page).text
        for key in STEPS:
            address = reverse(
                f"assessments:{'send-back' if key == 'return' else key}", args=[assessment.pk]
            )
            if key == "submit":  # saves what was typed as well, so it belongs to the form
                offered = 'value="submit"' in text and assessment.is_under_way
            else:
                offered = f'action="{address}"' in text
            assert offered == (key in acts_open_to(person, assessment)), (role, key)
