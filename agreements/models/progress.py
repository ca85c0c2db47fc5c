"""Who reads which agreement for which themes, and how far they are."""

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Max

from agreements.models.agreement import Agreement, AgreementVersion
from themes.models import Theme


class AssignmentQuerySet(models.QuerySet):
    def for_term(self, term):
        return self.filter(agreement__coalition__term=term)

    def for_display(self):
        """With theme and reader, per reader in the order of the themes."""
        return self.select_related("theme", "reader").order_by(
            "reader__last_name", "reader__first_name", "reader", "theme__number"
        )


class Assignment(models.Model):
    """One person reads one agreement for one theme."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="assignments")
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thema", related_name="+")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="lezer", related_name="+"
    )
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField("toegewezen op", auto_now_add=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        ordering = ["agreement_id", "theme__number", "reader_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "theme", "reader"],
                name="one_assignment_per_agreement_theme_and_reader",
            )
        ]

    def __str__(self):
        return f"{self.reader} leest {self.agreement} voor {self.theme}"


class PageReadingQuerySet(models.QuerySet):
    def numbers_of(self, version, reader):
        """The numbers of the pages of this version that this person has read, as a set."""
        return set(self.filter(version=version, reader=reader).values_list("number", flat=True))

    def for_term(self, term):
        return self.filter(version__agreement__coalition__term=term)

    def per_version_and_reader(self):
        """How far each person is in each version: dictionaries with version, reader, the numbers of
        the pages, and when the last one was read.
        """
        return (
            self.order_by()
            .values("version", "reader")
            .annotate(numbers=ArrayAgg("number"), last_read_at=Max("read_at"))
        )


class PageReading(models.Model):
    """A person says that they have read this page."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField("bladzijde")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField("gelezen op", auto_now_add=True)

    objects = PageReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "gelezen bladzijde"
        verbose_name_plural = "gelezen bladzijden"
        ordering = ["version_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "reader", "number"], name="one_reading_per_page_and_reader"
            )
        ]

    def __str__(self):
        return f"blz. {self.number}"
