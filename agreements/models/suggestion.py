"""What the theme detection proposes, and what a person did with it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q

from agreements.models.agreement import AgreementVersion
from themes.models import Theme


class SuggestionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Suggestion.State.OPEN)

    def rejected(self):
        return self.filter(state=Suggestion.State.REJECTED)

    def in_current_versions(self):
        return self.filter(version__in=AgreementVersion.objects.current())

    def in_reading_order(self):
        return self.order_by("start", "theme__number", "pk")

    def open_per_version_and_theme(self, version_ids):
        """How many are open: dictionaries with version, theme and number."""
        return (
            self.open()
            .filter(version__in=version_ids)
            .order_by()
            .values("version", "theme")
            .annotate(number=Count("pk"))
        )


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    meta={"indexes": [models.Index(fields=["pgh_created_at"])]},
)
class Suggestion(models.Model):
    """A stretch that may be about a theme, with the terms that made the detection say so (ADR 10).

    A rejected one is also the record that somebody judged the stretch not to be about the theme: it is
    not proposed again, and in a proof of absence it deals with the hits inside it (ADR 14).
    """

    class State(models.TextChoices):
        OPEN = "open", "open"
        ACCEPTED = "aangenomen", "aangenomen"
        REJECTED = "afgewezen", "afgewezen"

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="suggestions")
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thema", related_name="+")
    start = models.PositiveIntegerField("begin in de tekst")
    end = models.PositiveIntegerField("einde in de tekst")
    page = models.PositiveIntegerField("bladzijde")
    # Of the words alone, so that the same stretch is known again in another version.
    fingerprint = models.CharField("kenmerk van de tekst", max_length=32)
    score = models.DecimalField("score", max_digits=6, decimal_places=2)
    reasons = models.JSONField("omdat", default=list)  # [["ondermijn", 1.0], ...]
    method = models.CharField("methode", max_length=20)
    state = models.CharField("stand", max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField("reden", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("beslist op", null=True, blank=True)
    created_at = models.DateTimeField("voorgesteld op", auto_now_add=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["version_id", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "theme", "start", "end"],
                name="one_suggestion_per_place_and_theme",
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="suggestion_is_not_empty"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(state="open")),
                name="decided_by_and_at_belong_together",
            ),
        ]
        indexes = [models.Index(fields=["version", "state", "start"], name="suggestion_queue")]

    def __str__(self):
        return f"{self.theme} op blz. {self.page}: {self.get_state_display()}"

    @property
    def is_open(self):
        return self.state == self.State.OPEN
