"""Writes that touch more than one row, each whole or not at all."""

from django.db import transaction
from django.utils import timezone

from agreements.models import Passage
from assessments.absence import search
from assessments.models import Absence, Assessment, Level


class NotPublishable(Exception):
    """This assessment can't be published now; the message says why, in Dutch."""


@transaction.atomic
def save_draft(assessment, *, by, codings, absence=None):
    """Save a draft with the codings that carry it.

    `absence` is the Search whose hits were all judged to be about something else; it is recorded when
    the level is "niet genoemd" and forgotten otherwise. Who saved last is the author.
    """
    assessment.author = by
    assessment.edit_number += 1
    assessment.save()
    if assessment.level == Level.NOT_MENTIONED:
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
def publish(assessment, *, by):
    """Make this draft the public assessment of its coalition and theme.

    Raises NotPublishable, with nothing changed, when `by` is the author, when a quote no longer stands
    in its document, or when a proof of absence is stale.
    """
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if not assessment.is_draft:
        raise NotPublishable("Deze beoordeling is al gepubliceerd. Vernieuw de bladzijde.")
    if assessment.author_id == by.pk:
        raise NotPublishable(
            "U hebt deze beoordeling zelf geschreven. Vraag een andere eindredacteur om te publiceren."
        )
    if Passage.objects.filter(codings__in=assessment.codings.all()).not_literal().exists():
        raise NotPublishable(
            "Een citaat staat niet meer letterlijk in het document. Controleer de citaten."
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
    assessment.save(update_fields=["status", "published_by", "published_at"])
    return assessment
