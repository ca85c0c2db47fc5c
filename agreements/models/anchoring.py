"""What became of a passage in a newer version of its agreement."""

from dataclasses import dataclass

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import F, Min, Q
from django.utils import timezone

from agreements.models.agreement import AgreementVersion
from agreements.models.passage import Coding, Passage


@dataclass(frozen=True)
class Fate:
    """Where the chain of a passage ends, over all versions in between."""

    passage: int  # the last passage of the chain
    version: int  # the version in which that one stands
    is_literal: bool  # whether its words are still the same
    decision: str | None  # open or dropped, or None where the chain is whole


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

    def open_about(self, *, coalition, theme):
        """What waits for a decision in this coalition, of passages coded with this theme."""
        return (
            self.open()
            .filter(version__agreement__coalition=coalition, passage__codings__theme=theme)
            .distinct()
        )

    def fates(self, passages):
        """What became of each of these passages, by its key, in a constant number of queries."""
        passages = {passage.pk: passage for passage in passages}
        agreements = AgreementVersion.objects.filter(
            pk__in={passage.version_id for passage in passages.values()}
        ).values("agreement")
        rows = self.filter(version__agreement__in=agreements)
        steps = {
            passage: (successor, decision)
            for passage, successor, decision in rows.values_list("passage", "successor", "decision")
        }
        ends = {}
        for first in passages:
            last = first
            while steps.get(last, (None, None))[0]:
                last = steps[last][0]
            ends[first] = last
        elsewhere = set(ends.values()) - passages.keys()
        there = passages | Passage.objects.only("version", "quote").in_bulk(elsewhere)
        return {
            first: Fate(
                passage=last,
                version=there[last].version_id,
                is_literal=there[last].quote.split() == passages[first].quote.split(),
                decision=steps.get(last, (None, None))[1],
            )
            for first, last in ends.items()
        }

    def for_display(self):
        """In the order of the old text, with the codings and measures of the old passage."""
        codings = Coding.objects.select_related("theme", "focus_point")
        return (
            self.select_related("passage__version", "successor", "decided_by")
            .defer("passage__version__text", "passage__version__sections")
            .prefetch_related(models.Prefetch("passage__codings", codings), "passage__measures")
            .order_by("passage__version__number", "passage__start", "passage__end")
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Anchoring(models.Model):
    """Where a passage of an older version stands in a newer one, and what a person decided.

    The old passage stays in its own version. Carried, kept or adapted, it has a successor in the newer,
    which in turn may have one: a chain. A passage has one anchoring at most (ADR 22): one that is open
    moves along to the newest version, so that nothing is asked twice.
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

    passage = models.OneToOneField(Passage, models.CASCADE, related_name="anchoring")
    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="anchorings")
    outcome = models.CharField("uitkomst", max_length=10, choices=Outcome)
    # The place in the newer version; none when it is gone.
    start = models.PositiveIntegerField("begin in de nieuwe tekst", null=True, blank=True)
    end = models.PositiveIntegerField("einde in de nieuwe tekst", null=True, blank=True)
    decision = models.CharField("besluit", max_length=10, choices=Decision, default=Decision.OPEN)
    # Two passages may become one, so a successor may have several predecessors.
    successor = models.ForeignKey(
        Passage, models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("beslist op", null=True, blank=True)
    created_at = models.DateTimeField("vergeleken op", default=timezone.now)
    edit_number = models.PositiveIntegerField("wijziging", default=1)

    objects = AnchoringQuerySet.as_manager()

    class Meta:
        verbose_name = "herijking"
        verbose_name_plural = "herijkingen"
        ordering = ["version_id", "passage_id"]
        constraints = [
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
            models.CheckConstraint(
                condition=Q(decision__in=["open", "vervallen"], successor__isnull=True)
                | (Q(successor__isnull=False) & ~Q(decision__in=["open", "vervallen"])),
                name="what_goes_on_has_a_successor",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="successor_stands_there",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__successor__isnull=False),
                func="""
                    IF NEW.version_id IS DISTINCT FROM (
                        SELECT version_id FROM agreements_passage WHERE id = NEW.successor_id
                    ) THEN
                        RAISE EXCEPTION 'the successor stands in another version'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'successor_stands_there';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.passage_id}: {self.get_outcome_display()}, {self.get_decision_display()}"

    @property
    def is_open(self):
        return self.decision == self.Decision.OPEN

    @property
    def is_carried(self):
        return self.decision == self.Decision.CARRIED

    @property
    def is_gone(self):
        return self.outcome == self.Outcome.GONE
