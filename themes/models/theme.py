"""The six lasting themes, and the terms by which the detection finds them."""

import pghistory
from django.db import models
from django.db.models import Q

from themes.detection import SEARCH_WEIGHT


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    fields=["id", "number", "letter", "name", "edit_number"],
    model_name="ThemeEvent",
)
class Theme(models.Model):
    """One of the six safety themes. They stay; what the region asks of them changes per term."""

    key = models.SlugField("sleutel", max_length=40, unique=True)
    slug = models.SlugField("adres", max_length=40, unique=True)
    number = models.PositiveSmallIntegerField("nummer")
    letter = models.CharField("letter", max_length=1, unique=True)
    name = models.CharField("naam", max_length=60, unique=True)
    terms_edit = models.PositiveIntegerField("wijziging van de termen", default=1)
    edit_number = models.PositiveIntegerField("wijziging", default=1)

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema’s"
        ordering = ["number"]
        constraints = [
            # Looked at when a statement ends, so that two themes can change places in one.
            models.UniqueConstraint(
                fields=["number"],
                name="one_theme_per_number",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]

    def __str__(self):
        return self.name


class TermQuerySet(models.QuerySet):
    def search_terms(self):
        """Those heavy enough to be worth a search of their own, as a proof of absence needs."""
        return self.filter(weight__gte=SEARCH_WEIGHT).order_by("theme", "text")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Term(models.Model):
    """A word that counts for or against a theme, and for how much; how they add up is in detection.py."""

    theme = models.ForeignKey(Theme, models.CASCADE, verbose_name="thema", related_name="terms")
    text = models.CharField("term", max_length=80)
    weight = models.DecimalField("gewicht", max_digits=4, decimal_places=2, default=1)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "term"
        verbose_name_plural = "termen"
        ordering = ["theme", "text"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "text"], name="one_term_once_per_theme"),
            models.CheckConstraint(condition=~Q(weight=0), name="a_term_weighs_something"),
        ]

    def __str__(self):
        return self.text
