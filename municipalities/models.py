"""The places: municipalities, council terms, and the coalition of one in the other."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Municipality(models.Model):
    """One of the fourteen municipalities of Twente. What isn't known is empty, never guessed."""

    name = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    cbs_code = models.CharField("CBS-code", max_length=6, unique=True)
    population = models.PositiveIntegerField("inwoners", null=True, blank=True)
    population_year = models.PositiveSmallIntegerField("peiljaar", null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField("rij op de tegelkaart")
    tile_column = models.PositiveSmallIntegerField("kolom op de tegelkaart")
    website = models.URLField("website", blank=True)
    neighbours = models.ManyToManyField("self", verbose_name="buurgemeenten", blank=True)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tile_row", "tile_column"], name="one_municipality_per_tile"
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True, population_year__isnull=True)
                | Q(population__isnull=False, population_year__isnull=False),
                name="population_and_its_year_belong_together",
            ),
        ]

    def __str__(self):
        return self.name


class CouncilTermQuerySet(models.QuerySet):
    def starting(self, year=None):
        """The term of this start year; without a year the newest that has begun."""
        if year is None:
            return self.filter(start_year__lte=timezone.localdate().year)[:1]
        return self.filter(start_year=year)


class CouncilTerm(models.Model):
    """A council term, from one municipal election to the next."""

    start_year = models.PositiveSmallIntegerField("begin", unique=True)
    end_year = models.PositiveSmallIntegerField("einde")

    objects = CouncilTermQuerySet.as_manager()

    class Meta:
        verbose_name = "raadsperiode"
        verbose_name_plural = "raadsperioden"
        ordering = ["-start_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_year__gt=F("start_year")), name="term_runs_forward"
            )
        ]

    def __str__(self):
        return f"{self.start_year}–{self.end_year}"


class CoalitionQuerySet(models.QuerySet):
    def for_term(self, term):
        return self.filter(term=term).select_related("municipality", "term")

    def at(self, *, municipality, term):
        """The coalition by the words of an address: a municipality's slug and a start year."""
        return self.filter(municipality__slug=municipality, term__start_year=term).select_related(
            "municipality", "term"
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Coalition(models.Model):
    """One municipality in one council term; agreements and assessments hang on it."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="gemeente")
    term = models.ForeignKey(CouncilTerm, models.PROTECT, verbose_name="raadsperiode")
    parties = ArrayField(
        models.CharField(max_length=80), verbose_name="partijen", default=list, blank=True
    )
    # Facts about the municipality's own, real agreement, where verified; apart from what is uploaded.
    real_title = models.CharField("titel van het echte akkoord", max_length=200, blank=True)
    real_adopted_on = models.DateField("vastgesteld op", null=True, blank=True)
    real_address = models.URLField("vindplaats", max_length=500, blank=True)

    objects = CoalitionQuerySet.as_manager()

    class Meta:
        verbose_name = "coalitie"
        verbose_name_plural = "coalities"
        ordering = ["-term__start_year", "municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "term"], name="one_coalition_per_municipality_and_term"
            )
        ]

    def __str__(self):
        return f"{self.municipality} {self.term}"
