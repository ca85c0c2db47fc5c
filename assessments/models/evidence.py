"""What carries a judgement: codings, or a proof that nothing was found."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from agreements.models import Coding
from assessments.models.assessment import Assessment


def _only_with_the_words():
    """A trigger for rows that belong to an assessment: they change only with its words."""
    return pgtrigger.Trigger(
        name="only_with_the_words",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (
                SELECT 1 FROM assessments_assessment
                WHERE id = COALESCE(NEW.assessment_id, OLD.assessment_id)
                AND status NOT IN ('draft', 'returned')
            ) THEN
                RAISE EXCEPTION 'this row carries a published assessment'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'only_with_the_words';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class Evidence(models.Model):
    """A coding that carries an assessment. It changes only while the words may."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="evidence")
    coding = models.ForeignKey(Coding, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "onderbouwing"
        verbose_name_plural = "onderbouwing"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "coding"], name="one_coding_once_per_assessment"
            )
        ]
        triggers = [_only_with_the_words()]

    def __str__(self):
        return f"{self.assessment_id}: {self.coding_id}"


class Absence(models.Model):
    """The proof behind "niet genoemd": what was searched, where, and what each hit was about.

    It is a record, so it keeps texts and numbers rather than links. It is stale as soon as the terms
    or the current versions differ from what stands here.
    """

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="absence")
    terms = models.JSONField("gezochte termen")  # ["brandweer", ...]
    versions = models.JSONField("doorzochte versies")  # [{"id", "title", "number", "sha256"}, ...]
    hits = models.JSONField("treffers")  # [{"version", "start", "end", "page", "word"}, ...]
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgesteld door"
    )
    concluded_at = models.DateTimeField("vastgesteld op", auto_now=True)

    class Meta:
        verbose_name = "bewijs van afwezigheid"
        verbose_name_plural = "bewijzen van afwezigheid"
        triggers = [_only_with_the_words()]

    def __str__(self):
        return f"{len(self.terms)} termen, {len(self.hits)} treffers"
