"""Whether a row is a draft, settled or published, and whether it is an invented example."""

from dataclasses import dataclass
from enum import StrEnum

from agreements.models import Agreement, AgreementVersion, Anchoring, Passage, Suggestion
from assessments import workflow
from assessments.models import (
    AdviceMessage,
    Assessment,
    ChosenQuote,
    Evidence,
    PublishedAdvice,
)
from municipalities.models import Coalition, Formation
from overview.content import public_replies, readable_versions


class Standing(StrEnum):
    """What isn't certainly more than a draft is a draft."""

    DRAFT = "CONCEPT"
    SETTLED = "vastgesteld"
    PUBLISHED = "gepubliceerd"


DRAFT, SETTLED, PUBLISHED = Standing


@dataclass
class Facts:
    """What is asked once for all rows of a municipality; the rows are those of gathering.py."""

    readable: set
    replies: set
    published_quotes: set
    judgements: dict  # the status of each assessment
    carried: dict  # per coding the statuses of the assessments that rest on it
    codings: dict  # per passage its codings
    messages: dict  # per answer whether it was sent
    invented_agreements: set
    invented_coalitions: set
    agreement_of: dict  # per version
    version_of: dict  # per passage
    passage_of: dict  # per coding
    coalition_of: dict  # per assessment

    @classmethod
    def of(cls, rows):
        carried, codings = {}, {}
        assessments = rows[Assessment]
        judgements = {row.pk: row.status for row in assessments}
        for link in rows[Evidence]:
            carried.setdefault(link.coding_id, set()).add(judgements.get(link.assessment_id))
        by_name = {model.__name__: found for model, found in rows.items()}
        for coding in by_name["Coding"]:
            codings.setdefault(coding.passage_id, set()).add(coding.pk)
        invented = {row for row in rows[Agreement] if row.is_fiction}
        return cls(
            readable=set(readable_versions().values_list("pk", flat=True)),
            replies=set(public_replies().values_list("pk", flat=True)),
            published_quotes=set(ChosenQuote.objects.published().values_list("pk", flat=True)),
            judgements=judgements,
            carried=carried,
            codings=codings,
            messages={row.pk: row for row in rows[AdviceMessage]},
            invented_agreements={row.pk for row in invented},
            invented_coalitions={row.coalition_id for row in invented},
            agreement_of={row.pk: row.agreement_id for row in rows[AgreementVersion]},
            version_of={row.pk: row.version_id for row in rows[Passage]},
            passage_of={row.pk: row.passage_id for row in by_name["Coding"]},
            coalition_of={row.pk: row.coalition_id for row in assessments},
        )

    def standing(self, model, row):
        """The standing of a row, or of a row of its history, in which it stands as it was then."""
        is_then = type(row) is not model
        if model is Assessment:
            return _of_status(row.status)
        if model in (Coalition, Formation):
            return SETTLED if is_then else PUBLISHED
        if model is AdviceMessage:
            return SETTLED if row.sent_at else DRAFT
        if model is PublishedAdvice:
            return SETTLED if is_then or row.withdrawn_at else PUBLISHED
        if model in (Suggestion, Anchoring):
            return (
                DRAFT
                if "open" in (getattr(row, "state", ""), getattr(row, "decision", ""))
                else SETTLED
            )
        by_name = getattr(self, f"_of_{model.__name__.lower()}", None)
        return DRAFT if is_then and by_name else by_name(row) if by_name else SETTLED

    def is_invented(self, model, row):
        """Whether the words of this row are about an agreement that doesn't exist."""
        if hasattr(row, "is_fiction") or model is Coalition:
            return getattr(row, "is_fiction", False)
        if model is AdviceMessage:
            return row.request.is_fiction
        if model is Assessment:
            return row.coalition_id in self.invented_coalitions
        if hasattr(row, "assessment_id"):
            coalition = self.coalition_of.get(row.assessment_id)
            return (
                coalition in self.invented_coalitions
                if coalition
                else bool(self.invented_coalitions)
            )
        coding = getattr(row, "coding_id", None)
        passage = getattr(row, "passage_id", None) or self.passage_of.get(coding)
        version = getattr(row, "version_id", None) or self.version_of.get(passage)
        agreement = getattr(row, "agreement_id", None) or self.agreement_of.get(version)
        # Of what was deleted the agreement isn't always known any more.
        return (
            agreement in self.invented_agreements if agreement else bool(self.invented_agreements)
        )

    def _of_agreement(self, row):
        versions = {pk for pk, agreement in self.agreement_of.items() if agreement == row.pk}
        if versions & self.readable:
            return PUBLISHED
        return SETTLED if row.adopted_on else DRAFT

    def _of_agreementversion(self, row):
        if row.pk in self.readable:
            return PUBLISHED
        return SETTLED if row.agreement.adopted_on else DRAFT

    def _of_coding(self, row):
        statuses = self.carried.get(row.pk, set())
        if workflow.Status.PUBLISHED in statuses:
            return PUBLISHED
        return SETTLED if statuses & set(workflow.HAS_BEEN_PUBLIC) else DRAFT

    def _of_passage(self, row):
        return self._best(self.codings.get(row.pk, ()))

    def _of_measure(self, row):
        return self._best(self.codings.get(row.passage_id, ()))

    def _best(self, codings):
        found = {self._of_coding(_Key(coding)) for coding in codings}
        return next((standing for standing in (PUBLISHED, SETTLED) if standing in found), DRAFT)

    def _of_chosenquote(self, row):
        return PUBLISHED if row.pk in self.published_quotes else DRAFT

    def _of_evidence(self, row):
        return _of_status(self.judgements.get(row.assessment_id))

    _of_absence = _of_evidence

    def _of_reply(self, row):
        return (
            PUBLISHED if row.pk in self.replies else min(SETTLED, self._of_evidence(row), key=_rank)
        )

    def _of_remark(self, row):
        return min(SETTLED, self._of_evidence(row), key=_rank)

    _of_secondreading = _of_remark


@dataclass
class _Key:
    pk: int


def _of_status(status):
    if status == workflow.Status.PUBLISHED:
        return PUBLISHED
    return SETTLED if status in workflow.HAS_BEEN_PUBLIC else DRAFT


def _rank(standing):
    return list(Standing).index(standing)
