"""Agreements, their uploaded versions, and the pages of a version."""

from typing import NamedTuple

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from municipalities.models import Coalition


class AgreementQuerySet(models.QuerySet):
    def for_term(self, term):
        return self.filter(coalition__term=term)

    def for_display(self):
        """With coalition and versions, without the versions' long texts."""
        return self.select_related("coalition__municipality", "coalition__term").prefetch_related(
            models.Prefetch(
                "versions", AgreementVersion.objects.without_text().with_open_anchorings()
            )
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Agreement(models.Model):
    """One document of one coalition, such as a coalition agreement or a work programme."""

    class Kind(models.TextChoices):
        COALITION = "coalitieakkoord", "Coalitieakkoord"
        COUNCIL = "raadsakkoord", "Raadsakkoord"
        GOVERNING = "bestuursakkoord", "Bestuursakkoord"
        EXECUTIVE = "collegeprogramma", "Collegeprogramma"
        WORK = "werkprogramma", "Werkprogramma"
        OTHER = "anders", "Ander document"

    coalition = models.ForeignKey(
        Coalition, models.PROTECT, verbose_name="coalitie", related_name="agreements"
    )
    title = models.CharField("titel", max_length=200)
    kind = models.CharField("soort", max_length=20, choices=Kind, default=Kind.COALITION)
    adopted_on = models.DateField("datum", null=True, blank=True)
    source_url = models.URLField("vindplaats op internet", max_length=500, blank=True)
    is_fiction = models.BooleanField("verzonnen voorbeeld", default=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "akkoord"
        verbose_name_plural = "akkoorden"
        ordering = ["coalition__municipality__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "title"],
                name="one_title_once_per_coalition",
                violation_error_message="Deze coalitie heeft al een akkoord met deze titel.",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:agreement", args=[self.pk])

    @property
    def current(self):
        """The newest version that can be read, or None."""
        ready = [v for v in self.versions.all() if v.state == AgreementVersion.State.READY]
        return max(ready, key=lambda version: version.number, default=None)

    @property
    def latest(self):
        """The newest version in whatever state, or None."""
        return max(self.versions.all(), key=lambda version: version.number, default=None)


class AgreementVersionQuerySet(models.QuerySet):
    def without_text(self):
        """Leave out the long text; a list of versions doesn't need it."""
        return self.defer("text", "sections")

    def ready(self):
        return self.filter(state=AgreementVersion.State.READY)

    def unfinished(self):
        return self.filter(
            state__in=[AgreementVersion.State.WAITING, AgreementVersion.State.READING]
        )

    def current(self):
        """The newest readable version of each agreement."""
        newest = (
            AgreementVersion.objects.ready()
            .filter(agreement=models.OuterRef("agreement"))
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(newest))

    def with_open_anchorings(self):
        """With `waiting`: of how many older passages someone must decide what becomes of them here."""
        is_open = Q(anchorings__decision="open")
        return self.annotate(waiting=models.Count("anchorings", filter=is_open))

    def of_coalition(self, coalition):
        return self.filter(agreement__coalition=coalition).select_related("agreement")


def stored_as(version, filename):
    """Where an uploaded file is kept: a name made here, never the name that came in."""
    return f"agreements/{version.sha256[:2]}/{version.sha256}"


class Span(NamedTuple):
    """A page as a slice of its version's text."""

    number: int
    start: int
    end: int


class AgreementVersion(models.Model):
    """One uploaded file of an agreement. Once read it never changes; a newer file is a newer version.

    Offsets everywhere count characters (code points) in `text`; a page is a slice of it (ADR 2).
    """

    class State(models.TextChoices):
        WAITING = "wacht", "Wacht op verwerking"
        READING = "bezig", "Wordt verwerkt"
        READY = "klaar", "Klaar"
        REFUSED = "geweigerd", "Geweigerd"

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="akkoord", related_name="versions"
    )
    number = models.PositiveSmallIntegerField("versie")
    file = models.FileField("bestand", upload_to=stored_as, max_length=200, blank=True)
    original_name = models.CharField("bestandsnaam", max_length=200)
    sha256 = models.CharField("controlegetal", max_length=64)
    size = models.PositiveIntegerField("grootte in bytes")
    media_type = models.CharField("soort bestand", max_length=100, blank=True)
    state = models.CharField("stand", max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField("reden van weigering", blank=True)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    pages_read = models.PositiveIntegerField("bladzijden gelezen", default=0)
    page_count = models.PositiveIntegerField("bladzijden", default=0)
    has_text = models.BooleanField("bevat tekst", default=False)
    text = models.TextField("tekst", blank=True)
    sections = models.JSONField("hoofdstukken", default=list, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField("geüpload op", auto_now_add=True)
    read_at = models.DateTimeField("verwerkt op", null=True, blank=True)

    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering = ["agreement_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(state="geweigerd"), name="one_version_per_file"
            ),
            models.CheckConstraint(
                condition=Q(state="geweigerd") ^ Q(reason=""), name="a_refusal_has_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="ready_is_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="klaar")
                & (
                    pgtrigger.Q(old__text__df=pgtrigger.F("new__text"))
                    | pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
                    | pgtrigger.Q(old__sections__df=pgtrigger.F("new__sections"))
                    | pgtrigger.Q(new__state__df="klaar")
                ),
            )
        ]

    def __str__(self):
        return f"{self.agreement}, versie {self.number}"

    def get_absolute_url(self):
        return reverse("agreements:version", args=[self.pk])

    @property
    def is_ready(self):
        return self.state == self.State.READY

    @property
    def newer(self):
        """The newest version that can be read, if that is a newer one than this, or None."""
        return (
            AgreementVersion.objects.ready()
            .without_text()
            .filter(agreement=self.agreement_id, number__gt=self.number)
            .order_by("-number")
            .first()
        )

    @property
    def is_refused(self):
        return self.state == self.State.REFUSED

    @property
    def headings(self):
        """The level of each heading by where it begins in the text."""
        return {section["start"]: section["level"] for section in self.sections}

    @property
    def sheet_sizes(self):
        """The width and height of each page in points; for the page view of a PDF."""
        return list(self.pages.values_list("width", "height"))

    @cached_property
    def spans(self):
        """Where each page begins and ends in the text, without the rest of it; it never changes."""
        rows = self.pages.order_by("number").values_list("number", "start", "end")
        return [Span(*row) for row in rows]

    @property
    def page_numbers(self):
        return range(1, self.page_count + 1)

    @property
    def progress(self):
        """How far the reading is, in whole percents, as far as known."""
        return round(100 * self.pages_read / self.page_count) if self.page_count else 0


class PageQuerySet(models.QuerySet):
    def without_words(self):
        return self.defer("words")


class Page(models.Model):
    """One page: a slice of the version's text, and where each word stands on the paper."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField("bladzijde")
    start = models.PositiveIntegerField("begin in de tekst")
    end = models.PositiveIntegerField("einde in de tekst")
    width = models.FloatField("breedte in punten", null=True)
    height = models.FloatField("hoogte in punten", null=True)
    # [[start, end, x0, y0, x1, y1], ...]: offsets in the version's text, boxes in PDF points from the
    # top left of the page as shown.
    words = models.JSONField("woorden", default=list)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = "bladzijde"
        verbose_name_plural = "bladzijden"
        ordering = ["version_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_page_per_number"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="page_runs_forward"),
        ]
        triggers = [pgtrigger.Protect(name="page_is_for_good", operation=pgtrigger.Update)]

    def __str__(self):
        return f"blz. {self.number}"

    @property
    def on_paper(self):
        """Where its words stand on the paper; for the page view."""
        names = ("number", "start", "width", "height", "words")
        return {name: getattr(self, name) for name in names}
