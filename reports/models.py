"""Reports that are kept: frozen editions, what was withdrawn of them, and zips that the worker makes."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import CharField, F, Func, Q, Value

from municipalities.models import CouncilTerm
from reports.document import from_data


class Kind(models.TextChoices):
    """The kinds of report; the value is the word in its address."""

    MUNICIPALITY = "gemeente", "Gemeenterapport"
    BRIEF = "kort", "Kort overzicht voor de burgemeester"
    THEME = "thema", "Themarapport"
    MEMO = "memo", "Regionale memo"
    COMPARISON = "vergelijking", "Vergelijking van gemeenten"
    TERMS = "toen-en-nu", "Vergelijking van raadsperioden"


class Format(models.TextChoices):
    """The formats of a report, in the order in which they are offered: ODF before DOCX."""

    PDF = "pdf", "PDF"
    ODT = "odt", "ODT"
    DOCX = "docx", "DOCX"
    HTML = "html", "HTML"


def _is_for_good(name):
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)]


class EditionQuerySet(models.QuerySet):
    def of(self, subject):
        """Those of a report; `subject` is a Subject, or another edition of it."""
        return self.filter(kind=subject.kind, year=subject.year, about=subject.about)

    def for_display(self):
        return self.select_related("frozen_by", "withdrawal__withdrawn_by").defer("content")


class Edition(models.Model):
    """A frozen report: every word of it, and its files. It never changes (ADR 42)."""

    kind = models.CharField("soort", max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField("raadsperiode vanaf")
    about = models.CharField("waarover", max_length=400)
    number = models.PositiveSmallIntegerField("editie")
    title = models.CharField("titel", max_length=300)
    note = models.CharField("waarvoor", max_length=200, blank=True)
    content = models.JSONField("inhoud")
    is_fiction = models.BooleanField("verzonnen voorbeeld", default=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="vastgesteld door", related_name="+"
    )
    frozen_at = models.DateTimeField("vastgesteld op", db_default=TransactionNow())

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "editie van een rapport"
        verbose_name_plural = "edities van rapporten"
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "about", "number"], name="one_report_edition_per_number"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="an_edition_is_of_a_known_kind"
            ),
        ]
        triggers = _is_for_good("report_edition_is_for_good")

    def __str__(self):
        return f"{self.title}, editie {self.number}"

    @property
    def document(self):
        """What it says, as blocks."""
        return from_data(self.content)

    @property
    def is_withdrawn(self):
        return hasattr(self, "withdrawal")


class EditionFileQuerySet(models.QuerySet):
    def about(self, municipality, term=None):
        """Those of editions about this municipality alone, in one term or in all."""
        alone = Q(edition__about=municipality.slug) | Q(
            edition__about__startswith=f"{municipality.slug}+"
        )
        kinds = [Kind.MUNICIPALITY, Kind.BRIEF, Kind.TERMS]
        found = self.filter(alone, edition__kind__in=kinds).select_related("edition__withdrawal")
        found = found.order_by("-edition__pk", "pk")
        return found.filter(edition__year=term.start_year) if term else found


class EditionFile(models.Model):
    """The file of an edition in one format, to the byte, with the checksum that proves it."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    format = models.CharField("vorm", max_length=4, choices=Format)
    data = models.BinaryField("bestand")
    sha256 = models.CharField("controlegetal", max_length=64)

    objects = EditionFileQuerySet.as_manager()

    class Meta:
        verbose_name = "bestand van een editie"
        verbose_name_plural = "bestanden van edities"
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "format"], name="one_file_per_format"),
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        Func(F("data"), function="sha256"),
                        Value("hex"),
                        function="encode",
                        output_field=CharField(),
                    )
                ),
                name="a_file_has_its_own_checksum",
            ),
        ]
        triggers = _is_for_good("edition_file_is_for_good")

    def __str__(self):
        return f"{self.edition} ({self.get_format_display()})"


class Withdrawal(models.Model):
    """That an edition doesn't count any more, and why. The edition itself stays."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="withdrawal")
    reason = models.TextField("reden", max_length=1000)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="ingetrokken door", related_name="+"
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", db_default=TransactionNow())

    class Meta:
        verbose_name = "intrekking van een editie"
        verbose_name_plural = "intrekkingen van edities"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_withdrawal_has_a_reason")
        ]
        triggers = _is_for_good("withdrawal_is_for_good")

    def __str__(self):
        return f"{self.edition}, ingetrokken"


class Bundle(models.Model):
    """The reports of all municipalities of a term in one zip, made by the worker and kept for a week."""

    class State(models.TextChoices):
        WAITING = "wacht", "Wacht"
        BUSY = "bezig", "Wordt gemaakt"
        READY = "klaar", "Klaar"
        FAILED = "mislukt", "Mislukt"

    term = models.ForeignKey(CouncilTerm, models.PROTECT, verbose_name="raadsperiode")
    format = models.CharField("vorm", max_length=4, choices=Format, default=Format.PDF)
    state = models.CharField("stand", max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveSmallIntegerField("klaar", default=0)
    total = models.PositiveSmallIntegerField("van", default=0)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    file = models.FileField("bestand", upload_to="bundles", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("grootte in bytes", default=0)
    sha256 = models.CharField("controlegetal", max_length=64, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("gevraagd op", auto_now_add=True)

    class Meta:
        verbose_name = "pakket rapporten"
        verbose_name_plural = "pakketten rapporten"
        ordering = ["-pk"]

    def __str__(self):
        return f"gemeenterapporten {self.term} ({self.get_format_display()})"

    @property
    def is_finished(self):
        return self.state in {self.State.READY, self.State.FAILED}
