"""A second, blind reading of a judgement, and what came of a difference."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from assessments import workflow
from assessments.models.assessment import Assessment, Level


class Draw(models.Model):
    """One time that second readings were asked: by whom, of what, and how the lot fell.

    Pool, share and seed give the same lot again (`reliability.draw`), so anyone can check it. Without a share
    nothing was drawn: the pool is what the editor chose.
    """

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("gevraagd op", auto_now_add=True)
    share = models.PositiveSmallIntegerField("deel in procenten", null=True, blank=True)
    pool = models.JSONField("waaruit")  # [assessment, ...]
    seed = models.BigIntegerField("startgetal van de loting")

    class Meta:
        verbose_name = "loting"
        verbose_name_plural = "lotingen"
        triggers = [
            pgtrigger.Protect(name="a_draw_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.share}%" if self.share else "gekozen"


class SecondReadingQuerySet(models.QuerySet):
    def for_term(self, term):
        return self.filter(assessment__coalition__term=term)

    def candidates(self, term):
        """The assessments of a term that could be read a second time now.

        Not what was ever published: its level is known, so nobody could read its correction blind.
        """
        of_same = {"coalition": OuterRef("coalition"), "theme": OuterRef("theme")}
        public = Assessment.objects.filter(status__in=workflow.HAS_BEEN_PUBLIC, **of_same)
        of_this_text = self.filter(
            assessment=OuterRef("pk"), text_edit=OuterRef("edit_number"), cancelled_at__isnull=True
        )
        return Assessment.objects.for_term(term).filter(
            ~Exists(public), ~Exists(of_this_text), status__in=workflow.ACTS["ask-second"].states
        )

    def open(self):
        """Those still to be given, of words that are still the same."""
        return self.filter(
            given_at__isnull=True,
            cancelled_at__isnull=True,
            text_edit=F("assessment__edit_number"),
        )

    def given(self):
        return self.filter(given_at__isnull=False)

    def unsettled(self):
        """Given, with another level than the first, and nothing agreed on yet."""
        return self.given().exclude(level=F("first_level")).filter(consensus_at__isnull=True)

    def blinding(self, person):
        """The open ones of this person: until they are given, the first reading is not for these eyes."""
        return self.open().filter(reader=person)

    def by_assessment(self):
        """These by the number of their assessment, in one query."""
        return {reading.assessment_id: reading for reading in self}

    def waiting_for(self, person):
        """What this person is to read blind, or to settle with the other reader; what waits longest first."""
        to_settle = self.unsettled().filter(Q(reader=person) | Q(first_reader=person))
        return (self.blinding(person) | to_settle).for_display().order_by("pk")

    def for_display(self):
        return self.select_related(
            "assessment__coalition__municipality",
            "assessment__coalition__term",
            "assessment__theme",
            "draw__asked_by",
            "reader",
            "first_reader",
            "consensus_by",
            "cancelled_by",
        )

    def obstacle_to_publishing(self, assessment):
        """Why a judgement can't be published on account of its second reading, or nothing. The newest counts."""
        about = self.filter(assessment=assessment)
        if waiting := about.open().select_related("reader").first():
            return (
                f"{waiting.reader} leest deze beoordeling nog een tweede keer. "
                "Wacht op die lezing, of trek haar in bij “Tweede lezing”."
            )
        last = about.given().order_by("-pk").first()
        if last is None or last.is_equal:
            return ""
        if last.consensus_at is None:
            return (
                "De twee lezingen verschillen, en er is nog geen consensus. "
                "Leg eerst de consensus vast bij “Tweede lezing”."
            )
        if last.consensus_level != assessment.level:
            return (
                f"De consensus na de tweede lezing is “{last.get_consensus_level_display()}”. Het oordeel is "
                f"“{assessment.get_level_display()}”. Stuur de beoordeling terug, en laat de adviseur het oordeel wijzigen."
            )
        return ""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SecondReading(models.Model):
    """One advisor reads what another judged, without knowing how.

    Given, it keeps both levels for good, the first as it was at that moment. It is outdated, and never given,
    when the words changed since it was asked.
    """

    class Standing(models.TextChoices):
        OPEN = "open", "open"
        OUTDATED = "outdated", "vervallen"
        CANCELLED = "cancelled", "ingetrokken"
        EQUAL = "equal", "gelijk"
        DIFFERENT = "different", "verschil"
        SETTLED = "settled", "consensus"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="second_readings")
    text_edit = models.PositiveIntegerField("over wijziging")  # the edit number of the words
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="tweede lezer"
    )
    level = models.PositiveSmallIntegerField("uw oordeel", choices=Level, null=True, blank=True)
    reason = models.TextField("waarom", max_length=1000, blank=True)
    first_level = models.PositiveSmallIntegerField(
        "eerste oordeel", choices=Level, null=True, blank=True
    )
    first_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField("gegeven op", null=True, blank=True)
    consensus_level = models.PositiveSmallIntegerField(
        "consensus", choices=Level, null=True, blank=True
    )
    consensus_reason = models.TextField("waarom", max_length=1000, blank=True)
    consensus_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    consensus_at = models.DateTimeField("consensus op", null=True, blank=True)
    cancelled_why = models.TextField("waarom ingetrokken", max_length=1000, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = SecondReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "tweede lezing"
        verbose_name_plural = "tweede lezingen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "text_edit"],
                condition=Q(cancelled_at__isnull=True),
                name="one_second_reading_per_text",
            ),
            models.CheckConstraint(
                condition=Q(
                    given_at__isnull=True,
                    level__isnull=True,
                    first_level__isnull=True,
                    first_reader__isnull=True,
                    reason="",
                )
                | (
                    Q(
                        given_at__isnull=False,
                        level__in=[0, 1, 2, 3],
                        first_level__in=[0, 1, 2, 3],
                        first_reader__isnull=False,
                    )
                    & ~Q(reason="")
                ),
                name="a_second_reading_is_given_whole",
            ),
            models.CheckConstraint(
                condition=Q(first_reader__isnull=True) | ~Q(first_reader=F("reader")),
                name="nobody_reads_own_work_again",
            ),
            models.CheckConstraint(
                condition=Q(
                    consensus_at__isnull=True,
                    consensus_level__isnull=True,
                    consensus_by__isnull=True,
                    consensus_reason="",
                )
                | (
                    Q(
                        consensus_at__isnull=False,
                        consensus_level__in=[0, 1, 2, 3],
                        consensus_by__isnull=False,
                        given_at__isnull=False,
                    )
                    & ~Q(level=F("first_level"))
                    & ~Q(consensus_reason="")
                ),
                name="a_consensus_follows_a_difference",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_why="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False, given_at__isnull=True)
                    & ~Q(cancelled_why="")
                ),
                name="a_second_reading_is_cancelled_by_someone",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="asked_of_someone_else",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM assessments_assessment
                        WHERE id = NEW.assessment_id AND edit_number = NEW.text_edit
                        AND author_id <> NEW.reader_id
                        AND status IN ('in_review', 'in_reply', 'ready')
                    ) THEN
                        RAISE EXCEPTION 'a second reading is by someone else, of the words as they are'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'asked_of_someone_else';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="keeps_the_first_reading",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__given_at__isnull=False),
                func="""
                    IF (TG_OP = 'INSERT' OR OLD.given_at IS NULL) AND NOT EXISTS (
                        SELECT 1 FROM assessments_assessment
                        WHERE id = NEW.assessment_id AND edit_number = NEW.text_edit
                        AND level = NEW.first_level AND author_id = NEW.first_reader_id
                    ) THEN
                        RAISE EXCEPTION 'a second reading keeps the first as it is'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'keeps_the_first_reading';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="what_was_asked_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.assessment_id, OLD.text_edit, OLD.draw_id, OLD.reader_id) "
                    "IS DISTINCT FROM (NEW.assessment_id, NEW.text_edit, NEW.draw_id, NEW.reader_id))"
                ),
            ),
            pgtrigger.Protect(
                name="both_readings_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "(OLD.given_at IS NOT NULL AND "
                    "(OLD.level, OLD.reason, OLD.first_level, OLD.first_reader_id, OLD.given_at) IS DISTINCT FROM "
                    "(NEW.level, NEW.reason, NEW.first_level, NEW.first_reader_id, NEW.given_at))"
                ),
            ),
            pgtrigger.Protect(
                name="what_ended_it_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "(OLD.consensus_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL)"
                ),
            ),
            pgtrigger.Protect(name="a_second_reading_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"tweede lezing door {self.reader}"

    @property
    def is_open(self):
        return not (self.given_at or self.cancelled_at or self.is_outdated)

    @property
    def is_outdated(self):
        """Whether the words changed before it was given. Needs the assessment."""
        return (
            self.given_at is None
            and self.cancelled_at is None
            and self.text_edit != self.assessment.edit_number
        )

    @property
    def is_equal(self):
        return self.given_at is not None and self.level == self.first_level

    @property
    def is_different(self):
        return self.given_at is not None and self.level != self.first_level

    @property
    def standing(self):
        """Where this reading is. Needs the assessment."""
        if self.cancelled_at:
            return self.Standing.CANCELLED
        if self.is_outdated:
            return self.Standing.OUTDATED
        if self.given_at is None:
            return self.Standing.OPEN
        if self.is_equal:
            return self.Standing.EQUAL
        return self.Standing.SETTLED if self.consensus_at else self.Standing.DIFFERENT

    @property
    def is_binding(self):
        """Whether the consensus asks for another level than the judgement has now."""
        return self.consensus_at is not None and self.consensus_level != self.assessment.level

    def may_settle(self, person):
        """Whether this person may record what was agreed on: either reader, or an editor."""
        return person.pk in {self.reader_id, self.first_reader_id} or person.has_perm(
            workflow.EDITOR
        )

    @property
    def first_words(self):
        """The first reading's words as they were when this one was asked, from the history (ADR 5)."""
        events = Assessment.pgh_event_model.objects
        return (
            events.filter(id=self.assessment_id, edit_number=self.text_edit)
            .order_by("pgh_id")
            .only("summary", "departure")
            .last()
        )
