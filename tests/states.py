"""One judgement in every state of its way to publication; a theme for each, in one coalition."""

from assessments import actions
from assessments.models import Remark
from assessments.people import who_may
from assessments.workflow import CONTACT, Status
from tests.factories import (
    CodingFactory,
    PassageFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    in_reply,
    published_of,
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
