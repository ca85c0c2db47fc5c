"""The yardstick: six lasting themes, and per council term what the region asks of them."""

import pghistory
from django.db import models
from django.db.models import Q

from municipalities.models import CouncilTerm
from themes.detection import SEARCH_WEIGHT


class Theme(models.Model):
    """One of the six safety themes. They stay; what the region asks of them changes per term."""

    key = models.SlugField("sleutel", max_length=40, unique=True)
    slug = models.SlugField("adres", max_length=40, unique=True)
    number = models.PositiveSmallIntegerField("nummer", unique=True)
    letter = models.CharField("letter", max_length=1, unique=True)
    name = models.CharField("naam", max_length=60, unique=True)
    terms_edit = models.PositiveIntegerField("wijziging van de termen", default=1)

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema’s"
        ordering = ["number"]

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


class RegionalInput(models.Model):
    """What the safety region asks of the coalitions of one council term, with its date."""

    term = models.OneToOneField(CouncilTerm, models.PROTECT, verbose_name="raadsperiode")
    title = models.CharField("titel", max_length=200)
    dated = models.DateField("datum", null=True, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="kopie van", related_name="+"
    )

    class Meta:
        verbose_name = "regionale inbreng"
        verbose_name_plural = "regionale inbrengen"
        ordering = ["-term__start_year"]

    def __str__(self):
        return f"{self.title} ({self.term})"


class Ambition(models.Model):
    """What the region wants with one theme, in one regional input."""

    regional_input = models.ForeignKey(
        RegionalInput, models.CASCADE, verbose_name="regionale inbreng", related_name="ambitions"
    )
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thema")
    text = models.TextField("ambitie")

    class Meta:
        verbose_name = "ambitie"
        verbose_name_plural = "ambities"
        ordering = ["theme__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["regional_input", "theme"], name="one_ambition_per_theme_and_input"
            )
        ]

    def __str__(self):
        return self.text


class FocusPointQuerySet(models.QuerySet):
    def for_term(self, term):
        return self.filter(regional_input__term=term).select_related("theme")


class FocusPoint(models.Model):
    """One concrete wish under a theme. It belongs to a dated input, because the next one differs."""

    regional_input = models.ForeignKey(
        RegionalInput, models.CASCADE, verbose_name="regionale inbreng", related_name="focus_points"
    )
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thema")
    slug = models.SlugField(max_length=40)
    name = models.CharField("aandachtspunt", max_length=100)
    description = models.TextField("uitleg", blank=True)
    position = models.PositiveSmallIntegerField("volgorde")

    objects = FocusPointQuerySet.as_manager()

    class Meta:
        verbose_name = "aandachtspunt"
        verbose_name_plural = "aandachtspunten"
        ordering = ["theme__number", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["regional_input", "theme", "slug"], name="one_focus_point_per_slug"
            )
        ]

    def __str__(self):
        return self.name


class Partner(models.Model):
    """An organisation or network in which the work on one or more themes is done."""

    name = models.CharField("naam", max_length=100, unique=True)
    themes = models.ManyToManyField(Theme, verbose_name="thema’s", related_name="partners")

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partners"
        ordering = ["name"]

    def __str__(self):
        return self.name
