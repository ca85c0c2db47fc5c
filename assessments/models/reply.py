"""What the municipality says of a judgement before it is published, and what VRT answers."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.utils import timezone

from agreements.models import AgreementVersion
from assessments.models.assessment import Assessment


class ReplyQuerySet(models.QuerySet):
    def open(self):
        """Those whose round is not closed: the judgement lies with the municipality."""
        return self.filter(closed_at__isnull=True)

    def awaited(self):
        """Those in which the municipality has said nothing yet."""
        return self.open().filter(position="")

    def overdue(self):
        return self.awaited().filter(deadline__lt=timezone.localdate())

    def awaited_from(self, municipality):
        """Those in which this municipality can still say its first word, in time or late."""
        return self.open().filter(
            given_at__isnull=True, assessment__coalition__municipality=municipality
        )

    def with_outcome(self):
        """Those whose round ended with a reply, or with none in time. What a reader may know of."""
        return self.filter(closed_at__isnull=False).exclude(position="")

    def not_literal(self):
        """Those whose quote does not stand at its place; the trigger lets none through, so: none."""
        at_its_place = Substr("version__text", F("start") + 1, F("end") - F("start"))
        quoting = self.filter(version__isnull=False).annotate(at_its_place=at_its_place)
        return quoting.exclude(quote=F("at_its_place"))

    def for_display(self):
        people = ("asked_by", "given_by", "answered_by")
        return self.select_related(*people, "version__agreement").defer(
            "version__text", "version__sections"
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Reply(models.Model):
    """One round of the right of reply on one judgement: asked, given (or not, in time), answered."""

    class Position(models.TextChoices):
        AGREE = "agree", "eens"
        ADDITION = "addition", "eens, met aanvulling"
        DISAGREE = "disagree", "oneens"
        SILENT = "silent", "geen reactie binnen de termijn"

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="replies")
    text_edit = models.PositiveIntegerField(
        "over wijziging"
    )  # the edit number of the words asked about
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("gevraagd op", auto_now_add=True)
    deadline = models.DateField("reageren tot en met")
    reminded_at = models.DateTimeField("herinnerd op", null=True, blank=True)
    position = models.CharField("uw reactie", max_length=10, choices=Position, blank=True)
    text = models.TextField("toelichting", max_length=4000, blank=True)
    # A place in the municipality's own agreement, if wanted; offsets in characters of the version's text.
    version = models.ForeignKey(
        AgreementVersion,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="document",
        related_name="+",
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    page = models.PositiveIntegerField("bladzijde", null=True, blank=True)
    quote = models.TextField("citaat uit uw akkoord", blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField("gereageerd op", null=True, blank=True)
    answer = models.TextField("antwoord van VRT", max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)
    closed_at = models.DateTimeField("gesloten op", null=True, blank=True)
    edit_number = models.PositiveIntegerField("wijziging", default=1)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "reactie"
        verbose_name_plural = "reacties"
        ordering = ["pk"]
        permissions = [
            ("reply_to_assessment", "Mag reageren op beoordelingen van de eigen gemeente")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(closed_at__isnull=True),
                name="one_open_reply_per_assessment",
            ),
            models.CheckConstraint(
                condition=Q(
                    position__in=["", "silent"],
                    given_by__isnull=True,
                    given_at__isnull=True,
                    text="",
                )
                | Q(position="agree", given_by__isnull=False, given_at__isnull=False)
                | (
                    Q(
                        position__in=["addition", "disagree"],
                        given_by__isnull=False,
                        given_at__isnull=False,
                    )
                    & ~Q(text="")
                ),
                name="a_reply_is_given_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="a_reply_is_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(
                    version__isnull=True,
                    start__isnull=True,
                    end__isnull=True,
                    page__isnull=True,
                    quote="",
                )
                | Q(version__isnull=False, page__isnull=False, start__gte=0, end__gt=F("start")),
                name="a_place_of_a_reply_is_whole",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="quote_is_literal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__version__isnull=False),
                func="""
                    IF NEW.quote IS DISTINCT FROM (
                        SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start)
                        FROM agreements_agreementversion WHERE id = NEW.version_id
                    ) THEN
                        RAISE EXCEPTION 'this quote does not stand at its place'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_is_literal';
                    END IF;
                    IF NOT EXISTS (
                        SELECT 1
                        FROM agreements_agreementversion v
                        JOIN agreements_agreement g ON g.id = v.agreement_id
                        JOIN assessments_assessment a ON a.coalition_id = g.coalition_id
                        WHERE v.id = NEW.version_id AND a.id = NEW.assessment_id
                    ) THEN
                        RAISE EXCEPTION 'this document is not of the municipality that replies'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_is_from_own_agreement';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="only_while_in_reply",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM assessments_assessment
                        WHERE id = COALESCE(NEW.assessment_id, OLD.assessment_id)
                        AND status <> 'in_reply'
                    ) THEN
                        RAISE EXCEPTION 'this assessment does not lie with the municipality'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'only_while_in_reply';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self):
        return self.get_position_display() or "nog geen reactie"

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def is_late(self):
        """Whether the deadline has passed without a word."""
        return not self.position and self.days_left < 0

    @property
    def days_left(self):
        """How many days after today the municipality has; negative when the deadline has passed."""
        return (self.deadline - timezone.localdate()).days

    @property
    def needs_answer(self):
        """Whether the municipality said something that VRT has to answer, and hasn't."""
        asks = self.position in {self.Position.ADDITION, self.Position.DISAGREE}
        return asks and not self.answer
