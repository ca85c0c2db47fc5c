"""Judgement: how well the agreements of one coalition address one theme, and on what evidence."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.models import Coding
from municipalities.models import Coalition
from themes.models import Theme


class Level(models.IntegerChoices):
    """The ordinal scale. "Nog niet beoordeeld" is no level: it is the absence of an assessment."""

    NOT_MENTIONED = 0, "niet genoemd"
    MENTIONED = 1, "genoemd"
    ELABORATED = 2, "uitgewerkt"
    CONCRETE = 3, "concreet"


class AssessmentQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(status=Assessment.Status.DRAFT)

    def published(self):
        """The only gate to the outside: what is not in here, no reader ever sees."""
        return self.filter(status=Assessment.Status.PUBLISHED)

    def for_term(self, term):
        return self.filter(coalition__term=term)

    def for_display(self):
        return self.select_related("theme", "coalition__municipality", "coalition__term")

    def with_quotes(self):
        """With the codings that carry each assessment, in reading order."""
        codings = (
            Coding.objects.select_related("passage__version__agreement", "focus_point", "theme")
            .defer("passage__version__text", "passage__version__sections")
            .order_by("passage__version__agreement", "passage__start", "pk")
        )
        return self.select_related("absence").prefetch_related(models.Prefetch("codings", codings))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Assessment(models.Model):
    """One revision of the judgement of one coalition on one theme.

    A published revision never changes; a correction is a new draft, and publishing that supersedes the
    old one. The rules of the levels (DOMAIN, "Levels") are kept by the database at publication.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Concept"
        PUBLISHED = "published", "Gepubliceerd"
        SUPERSEDED = "superseded", "Vervangen"

    coalition = models.ForeignKey(
        Coalition, models.PROTECT, verbose_name="coalitie", related_name="assessments"
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, verbose_name="thema", related_name="assessments"
    )
    level = models.PositiveSmallIntegerField("oordeel", choices=Level)
    summary = models.TextField("samenvatting voor bestuurders", max_length=2000)
    codings = models.ManyToManyField(
        Coding, through="Evidence", verbose_name="citaten", related_name="+"
    )
    status = models.CharField("stand", max_length=10, choices=Status, default=Status.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="beoordeeld door", related_name="+"
    )
    saved_at = models.DateTimeField("opgeslagen op", auto_now=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="gepubliceerd door",
        related_name="+",
    )
    published_at = models.DateTimeField("gepubliceerd op", null=True, blank=True)
    edit_number = models.PositiveIntegerField("wijziging", default=1)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "beoordeling"
        verbose_name_plural = "beoordelingen"
        ordering = ["coalition", "theme__number", "-pk"]
        permissions = [
            ("publish_assessment", "Mag beoordelingen publiceren"),
            ("read_published", "Mag gepubliceerde beoordelingen lezen"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "theme"],
                condition=Q(status="published"),
                name="one_published_assessment_per_coalition_and_theme",
            ),
            models.UniqueConstraint(
                fields=["coalition", "theme"],
                condition=Q(status="draft"),
                name="one_draft_per_coalition_and_theme",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[0, 1, 2, 3]), name="level_is_one_of_four"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", published_by__isnull=True, published_at__isnull=True)
                | (Q(published_by__isnull=False, published_at__isnull=False) & ~Q(status="draft")),
                name="published_by_and_at_belong_together",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("author")),
                name="nobody_publishes_own_work",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="level_is_borne_out",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__status="published"),
                func="""
                    IF NEW.level = 0 AND (
                        NOT EXISTS (
                            SELECT 1 FROM assessments_absence WHERE assessment_id = NEW.id
                        ) OR EXISTS (
                            SELECT 1 FROM assessments_evidence WHERE assessment_id = NEW.id
                        )
                    ) THEN
                        RAISE EXCEPTION 'level 0 needs a proof of absence and no quotes'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'level_is_borne_out';
                    END IF;
                    IF NEW.level > 0 AND NOT EXISTS (
                        SELECT 1
                        FROM assessments_evidence e
                        JOIN agreements_coding c ON c.id = e.coding_id
                        WHERE e.assessment_id = NEW.id AND c.theme_id = NEW.theme_id
                        AND (NEW.level < 3 OR EXISTS (
                            SELECT 1 FROM agreements_measure m WHERE m.passage_id = c.passage_id
                        ))
                    ) THEN
                        RAISE EXCEPTION 'this level needs a passage that bears it out'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'level_is_borne_out';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="published_is_for_good",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status="draft")
                & (
                    pgtrigger.Q(old__level__df=pgtrigger.F("new__level"))
                    | pgtrigger.Q(old__summary__df=pgtrigger.F("new__summary"))
                    | pgtrigger.Q(old__author__df=pgtrigger.F("new__author"))
                    | pgtrigger.Q(old__theme__df=pgtrigger.F("new__theme"))
                    | pgtrigger.Q(old__coalition__df=pgtrigger.F("new__coalition"))
                    | pgtrigger.Q(new__status="draft")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.coalition}, {self.theme}: {self.get_level_display()}"

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT


def _only_in_a_draft():
    """A trigger for rows that belong to an assessment: they change only while it is a draft."""
    return pgtrigger.Trigger(
        name="only_in_a_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (
                SELECT 1 FROM assessments_assessment
                WHERE id = COALESCE(NEW.assessment_id, OLD.assessment_id)
                AND status <> 'draft'
            ) THEN
                RAISE EXCEPTION 'this row carries a published assessment'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'only_in_a_draft';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


class Evidence(models.Model):
    """A coding that carries an assessment. Only a draft's evidence can change."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="evidence")
    coding = models.ForeignKey(Coding, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "onderbouwing"
        verbose_name_plural = "onderbouwing"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "coding"], name="one_coding_once_per_assessment"
            )
        ]
        triggers = [_only_in_a_draft()]

    def __str__(self):
        return f"{self.assessment_id}: {self.coding_id}"


class Absence(models.Model):
    """The proof behind "niet genoemd": what was searched, where, and what each hit was about.

    It is a record, so it keeps texts and numbers rather than links. It is stale as soon as the terms
    or the current versions differ from what stands here.
    """

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="absence")
    terms = models.JSONField("gezochte termen")  # ["brandweer", ...]
    versions = models.JSONField("doorzochte versies")  # [{"id", "title", "number", "sha256"}, ...]
    hits = models.JSONField("treffers")  # [{"version", "start", "end", "page", "word"}, ...]
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgesteld door"
    )
    concluded_at = models.DateTimeField("vastgesteld op", auto_now=True)

    class Meta:
        verbose_name = "bewijs van afwezigheid"
        verbose_name_plural = "bewijzen van afwezigheid"
        triggers = [_only_in_a_draft()]

    def __str__(self):
        return f"{len(self.terms)} termen, {len(self.hits)} treffers"
