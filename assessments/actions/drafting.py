"""Writing a judgement."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from agreements.actions import dismiss, reconsider_rejection
from agreements.models import AgreementVersion
from assessments.actions.moving import check_not_blind
from assessments.actions.refused import NotProven, Refused, Stale
from assessments.models import Absence, Assessment, Level
from assessments.workflow import ACTS


@transaction.atomic
def judge_hits(hits, *, theme, by, is_undone=False):
    """Say that these TermHits are not about the theme, or take that back."""
    versions = AgreementVersion.objects.in_bulk({hit.version for hit in hits})
    for hit in hits:
        version = versions[hit.version]
        if not is_undone:
            dismiss(version, theme=theme, at=hit.start, by=by)
        elif hit.judged:
            reconsider_rejection(hit.judged)


@transaction.atomic
def save_draft(assessment, *, by, codings, absence=None, seen=0, why=""):
    """Save the words of a judgement with the codings that carry it.

    `absence` is the Search whose hits are all dealt with; it is recorded when the level is "niet genoemd"
    (raises NotProven when a hit is still open) and forgotten otherwise. `seen` is the edit number that was
    on screen, 0 when nothing was under way yet; raises Stale when it isn't the newest, and Refused when
    the judgement is out of the advisors' hands. Who saved last is the author (ADR 20).
    """
    _check_may_write(assessment, by=by, seen=seen)
    assessment.author = assessment.changed_by = by
    assessment.why = why
    assessment.edit_number = seen + 1
    if assessment.reviewed_by_id:  # what was reviewed has changed
        assessment.reviewed_by = assessment.reviewed_at = None
    try:
        with transaction.atomic():
            assessment.save()
    except IntegrityError as problem:  # someone else began at this very moment
        raise Stale from problem
    if assessment.level == Level.NOT_MENTIONED:
        if absence.open:
            raise NotProven
        assessment.codings.clear()
        Absence.objects.update_or_create(
            assessment=assessment,
            defaults={
                "terms": absence.terms,
                "versions": absence.versions,
                "hits": [hit.as_record() for hit in absence.hits],
                "concluded_by": by,
            },
        )
    else:
        assessment.codings.set(codings)
        Absence.objects.filter(assessment=assessment).delete()


def _check_may_write(assessment, *, by, seen):
    revisions = Assessment.objects.filter(coalition=assessment.coalition, theme=assessment.theme)
    newest = revisions.under_way().order_by("pk").select_for_update().first()
    if newest:
        check_not_blind(newest, by=by)
    if newest and not ACTS["write"].is_open_to(by, newest):
        raise Refused(
            f"Deze beoordeling is nu “{newest.get_status_display().lower()}”. Wijzigen kan pas als zij weer bij de "
            "adviseur ligt. Kopieer zo nodig uw tekst."
        )
    if seen != (newest.edit_number if newest else 0):
        raise Stale
    if newest is None:
        last = revisions.aggregate(last=Max("revision"))["last"]
        assessment.revision = (last or 0) + 1
