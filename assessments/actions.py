"""Writes that touch more than one row, each whole or not at all."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from agreements.actions import dismiss, reconsider_rejection
from agreements.models import AgreementVersion, Coding, Passage
from assessments.absence import search
from assessments.models import Absence, Assessment, Level


class NotPublishable(Exception):
    """This assessment can't be published now; the message says why, in Dutch."""


class Stale(Exception):
    """Someone else saved a draft of this coalition and theme since it was fetched."""


class NotProven(Exception):
    """A theme can't be called absent while hits of its terms are not dealt with."""


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
def save_draft(assessment, *, by, codings, absence=None, seen=0):
    """Save a draft with the codings that carry it.

    `absence` is the Search whose hits are all dealt with; it is recorded when the level is "niet genoemd"
    (raises NotProven when a hit is still open) and forgotten otherwise. `seen` is the edit number that was on screen, 0
    when there was no draft yet; raises Stale when it isn't the newest. Who saved last is the author.
    """
    drafts = Assessment.objects.drafts().filter(
        coalition=assessment.coalition, theme=assessment.theme
    )
    newest = drafts.select_for_update().values_list("edit_number", flat=True).first()
    if seen != (newest or 0):
        raise Stale
    assessment.author = by
    assessment.edit_number = seen + 1
    try:
        with transaction.atomic():
            assessment.save()
    except IntegrityError as problem:  # someone else began a draft at this very moment
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


@transaction.atomic
def publish(assessment, *, by, seen):
    """Make this draft the public assessment of its coalition and theme.

    `seen` is the edit number of the text that `by` has read, as it came from the page. Raises NotPublishable, with nothing
    changed, when it isn't the newest, when `by` is the author, when a quote no longer stands in its
    document or stands in a version that isn't the newest, when what the level needs is gone, or when a proof
    of absence is stale.
    """
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if not assessment.is_draft:
        raise NotPublishable("Deze beoordeling is al gepubliceerd. Vernieuw de bladzijde.")
    if str(assessment.edit_number) != str(seen):
        raise NotPublishable(
            f"{assessment.author} heeft dit concept intussen gewijzigd. "
            "Lees hieronder de nieuwe tekst en publiceer dan."
        )
    if assessment.author_id == by.pk:
        raise NotPublishable(
            "U hebt deze beoordeling zelf geschreven. Vraag een andere eindredacteur om te publiceren."
        )
    quoted = list(assessment.codings.values_list("passage", flat=True))
    if Passage.objects.filter(pk__in=quoted).not_literal().exists():
        raise NotPublishable(
            "Een citaat staat niet meer letterlijk in het document. Controleer de citaten."
        )
    now = Coding.objects.in_current_versions()
    if assessment.codings.exclude(pk__in=now.values("pk")).exists():
        raise NotPublishable(
            "Er is een nieuwere versie van het akkoord. Een of meer citaten van dit concept staan in de oude. "
            "Laat de adviseur het concept openen, de citaten controleren en het opnieuw opslaan."
        )
    if assessment.level == Level.NOT_MENTIONED and not search(
        coalition=assessment.coalition, theme=assessment.theme
    ).matches(assessment.absence):
        raise NotPublishable(
            "Het bewijs van afwezigheid is verouderd: er is een nieuwe versie of een andere zoekterm. "
            "Laat de adviseur opnieuw zoeken."
        )
    Assessment.objects.published().filter(
        coalition=assessment.coalition, theme=assessment.theme
    ).update(status=Assessment.Status.SUPERSEDED)
    assessment.status = Assessment.Status.PUBLISHED
    assessment.published_by = by
    assessment.published_at = timezone.now()
    try:
        with transaction.atomic():
            assessment.save(update_fields=["status", "published_by", "published_at"])
    except IntegrityError as problem:
        if "level_is_borne_out" not in str(problem.__cause__.diag.constraint_name):
            raise
        raise NotPublishable(
            "De citaten dragen dit oordeel niet meer: er is een citaat of een maatregel weggehaald. "
            "Laat de adviseur het concept nakijken."
        ) from problem
    return assessment
