"""What goes a way, in every state of it: a judgement, a second reading, a question for advice, a file, a zip.

A theme for each judgement, in one coalition.
"""

from agreements.models import AgreementVersion
from assessments import actions
from assessments.actions import advice as advising
from assessments.advising import AdviceState
from assessments.models import Remark
from assessments.people import who_may
from assessments.workflow import CONTACT, Status
from reports.actions import freeze, withdraw
from reports.models import Bundle, Format, Kind
from reports.subjects import subject_at
from tests.factories import (
    CodingFactory,
    PassageFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    answered_advice,
    asked_advice,
    asked_again,
    draft_of,
    in_reply,
    published_of,
    read_again,
    submitted,
)

# Per address that is about one judgement, its arguments; empty in a state that has no such thing. A row here,
# and the sweep goes through all states.
ARGUMENTS = {
    name: lambda assessment: [assessment.pk]
    for name in (
        "assessments:submit",
        "assessments:take-back",
        "assessments:remark",
        "assessments:send-back",
        "assessments:ask-reply",
        "assessments:close-reply",
        "assessments:clear",
        "assessments:publish",
        "assessments:withdraw",
    )
} | {
    "assessments:assess": lambda assessment: _words_of(assessment),
    "assessments:judge-hits": lambda assessment: _words_of(assessment),
    "assessments:answer-remark": lambda assessment: [assessment.remarks.first().pk],
    "assessments:resolve-remark": lambda assessment: [assessment.remarks.first().pk],
    "assessments:answer-reply": lambda assessment: [reply.pk for reply in assessment.replies.all()],
    "assessments:reply-document": lambda assessment: [assessment.codings.get().passage.version_id],
}


def _words_of(assessment):
    coalition = assessment.coalition
    return [coalition.municipality.slug, coalition.term.start_year, assessment.theme.slug]


def make_states(coalition, *, name="in", remark="", **words):
    """A judgement per state, with a remark that waits if asked; `words` are those of the concept."""
    return {
        status: _in_state(status, coalition, name=name, remark=remark, **words) for status in Status
    }


def _in_state(status, coalition, *, name, remark, **words):
    version = VersionFactory(agreement__coalition=coalition)
    passage = PassageFactory(version=version)
    coding = CodingFactory(passage=passage, theme=ThemeFactory(key=f"{name}-{status.value}"))
    assessment = draft_of(coding, **words)
    _WAYS[status](assessment, coding)
    assessment.refresh_from_db()
    assert assessment.status == status
    if remark:
        Remark.objects.create(
            assessment=assessment, text=remark, author=UserFactory(role="Eindredacteur")
        )
    return assessment


def _return(assessment):
    submitted(assessment)
    actions.send_back(
        assessment, by=UserFactory(role="Eindredacteur"), seen=assessment.edit_number, why="Nog eens."
    )  # fmt: skip


def _reply(assessment):
    """With a reply that agrees, so that there is nothing left to wait for."""
    given = in_reply(assessment)
    given.position = given.Position.AGREE
    contact = who_may(CONTACT, municipality=assessment.coalition.municipality).first()
    actions.reply(given, by=contact, seen=given.edit_number)


def _ready(assessment):
    _reply(assessment)
    actions.close_reply(assessment, by=assessment.author, seen=assessment.edit_number)


def _publish(assessment):
    _ready(assessment)
    actions.publish(
        assessment, by=UserFactory(role="Eindredacteur"), seen=assessment.edit_number
    )  # fmt: skip


def _supersede(assessment, coding):
    _publish(assessment)
    published_of(coding)


def _withdraw(assessment):
    _publish(assessment)
    actions.withdraw(
        assessment, by=UserFactory(role="Eindredacteur"), seen=assessment.edit_number,
        why="Het klopt niet.",
    )  # fmt: skip


_WAYS = {
    Status.DRAFT: lambda assessment, coding: None,
    Status.IN_REVIEW: lambda assessment, coding: submitted(assessment),
    Status.RETURNED: lambda assessment, coding: _return(assessment),
    Status.IN_REPLY: lambda assessment, coding: _reply(assessment),
    Status.READY: lambda assessment, coding: _ready(assessment),
    Status.PUBLISHED: lambda assessment, coding: _publish(assessment),
    Status.SUPERSEDED: _supersede,
    Status.WITHDRAWN: lambda assessment, coding: _withdraw(assessment),
}


# The same for what is about one second reading, and about one question for advice.
OF_A_READING = {
    f"assessments:{name}"
    for name in (
        "second-reading",
        "give-second-reading",
        "settle-second-reading",
        "cancel-second-reading",
    )
}
OF_A_QUESTION = {
    f"assessments:advice-{name}" for name in ("request", "assign", "answer", "close", "follow-up")
}


def make_readings(coalition, *, reader):
    """A second reading of this reader per state: open, given with the same level or another, settled, cancelled."""

    def of(state):
        version = VersionFactory(agreement__coalition=coalition)
        passage = PassageFactory(version=version)
        theme = ThemeFactory(key=f"second-{state}")
        return submitted(draft_of(CodingFactory(passage=passage, theme=theme)))

    same = of("same")
    settled = read_again(of("settled"), level=1, reader=reader)
    actions.settle_second_reading(settled, by=reader, level=2, reason="Er staat een aanpak.")
    cancelled = asked_again(of("cancelled"), reader=reader)
    actions.cancel_second_reading(
        cancelled, by=UserFactory(role="Eindredacteur"), why="De lezer is ziek."
    )
    return {
        "open": asked_again(of("open"), reader=reader),
        "same": read_again(same, level=same.level, reader=reader),
        "different": read_again(of("different"), level=1, reader=reader),
        "settled": settled,
        "cancelled": cancelled,
    }


def make_questions(municipality):
    """A question for advice per state."""
    mayor = UserFactory(role="Burgemeester", municipality=municipality)
    advisor = UserFactory(role="Adviseur")
    asked = {state: asked_advice(mayor) for state in (AdviceState.ASKED, AdviceState.ASSIGNED)}
    advising.assign_advice(asked[AdviceState.ASSIGNED], to=advisor, by=advisor, seen=1)
    asked[AdviceState.ANSWERED] = answered_advice(mayor, advisor=advisor).request
    closed = answered_advice(mayor, advisor=advisor).request
    closed.refresh_from_db()
    advising.close_advice(closed, by=mayor, seen=closed.edit_number)
    asked[AdviceState.CLOSED] = closed
    for state, question in asked.items():
        question.refresh_from_db()
        assert question.state == state
    return asked


def make_versions(coalition):
    """A version of an agreement per state of its reading."""
    why = {AgreementVersion.State.REFUSED: "Dit bestand heeft een wachtwoord."}
    return {
        state: VersionFactory(
            agreement__coalition=coalition, state=state, reason=why.get(state, "")
        )
        for state in AgreementVersion.State
    }


def make_bundles(term):
    """A zip of reports per state of its making."""
    by = UserFactory(role="Adviseur")
    return {
        state: Bundle.objects.create(
            term=term,
            format=Format.HTML,  # another may still be asked for
            state=state,
            done=1,
            total=2,
            asked_by=by,
            sha256="0123456789abcdef" * 4,
        )
        for state in Bundle.State
    }


def withdrawn_edition(coalition):
    """A brief of a municipality that was frozen, and doesn't count any more."""
    slug, year = coalition.municipality.slug, coalition.term.start_year
    by = UserFactory(role="Eindredacteur")
    edition = freeze(subject_at(Kind.BRIEF, year, slug), by=by)
    withdraw(edition, by=by, reason="Het bedrag klopt niet.")
    return edition
