"""The places: municipalities, council terms, and the coalition of one in the other."""

import functools
import itertools
import operator

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
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
    edit_number = models.PositiveIntegerField("wijziging", default=1)

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
                violation_error_message=(
                    "Vul inwoners en peiljaar allebei in, of laat beide leeg."
                ),
            ),
        ]

    def __str__(self):
        return self.name


@pghistory.track(
    pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None, model_name="NeighbourEvent"
)
class Neighbour(Municipality.neighbours.through):
    """That one municipality lies beside another; here so that a change of it is recorded too."""

    class Meta:
        proxy = True


class CouncilTermQuerySet(models.QuerySet):
    def starting(self, year=None):
        """The term of this start year; without a year the newest that has begun."""
        if year is None:
            return self.filter(start_year__lte=timezone.localdate().year)[:1]
        return self.filter(start_year=year)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
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

    @staticmethod
    def newest_of(terms):
        """Of terms, the newest first, the first that has begun; as `starting()`, for who has them all."""
        return next((t for t in terms if t.start_year <= timezone.localdate().year), None)


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
    edit_number = models.PositiveIntegerField("wijziging", default=1)

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


class FormationState(models.IntegerChoices):
    """How far a coalition is on its way to an agreement, in the order in which it goes."""

    ELECTION = 1, "verkiezing"
    EXPLORATION = 2, "verkenning"
    NEGOTIATION = 3, "onderhandeling"
    PRESENTED = 4, "akkoord gepresenteerd"
    ADOPTED = 5, "vastgesteld door de raad"


DATES = {
    FormationState.ELECTION: "election_on",
    FormationState.EXPLORATION: "exploration_on",
    FormationState.NEGOTIATION: "negotiation_on",
    FormationState.PRESENTED: "presented_on",
    FormationState.ADOPTED: "adopted_on",
}


def _in_order():
    """No date lies before that of an earlier state; a date that isn't known is passed over."""
    pairs = itertools.combinations(DATES.values(), 2)
    return functools.reduce(
        operator.and_, (Q(**{f"{later}__gte": F(earlier)}) for earlier, later in pairs)
    )


def _reached():
    """A date belongs to a state that was reached."""
    return functools.reduce(
        operator.and_,
        (
            Q(**{f"{date}__isnull": True}) | Q(state__isnull=False, state__gte=state)
            for state, date in DATES.items()
        ),
    )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Formation(models.Model):
    """How far one coalition is with its agreement, and when each state was reached.

    A coalition without a row, a row without a state and a state without a date are not known.
    """

    coalition = models.OneToOneField(
        Coalition, models.PROTECT, verbose_name="coalitie", related_name="formation"
    )
    state = models.PositiveSmallIntegerField("stand", choices=FormationState, null=True, blank=True)
    election_on = models.DateField("verkiezing", null=True, blank=True)
    exploration_on = models.DateField("verkenning", null=True, blank=True)
    negotiation_on = models.DateField("onderhandeling", null=True, blank=True)
    presented_on = models.DateField("akkoord gepresenteerd", null=True, blank=True)
    adopted_on = models.DateField("vastgesteld door de raad", null=True, blank=True)
    note = models.CharField("toelichting", max_length=200, blank=True)
    is_fiction = models.BooleanField("verzonnen voorbeeld", default=False)
    edit_number = models.PositiveIntegerField("wijziging", default=1)

    class Meta:
        verbose_name = "formatie"
        verbose_name_plural = "formaties"
        constraints = [
            models.CheckConstraint(
                condition=_in_order(),
                name="formation_runs_forward",
                violation_error_message=(
                    "Een latere stand heeft een eerdere datum. Controleer de datums."
                ),
            ),
            models.CheckConstraint(
                condition=_reached(),
                name="formation_dates_were_reached",
                violation_error_message=(
                    "Er staat een datum bij een stand die nog niet is bereikt. "
                    "Kies een latere stand, of maak die datum leeg."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state__isnull=True) | Q(state__in=FormationState.values),
                name="formation_state_is_one_of_five",
            ),
        ]

    def __str__(self):
        return f"{self.coalition}: {self.get_state_display() or 'niet bekend'}"

    @property
    def reached_on(self):
        """The day on which the state of now was reached, if that is known."""
        return getattr(self, DATES[self.state]) if self.state else None

    @property
    def steps(self):
        """Per state its name, whether it was reached, and its date if that is known."""
        return [
            (state.label, bool(self.state and self.state >= state), getattr(self, name))
            for state, name in DATES.items()
        ]
