"""What a municipality's contact sees: what lies before it, and what became of what it said.

Nothing of VRT's side is in here: no note, no remark, no author, and no words that the municipality was
not asked about.
"""

from dataclasses import dataclass, field

from django.db.models import Q

from agreements.models import AgreementVersion
from agreements.reading import Mark
from assessments.models import Assessment, Reply
from assessments.quotes import quotes_of
from assessments.workflow import Status
from municipalities.models import Coalition


@dataclass(frozen=True)
class Case:
    """One judgement that the municipality was asked about, in its latest round."""

    reply: Reply
    assessment: Assessment

    @property
    def shows_words(self):
        """Whether the words of the judgement are still those that the municipality was asked about."""
        return (
            self.assessment.status in {Status.IN_REPLY, Status.READY}
            and self.assessment.edit_number == self.reply.text_edit
        )

    @property
    def quotes(self):
        return quotes_of(self.assessment) if self.shows_words else []


@dataclass(frozen=True)
class Round:
    """What the municipality was asked about in one council term."""

    coalition: Coalition
    cases: list
    documents: list = field(default_factory=list)  # versions that may be read, and replied from

    @property
    def open(self):
        return [case for case in self.cases if case.reply.is_open]

    @property
    def closed(self):
        return [case for case in self.cases if not case.reply.is_open]

    @property
    def awaited(self):
        return [case for case in self.open if not case.reply.given_at]

    @property
    def next(self):
        """The reply whose deadline comes first, of those that are awaited if there are any."""
        cases = self.awaited or self.open
        return min((case.reply for case in cases), key=lambda reply: reply.deadline, default=None)


def rounds_of(municipality):
    """The rounds of a municipality, the newest council term first, in a constant number of queries."""
    latest = {}
    asked = Reply.objects.for_display().filter(
        assessment__in=Assessment.objects.current(),
        assessment__coalition__municipality=municipality,
    )
    for reply in asked.order_by("pk"):
        latest[reply.assessment_id] = reply
    assessments = Assessment.objects.filter(pk__in=latest).with_quotes()
    cases = {}
    for assessment in assessments.select_related(
        "theme", "coalition__municipality", "coalition__term"
    ):
        reply = latest[assessment.pk]
        reply.assessment = assessment
        cases.setdefault(assessment.coalition, []).append(Case(reply, assessment))
    documents = _documents([case for of_coalition in cases.values() for case in of_coalition])
    rounds = [
        Round(
            coalition,
            sorted(of_coalition, key=lambda case: case.assessment.theme.number),
            documents.get(coalition.pk, []),
        )
        for coalition, of_coalition in cases.items()
    ]
    return sorted(rounds, key=lambda each: -each.coalition.term.start_year)


def _documents(cases):
    """Per coalition what the shown quotes and the replies stand in, and the newest of each agreement."""
    shown = [case for case in cases if case.shows_words]
    used = {coding.passage.version_id for case in shown for coding in case.quotes}
    used |= {case.reply.version_id for case in shown if case.reply.version_id}
    versions = (
        AgreementVersion.objects.ready()
        .without_text()
        .filter(agreement__coalition__in={case.assessment.coalition_id for case in shown})
        .filter(Q(pk__in=used) | Q(pk__in=AgreementVersion.objects.current().values("pk")))
        .select_related("agreement")
        .order_by("agreement_id", "-number")
    )
    documents = {}
    for version in versions:
        documents.setdefault(version.agreement.coalition_id, []).append(version)
    return documents


def marks_of(version, a_round):
    """The passages of a version that carry what lies before the municipality."""
    passages = {}
    for case in a_round.cases:
        for coding in case.assessment.codings.all() if case.shows_words else ():
            if coding.passage.version_id == version.pk:
                passages.setdefault(coding.passage, []).append(coding)
    return [
        Mark(
            passage.pk,
            passage.start,
            passage.end,
            tuple(dict.fromkeys((c.theme.key, c.theme.letter, c.theme.name) for c in codings)),
        )
        for passage, codings in passages.items()
    ]
