"""What became of a passage in a newer version of its agreement."""

import pghistory
from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import F, Min, Q

from agreements.models.agreement import AgreementVersion
from agreements.models.passage import Passage


class AnchoringQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decision=Anchoring.Decision.OPEN)

    def open_per_version_and_theme(self, version_ids):
        """What is to be decided: dictionaries with version, theme, ids, and since when."""
        return (
            self.open()
            .filter(version__in=version_ids)
            .order_by()
            .values("version", theme=F("passage__codings__theme"))
            .annotate(ids=ArrayAgg("pk", distinct=True), since=Min("created_at"))
        )

    def for_display(self):
        """In the order of the old text, with both passages and their codings."""
        return (
            self.select_related("passage__version__agreement", "successor", "decided_by", "version")
            .defer("passage__version__text", "passage__version__sections")
            .prefetch_related("passage__codings__theme", "passage__codings__focus_point")
            .order_by("passage__start", "passage__end")
        )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Anchoring(models.Model):
    """Where a passage of an older version stands in a newer one, and what a person decided.

    The old passage stays in its own version. Carried, kept or adapted, it has a successor in the newer.
    """

    class Outcome(models.TextChoices):
        SAME = "zelfde", "hetzelfde"
        MOVED = "verplaatst", "verplaatst"
        CHANGED = "gewijzigd", "gewijzigd"
        GONE = "weg", "verdwenen"

    class Decision(models.TextChoices):
        OPEN = "open", "nog te beslissen"
        CARRIED = "meegenomen", "vanzelf meegenomen"
        KEPT = "behouden", "met de nieuwe tekst behouden"
        ADAPTED = "aangepast", "aangepast"
        DROPPED = "vervallen", "vervallen"

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="anchorings")
    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="anchorings")
    outcome = models.CharField("uitkomst", max_length=10, choices=Outcome)
    # The place in the newer version; none when it is gone.
    start = models.PositiveIntegerField("begin in de nieuwe tekst", null=True, blank=True)
    end = models.PositiveIntegerField("einde in de nieuwe tekst", null=True, blank=True)
    decision = models.CharField("besluit", max_length=10, choices=Decision, default=Decision.OPEN)
    successor = models.OneToOneField(
        Passage, models.SET_NULL, null=True, blank=True, related_name="predecessor_anchoring"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("beslist op", null=True, blank=True)
    created_at = models.DateTimeField("vergeleken op", auto_now_add=True)

    objects = AnchoringQuerySet.as_manager()

    class Meta:
        verbose_name = "herijking"
        verbose_name_plural = "herijkingen"
        ordering = ["version", "passage"]
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "version"], name="one_anchoring_per_passage_and_version"
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True, outcome="weg")
                | (Q(start__isnull=False, end__isnull=False) & ~Q(outcome="weg")),
                name="what_is_gone_has_no_place",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["open", "meegenomen"], decided_by__isnull=True)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decision__in=["open", "meegenomen"])
                ),
                name="a_person_decides_what_changed",
            ),
        ]

    def __str__(self):
        return f"{self.passage_id}: {self.get_outcome_display()}, {self.get_decision_display()}"
