"""Passages that people mark in a version, and what they code them with."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Substr

from agreements.models.agreement import AgreementVersion
from agreements.models.suggestion import Suggestion
from themes.models import FocusPoint, Theme


class PassageQuerySet(models.QuerySet):
    def to_anchor_in(self, version):
        """Those of older versions of the agreement that this version still has to answer for: not
        anchored yet, or waiting for a decision against a version in between.
        """
        return self.filter(
            Q(anchoring__isnull=True)
            | (Q(anchoring__decision="open") & ~Q(anchoring__version=version)),
            version__agreement=version.agreement_id,
            version__number__lt=version.number,
        )

    def not_literal(self):
        """Those whose quote does not stand at their place; the trigger lets none through, so: none."""
        at_its_place = Substr("version__text", F("start") + 1, F("end") - F("start"))
        return self.annotate(at_its_place=at_its_place).exclude(quote=F("at_its_place"))

    def for_display(self):
        """In the order of the text, with codings and what stands beside them."""
        return (
            self.select_related("version__agreement", "created_by")
            .defer("version__text", "version__sections")
            .prefetch_related(*self.beside())
        )

    @staticmethod
    def beside():
        """What the card of a passage shows beside it, to be prefetched."""
        codings = Coding.objects.select_related("theme", "focus_point")
        return models.Prefetch("codings", codings), "measures"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    meta={"indexes": [models.Index(fields=["pgh_created_at"])]},
)
class Passage(models.Model):
    """A locked citation: the literal text between two offsets of one version.

    The database compares the quote with the version's text on every save (ADR 2), so what stands here
    stands there.
    """

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField("begin in de tekst")
    end = models.PositiveIntegerField("einde in de tekst")
    quote = models.TextField("citaat")
    first_page = models.PositiveIntegerField("van bladzijde")
    last_page = models.PositiveIntegerField("tot en met bladzijde")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="gemarkeerd door", related_name="+"
    )
    created_at = models.DateTimeField("gemarkeerd op", auto_now_add=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = "passage"
        verbose_name_plural = "passages"
        ordering = ["version_id", "start", "end"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "start", "end"], name="one_passage_per_place"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_is_not_empty"),
            models.CheckConstraint(
                condition=Q(last_page__gte=F("first_page")), name="passage_pages_run_forward"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="quote_is_literal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.quote IS DISTINCT FROM (
                        SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start)
                        FROM agreements_agreementversion WHERE id = NEW.version_id
                    ) THEN
                        RAISE EXCEPTION 'the quote does not stand at this place'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_is_literal';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return self.quote

    @property
    def pages(self):
        """The page or pages in words: "blz. 4" or "blz. 4–5"."""
        return pages_in_words(self.first_page, self.last_page)


def lit_passage(document, passage):
    """The address of a passage, by its key, on a page of its document: opened there, and lit."""
    return f"{document}?passage={passage}#passage-{passage}"


def pages_in_words(first, last):
    """The page or pages of a quote, as readers see them."""
    return f"blz. {first}" if first == last else f"blz. {first}–{last}"


class CodingQuerySet(models.QuerySet):
    def in_current_versions(self):
        """Those in the newest readable version of each agreement; an older one has its own."""
        return self.filter(passage__version__in=AgreementVersion.objects.current())

    def about(self, *, coalition, theme):
        """The codings with this theme in the current versions of this coalition, in reading order."""
        return (
            self.in_current_versions()
            .filter(passage__version__agreement__coalition=coalition, theme=theme)
            .select_related("passage__version__agreement", "focus_point", "theme")
            .defer("passage__version__text", "passage__version__sections")
            .prefetch_related("passage__measures")
            .order_by("passage__version__agreement_id", "passage__start", "passage__end", "pk")
        )

    def passages_per_version_and_theme(self, version_ids):
        """How many passages each version has per theme: dictionaries with version, theme and number."""
        return (
            self.filter(passage__version__in=version_ids)
            .order_by()
            .values("theme", version=F("passage__version"))
            .annotate(number=Count("passage", distinct=True))
        )

    def with_counts_per_theme(self, coalition_ids):
        """How many codings each coalition has per theme now: dictionaries for a work list."""
        return (
            self.in_current_versions()
            .filter(passage__version__agreement__coalition__in=coalition_ids)
            .order_by()
            .values("theme", coalition=F("passage__version__agreement__coalition"))
            .annotate(number=Count("pk"), strongest=models.Max("strength"))
        )


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    meta={"indexes": [models.Index(fields=["pgh_created_at"])]},
)
class Coding(models.Model):
    """A passage is about a theme, and optionally about one of its focus points, this strongly."""

    class Strength(models.IntegerChoices):
        MENTIONED = 1, "genoemd"
        ELABORATED = 2, "uitgewerkt"
        CONCRETE = 3, "concreet"

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="codings")
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thema", related_name="+")
    focus_point = models.ForeignKey(
        FocusPoint,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="aandachtspunt",
        related_name="+",
    )
    strength = models.PositiveSmallIntegerField(
        "sterkte", choices=Strength, default=Strength.MENTIONED
    )
    note = models.TextField("notitie", max_length=2000, blank=True)
    suggestion = models.ForeignKey(
        Suggestion,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="voortgekomen uit",
        related_name="codings",
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("gecodeerd op", auto_now_add=True)
    edit_number = models.PositiveIntegerField("wijziging", default=1)

    objects = CodingQuerySet.as_manager()

    class Meta:
        verbose_name = "codering"
        verbose_name_plural = "coderingen"
        ordering = ["theme__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "theme", "focus_point"],
                name="one_coding_per_focus_point",
                nulls_distinct=False,
                violation_error_message="Deze passage heeft deze codering al.",
            ),
            models.CheckConstraint(
                condition=Q(strength__in=[1, 2, 3]), name="strength_is_one_of_three"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="focus_point_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__focus_point__isnull=False),
                func="""
                    IF NEW.theme_id IS DISTINCT FROM (
                        SELECT theme_id FROM themes_focuspoint WHERE id = NEW.focus_point_id
                    ) THEN
                        RAISE EXCEPTION 'the focus point belongs to another theme'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'focus_point_fits';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.theme}: {self.passage}"
