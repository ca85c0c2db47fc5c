"""The strongest quotes of a theme, as an editor chose them for readers."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models import Coding
from assessments.models.assessment import Assessment
from assessments.models.evidence import Evidence
from municipalities.models import CouncilTerm
from themes.models import Theme

MOST = 6  # quotes per theme and term; the places are numbered, so the database keeps this too


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class QuoteChoice(models.Model):
    """Which quotes stand out on the page of one theme in one term, and who said so last.

    The row stays when nothing is chosen any more: its edit number has to go on (ADR 6).
    """

    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thema", related_name="+")
    term = models.ForeignKey(
        CouncilTerm, models.PROTECT, verbose_name="raadsperiode", related_name="+"
    )
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="gekozen door", related_name="+"
    )
    chosen_at = models.DateTimeField("gekozen op", auto_now=True)
    edit_number = models.PositiveIntegerField("wijziging", default=0)

    class Meta:
        verbose_name = "keuze van citaten"
        verbose_name_plural = "keuzes van citaten"
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "term"], name="one_choice_of_quotes_per_theme_and_term"
            )
        ]

    def __str__(self):
        return f"{self.theme}, {self.term}"


class ChosenQuoteQuerySet(models.QuerySet):
    def of(self, *, theme, term):
        """Those of a theme and a term in the order of the editor, whether still published or not."""
        return self.filter(choice__theme=theme, choice__term=term).order_by("position")

    def published(self):
        """Those that published judgements on this theme in this term rest on; readers see no others."""
        carried = Evidence.objects.filter(
            coding=models.OuterRef("coding"),
            assessment__in=Assessment.objects.published(),
            assessment__theme=models.OuterRef("choice__theme"),
            assessment__coalition__term=models.OuterRef("choice__term"),
        )
        return self.filter(models.Exists(carried))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ChosenQuote(models.Model):
    """One quote that stands out, and its place. It hangs on the coding, so its words are the passage's."""

    choice = models.ForeignKey(QuoteChoice, models.CASCADE, related_name="quotes")
    coding = models.ForeignKey(Coding, models.CASCADE, verbose_name="citaat", related_name="+")
    position = models.PositiveSmallIntegerField("plaats")

    objects = ChosenQuoteQuerySet.as_manager()

    class Meta:
        verbose_name = "gekozen citaat"
        verbose_name_plural = "gekozen citaten"
        ordering = ["choice_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["choice", "coding"], name="a_quote_is_chosen_once_per_theme"
            ),
            models.UniqueConstraint(
                fields=["choice", "position"],
                name="one_chosen_quote_per_place",
                deferrable=models.Deferrable.DEFERRED,  # two may change places
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST),
                name="a_few_quotes_are_chosen_per_theme",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="chosen_of_what_is_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1
                        FROM assessments_quotechoice choice
                        JOIN assessments_assessment a
                            ON a.theme_id = choice.theme_id AND a.status = 'published'
                        JOIN municipalities_coalition c
                            ON c.id = a.coalition_id AND c.term_id = choice.term_id
                        JOIN assessments_evidence e
                            ON e.assessment_id = a.id AND e.coding_id = NEW.coding_id
                        WHERE choice.id = NEW.choice_id
                    ) THEN
                        RAISE EXCEPTION 'this quote carries no published judgement on the theme'
                        USING ERRCODE = 'check_violation',
                        CONSTRAINT = 'chosen_of_what_is_published';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.position}: {self.coding_id}"
