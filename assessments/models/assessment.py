"""The judgement itself: one coalition, one theme, one revision."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agreements.models import Coding
from assessments import workflow
from municipalities.models import Coalition
from themes.models import Theme


class Level(models.IntegerChoices):
    """The ordinal scale. "Nog niet beoordeeld" is no level: it is the absence of an assessment."""

    NOT_MENTIONED = 0, "niet genoemd"
    MENTIONED = 1, "genoemd"
    ELABORATED = 2, "uitgewerkt"
    CONCRETE = 3, "concreet"


def _changes(*fields):
    """A condition: an update gives one of these fields another value."""
    condition = pgtrigger.Q()
    for field in fields:
        condition |= pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")})
    return condition


class AssessmentQuerySet(models.QuerySet):
    def under_way(self):
        """The revisions on their way to publication; of a coalition and theme there is one at most."""
        return self.filter(status__in=workflow.UNDER_WAY)

    def published(self):
        """The only gate to the outside: what is not in here, no reader ever sees."""
        return self.filter(status=workflow.Status.PUBLISHED)

    def current(self):
        """What is public and what is under way, without what is past."""
        return self.filter(status__in=[workflow.Status.PUBLISHED, *workflow.UNDER_WAY])

    def for_term(self, term):
        return self.filter(coalition__term=term)

    def for_display(self):
        return self.select_related("theme", "coalition__municipality", "coalition__term")

    def with_quotes(self):
        """With the codings that carry each assessment, in reading order."""
        codings = (
            Coding.objects.select_related("passage__version__agreement", "focus_point", "theme")
            .defer("passage__version__text", "passage__version__sections")
            .order_by("passage__version__agreement_id", "passage__start", "pk")
        )
        return self.select_related("absence").prefetch_related(models.Prefetch("codings", codings))

    def with_passages(self):
        """The same without what stands around a quote: enough to hold it against newer versions."""
        codings = Coding.objects.select_related("passage").only(
            "strength", "passage__version", "passage__quote"
        )
        return self.select_related("absence").prefetch_related(
            models.Prefetch("codings", codings.order_by("pk"))
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Assessment(models.Model):
    """One revision of the judgement of one coalition on one theme.

    Its words change only in the hands of the advisor (concept, teruggestuurd). A published revision never
    changes; a correction is a new one, and publishing that supersedes the old. The rules of the levels
    (DOMAIN, "Levels") are kept by the database as soon as it leaves the advisor's hands.
    """

    Status = workflow.Status

    coalition = models.ForeignKey(
        Coalition, models.PROTECT, verbose_name="coalitie", related_name="assessments"
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, verbose_name="thema", related_name="assessments"
    )
    level = models.PositiveSmallIntegerField("oordeel", choices=Level)
    proposed_level = models.PositiveSmallIntegerField(
        "voorstel uit de coderingen", choices=Level, null=True, blank=True
    )
    departure = models.TextField("waarom anders dan het voorstel", max_length=1000, blank=True)
    summary = models.TextField("samenvatting voor bestuurders", max_length=2000)
    advice = models.TextField("advies aan de gemeente", max_length=2000, blank=True)
    note = models.TextField("interne notitie", max_length=2000, blank=True)
    change_note = models.TextField("wat is er veranderd", max_length=500, blank=True)
    codings = models.ManyToManyField(
        Coding, through="Evidence", verbose_name="citaten", related_name="+"
    )
    revision = models.PositiveIntegerField("herziening", default=1)
    status = models.CharField(
        "stand", max_length=10, choices=workflow.Status, default=workflow.Status.DRAFT
    )
    status_since = models.DateTimeField("in deze stand sinds", default=timezone.now)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="beoordeeld door", related_name="+"
    )
    saved_at = models.DateTimeField("opgeslagen op", auto_now=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="nagekeken door",
        related_name="+",
    )
    reviewed_at = models.DateTimeField("nagekeken op", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="gepubliceerd door",
        related_name="+",
    )
    published_at = models.DateTimeField("gepubliceerd op", null=True, blank=True)
    # Who made the newest change of text or state, and why: every row of the history carries its own.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="gewijzigd door", related_name="+"
    )
    why = models.TextField("waarom", max_length=1000, blank=True)
    edit_number = models.PositiveIntegerField("wijziging", default=1)  # of the words

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
                condition=Q(status__in=workflow.UNDER_WAY),
                name="one_under_way_per_coalition_and_theme",
            ),
            models.UniqueConstraint(
                fields=["coalition", "theme", "revision"], name="revisions_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[0, 1, 2, 3]), name="level_is_one_of_four"
            ),
            models.CheckConstraint(
                condition=Q(proposed_level__isnull=True)
                | Q(proposed_level=F("level"))
                | ~Q(departure=""),
                name="a_departure_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=workflow.UNDER_WAY,
                    published_by__isnull=True,
                    published_at__isnull=True,
                )
                | Q(
                    status__in=workflow.HAS_BEEN_PUBLIC,
                    published_by__isnull=False,
                    published_at__isnull=False,
                ),
                name="published_by_and_at_belong_together",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[*workflow.WRITABLE, workflow.Status.IN_REVIEW])
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="nothing_passes_without_review",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("author")),
                name="nobody_publishes_own_work",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("author")),
                name="nobody_reviews_own_work",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="level_is_borne_out",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=~pgtrigger.Q(new__status__in=workflow.WRITABLE),
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
            pgtrigger.FSM(
                name="the_way_to_publication",
                field="status",
                transitions=list(workflow.TRANSITIONS),
            ),
            pgtrigger.Protect(
                name="words_stay_as_reviewed",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status__in=workflow.WRITABLE)
                & _changes(
                    "level",
                    "proposed_level",
                    "departure",
                    "summary",
                    "advice",
                    "note",
                    "change_note",
                    "revision",
                    "author",
                    "theme",
                    "coalition",
                ),
            ),
            pgtrigger.Protect(
                name="publication_is_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=workflow.HAS_BEEN_PUBLIC)
                & _changes("published_by", "published_at", "reviewed_by", "reviewed_at"),
            ),
            pgtrigger.Trigger(
                name="a_second_reading_is_done",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__status=workflow.Status.PUBLISHED)
                & pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM assessments_secondreading
                        WHERE assessment_id = NEW.id AND text_edit = NEW.edit_number
                        AND given_at IS NULL AND cancelled_at IS NULL
                    ) OR EXISTS (
                        SELECT 1 FROM (
                            SELECT level, first_level, consensus_level
                            FROM assessments_secondreading
                            WHERE assessment_id = NEW.id AND given_at IS NOT NULL
                            ORDER BY id DESC LIMIT 1
                        ) newest
                        WHERE newest.level <> newest.first_level
                        AND newest.consensus_level IS DISTINCT FROM NEW.level
                    ) THEN
                        RAISE EXCEPTION 'a second reading of this assessment is not done'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_second_reading_is_done';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="what_was_public_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=workflow.HAS_BEEN_PUBLIC),
            ),
        ]

    def __str__(self):
        return f"{self.coalition}, {self.theme}: {self.get_level_display()}"

    @property
    def is_under_way(self):
        return self.status in workflow.UNDER_WAY

    @property
    def is_writable(self):
        return self.status in workflow.WRITABLE
