"""What a reviewer remarks."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models import Passage
from assessments.models.assessment import Assessment


class RemarkQuerySet(models.QuerySet):
    def unresolved(self):
        return self.filter(resolved_at__isnull=True)

    def unanswered(self):
        """Those that still wait for the advisor."""
        return self.unresolved().filter(answered_at__isnull=True)

    def for_display(self):
        return self.select_related("author", "answered_by", "resolved_by", "passage").order_by("pk")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Remark(models.Model):
    """A reviewer's remark on one field or one passage; the advisor answers, the reviewer resolves."""

    class On(models.TextChoices):
        WHOLE = "whole", "het geheel"
        LEVEL = "level", "het oordeel"
        SUMMARY = "summary", "de samenvatting"
        ADVICE = "advice", "het advies"
        QUOTES = "quotes", "de citaten"
        PASSAGE = "passage", "een citaat"

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="remarks")
    on = models.CharField("waarover", max_length=10, choices=On, default=On.WHOLE)
    passage = models.ForeignKey(
        Passage, models.SET_NULL, null=True, blank=True, verbose_name="citaat", related_name="+"
    )
    quote = models.TextField("citaat zoals het was", blank=True)
    text = models.TextField("opmerking", max_length=2000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)
    answer = models.TextField("antwoord", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField("afgehandeld op", null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="a_remark_is_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="a_remark_is_resolved_by_someone",
            ),
        ]

    def __str__(self):
        return self.text
