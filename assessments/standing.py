"""How a judgement stands towards newer versions of the agreements that it rests on."""

from dataclasses import dataclass, field

from agreements.models import AgreementVersion, Anchoring, Coding
from assessments.models import Level


@dataclass(frozen=True)
class Edition:
    """A version of an agreement, as far as words about it need."""

    pk: int
    agreement: int
    title: str
    number: int
    is_fiction: bool = False


@dataclass(frozen=True)
class Standing:
    """What an assessment rests on, and what newer versions did to that."""

    rests_on: list  # Editions, of agreements that have more than one
    newer: list  # Editions that are newer than what it rests on
    added: list  # of a proof of absence: Editions of agreements that weren't searched at all
    quotes: int = 0  # quotes in the versions that were replaced
    touched: int = 0  # of those: changed, gone, or not yet compared
    is_absence: bool = False


@dataclass(frozen=True)
class Ground:
    """What a judgement stands on: passages, or the versions that were searched in vain."""

    pk: int
    coalition: int
    is_absence: bool
    searched: set  # keys of versions
    passages: list  # anything that knows its pk, version_id and quote

    @classmethod
    def of(cls, assessment):
        return cls.on(assessment, [coding.passage for coding in assessment.codings.all()])

    @classmethod
    def on(cls, assessment, passages):
        """Of an assessment whose passages are at hand."""
        is_absence = assessment.level == Level.NOT_MENTIONED
        return cls(
            pk=assessment.pk,
            coalition=assessment.coalition_id,
            is_absence=is_absence,
            searched={v["id"] for v in assessment.absence.versions} if is_absence else set(),
            passages=passages,
        )


@dataclass(frozen=True)
class Lost:
    """A coding that carried a judgement and has no counterpart in the newest version."""

    coding: Coding
    newest: Edition
    is_waiting: bool  # someone must still decide what its passage becomes
    is_there: bool  # the passage is there, without this coding


@dataclass(frozen=True)
class EvidenceNow:
    """What the evidence of a judgement is in the newest versions."""

    codings: list = field(default_factory=list)  # keys
    lost: list = field(default_factory=list)


def standings(assessments):
    """The Standing of each assessment by its key, in a constant number of queries.

    The assessments come `with_quotes()` when there are several, so that these are fetched once.
    """
    grounds = [Ground.of(assessment) for assessment in assessments]
    return standings_on(grounds, editions_of({ground.coalition for ground in grounds}))


def standings_on(grounds, editions):
    """The Standing of each Ground by its key, with the editions of their coalitions."""
    newest = {e[0].pk for of_coalition in editions.values() for e in of_coalition.values()}
    old = [p for ground in grounds for p in ground.passages if p.version_id not in newest]
    fates = Anchoring.objects.fates(old)
    return {ground.pk: _standing(ground, editions, fates) for ground in grounds}


def editions_of(coalition_ids):
    """The readable versions per coalition and agreement, the newest first."""
    rows = (
        AgreementVersion.objects.ready()
        .filter(agreement__coalition__in=coalition_ids)
        .order_by("agreement_id", "-number")
        .values_list(
            "agreement__coalition",
            "agreement",
            "pk",
            "agreement__title",
            "number",
            "agreement__is_fiction",
        )
    )
    editions = {}
    for coalition, agreement, pk, title, number, is_fiction in rows:
        of_agreement = editions.setdefault(coalition, {}).setdefault(agreement, [])
        of_agreement.append(Edition(pk, agreement, title, number, is_fiction))
    return editions


def _standing(ground, editions, fates):
    of_coalition = editions.get(ground.coalition, {})
    if ground.is_absence:
        base = ground.searched
        concerned = of_coalition.values()
        touched = quotes = 0
    else:
        passages = {passage.pk: passage for passage in ground.passages}.values()
        base = {passage.version_id for passage in passages}
        concerned = [e for e in of_coalition.values() if _rests(e, base)]
        newest = {of_agreement[0].pk for of_agreement in concerned}
        old = [passage for passage in passages if passage.version_id not in newest]
        quotes = len(old)
        touched = sum(not _stands(fates[passage.pk], newest) for passage in old)
    return Standing(
        rests_on=[
            edition
            for of_agreement in concerned
            for edition in of_agreement
            if len(of_agreement) > 1 and edition.pk in base
        ],
        newer=[e[0] for e in concerned if e[0].pk not in base and _rests(e, base)],
        added=[e[0] for e in concerned if not _rests(e, base)],
        quotes=quotes,
        touched=touched,
        is_absence=ground.is_absence,
    )


def _rests(of_agreement, base):
    return any(edition.pk in base for edition in of_agreement)


def _stands(fate, newest):
    return fate.is_literal and fate.decision is None and fate.version in newest


def evidence_now(assessment, codings):
    """Map the evidence of an assessment to these codings of the current versions, by passage and
    focus point; what has no counterpart is told.
    """
    there = {(coding.passage_id, coding.focus_point_id): coding.pk for coding in codings}
    own = list(
        assessment.codings.select_related("passage__version", "theme", "focus_point")
        .defer("passage__version__text", "passage__version__sections")
        .order_by("passage__version", "passage__start", "pk")
    )
    fates = Anchoring.objects.fates([coding.passage for coding in own])
    newest = {
        of_agreement[0].agreement: of_agreement[0]
        for of_agreement in editions_of([assessment.coalition_id])
        .get(assessment.coalition_id, {})
        .values()
    }
    found, lost = [], []
    for coding in own:
        fate = fates[coding.passage_id]
        counterpart = there.get((fate.passage, coding.focus_point_id))
        if counterpart:
            found.append(counterpart)
        else:
            edition = newest[coding.passage.version.agreement_id]
            lost.append(
                Lost(
                    coding=coding,
                    newest=edition,
                    is_waiting=fate.decision == Anchoring.Decision.OPEN,
                    is_there=fate.version == edition.pk,
                )
            )
    return EvidenceNow(list(dict.fromkeys(found)), lost)
