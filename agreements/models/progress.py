"""Who reads which agreement for which themes, and how far they are."""

from django.conf import settings
from django.db import models

from agreements.models.agreement import Agreement, AgreementVersion
from themes.models import Theme


class Assignment(models.Model):
    """One person reads one agreement for one theme."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="assignments")
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thema", related_name="+")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="lezer", related_name="+"
    )
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField("toegewezen op", auto_now_add=True)

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        ordering = ["agreement", "theme__number", "reader"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "theme", "reader"],
                name="one_assignment_per_agreement_theme_and_reader",
            )
        ]

    def __str__(self):
        return f"{self.reader} leest {self.agreement} voor {self.theme}"


class PageReading(models.Model):
    """A person says that they have read this page."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField("bladzijde")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField("gelezen op", auto_now_add=True)

    class Meta:
        verbose_name = "gelezen bladzijde"
        verbose_name_plural = "gelezen bladzijden"
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "reader", "number"], name="one_reading_per_page_and_reader"
            )
        ]

    def __str__(self):
        return f"blz. {self.number}"
