"""What a passage promises: a measure, with its money and its years."""

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from agreements.models.passage import Passage

_A_YEAR = [
    MinValueValidator(2000, "Vul een jaar in vanaf 2000."),
    MaxValueValidator(2100, "Vul een jaar in tot en met 2100."),
]


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    meta={"indexes": [models.Index(fields=["pgh_created_at"])]},
)
class Measure(models.Model):
    """One promise in a passage. What the quote doesn't say is empty, never guessed."""

    class Kind(models.TextChoices):
        ONCE = "eenmalig", "eenmalig"
        STRUCTURAL = "structureel", "structureel"

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="measures")
    what = models.CharField("wat", max_length=200)
    amount = models.DecimalField(
        "bedrag in euro’s", max_digits=12, decimal_places=2, null=True, blank=True
    )
    first_year = models.PositiveSmallIntegerField(
        "van jaar", null=True, blank=True, validators=_A_YEAR
    )
    last_year = models.PositiveSmallIntegerField(
        "tot en met jaar", null=True, blank=True, validators=_A_YEAR
    )
    kind = models.CharField("soort", max_length=12, choices=Kind, blank=True)
    who = models.CharField("wie", max_length=120, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("vastgelegd op", auto_now_add=True)
    edit_number = models.PositiveIntegerField("wijziging", default=1)

    class Meta:
        verbose_name = "maatregel"
        verbose_name_plural = "maatregelen"
        ordering = ["passage_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="an_amount_is_positive",
                violation_error_message="Vul een bedrag in van meer dan nul, of laat het leeg.",
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(last_year__gte=F("first_year")),
                name="years_run_forward",
                violation_error_message="Het eerste jaar komt niet na het laatste.",
            ),
        ]

    def __str__(self):
        return self.what

    @property
    def years(self):
        """The years in words: "2027", "2027–2030", "vanaf 2027", "uiterlijk 2029", or nothing."""
        if self.first_year is None:
            return f"uiterlijk {self.last_year}" if self.last_year else ""
        if self.last_year is None:
            return f"vanaf {self.first_year}"
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year}–{self.last_year}"
