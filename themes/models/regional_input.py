"""What the region asks per council term: ambitions, focus points and partners, in editions."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import F, Q

from municipalities.models import CouncilTerm
from themes.models.theme import Theme


class RegionalInputQuerySet(models.QuerySet):
    def with_newest_edition(self):
        """With the number and the day of the newest edition, as `edition_number` and `edition_at`."""
        newest = InputEdition.objects.filter(regional_input=models.OuterRef("pk"))
        newest = newest.order_by("-number")
        return self.annotate(
            edition_number=models.Subquery(newest.values("number")[:1]),
            edition_at=models.Subquery(newest.values("published_at")[:1]),
        )


class RegionalInput(models.Model):
    """What the safety region asks of the coalitions of one council term, with its date.

    This row, its ambitions and its focus points are what was published last; what advisors are working
    on stands apart, in the draft (ADR 28).
    """

    term = models.OneToOneField(CouncilTerm, models.PROTECT, verbose_name="raadsperiode")
    title = models.CharField("titel", max_length=200)
    dated = models.DateField("datum", null=True, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="kopie van", related_name="+"
    )

    objects = RegionalInputQuerySet.as_manager()

    class Meta:
        verbose_name = "regionale inbreng"
        verbose_name_plural = "regionale inbrengen"
        ordering = ["-term__start_year"]
        permissions = [("publish_regionalinput", "Mag regionale inbreng publiceren")]

    def __str__(self):
        return f"{self.title} ({self.term})"

    @property
    def newest(self):
        """The newest edition, if there is one."""
        return self.editions.select_related("published_by").order_by("-number").first()

    def as_published(self):
        """What the newest edition says; without one, what the rows say."""
        newest = self.newest
        return newest.content if newest else self.as_document()

    def as_document(self):
        """What these rows say, in the shape of document.py."""
        themes = {theme.key: {"ambition": "", "focus_points": []} for theme in Theme.objects.all()}
        for ambition in self.ambitions.select_related("theme"):
            themes[ambition.theme.key]["ambition"] = ambition.text
        for point in self.focus_points.filter(is_dropped=False).select_related("theme"):
            themes[point.theme.key]["focus_points"].append(
                {"key": point.slug, "name": point.name, "description": point.description}
            )
        partners = Partner.objects.prefetch_related("themes").exclude(themes=None)
        return {
            "title": self.title,
            "dated": self.dated.isoformat() if self.dated else "",
            "source": self.source,
            "partners": [
                {
                    "key": str(partner.pk),
                    "name": partner.name,
                    "themes": [theme.key for theme in partner.themes.all()],
                }
                for partner in partners
            ],
            "themes": themes,
        }


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class InputDraft(models.Model):
    """What advisors are making of a regional input; no content when nothing waits to be published.

    The row stays, because its edit number has to go on: a page that was open over a publication must
    not be taken for a fresh one. `edits` has per section the edit at which it changed last.
    """

    regional_input = models.OneToOneField(
        RegionalInput, models.CASCADE, verbose_name="regionale inbreng", related_name="draft"
    )
    content = models.JSONField("inhoud", null=True)
    edits = models.JSONField("wijziging per onderdeel", default=dict)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name="opgeslagen door",
        related_name="+",
    )
    saved_at = models.DateTimeField("opgeslagen op", auto_now=True)
    edit_number = models.PositiveIntegerField("wijziging", default=0)

    class Meta:
        verbose_name = "concept van een regionale inbreng"
        verbose_name_plural = "concepten van regionale inbreng"
        constraints = [
            models.CheckConstraint(
                condition=Q(content__isnull=True, author__isnull=True)
                | Q(content__isnull=False, author__isnull=False),
                name="a_draft_of_an_input_has_an_author",
            )
        ]

    def __str__(self):
        return f"concept van {self.regional_input}"


class InputEdition(models.Model):
    """One published edition of a regional input: who made it, who published it, and every word of it.

    It never changes. The first edition of an input that came with the portal has no people.
    """

    regional_input = models.ForeignKey(
        RegionalInput, models.PROTECT, verbose_name="regionale inbreng", related_name="editions"
    )
    number = models.PositiveSmallIntegerField("editie")
    content = models.JSONField("inhoud")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name="geschreven door",
        related_name="+",
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name="gepubliceerd door",
        related_name="+",
    )
    # The time of the transaction, so that the history of the draft has the very same.
    published_at = models.DateTimeField("gepubliceerd op", db_default=TransactionNow())

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        ordering = ["regional_input", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["regional_input", "number"], name="one_edition_per_number"
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=True, published_by__isnull=True, number=1)
                | (
                    Q(author__isnull=False, published_by__isnull=False)
                    & ~Q(published_by=F("author"))
                ),
                name="nobody_publishes_own_input",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="edition_is_for_good", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"editie {self.number} van {self.regional_input}"


class Ambition(models.Model):
    """What the region wants with one theme, in one regional input."""

    regional_input = models.ForeignKey(
        RegionalInput, models.CASCADE, verbose_name="regionale inbreng", related_name="ambitions"
    )
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thema")
    text = models.TextField("ambitie")

    class Meta:
        verbose_name = "ambitie"
        verbose_name_plural = "ambities"
        ordering = ["theme__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["regional_input", "theme"], name="one_ambition_per_theme_and_input"
            )
        ]

    def __str__(self):
        return self.text


class FocusPointQuerySet(models.QuerySet):
    def for_term(self, term):
        """Those of the newest edition; what was dropped stays only for codings that have it."""
        return self.filter(regional_input__term=term, is_dropped=False).select_related("theme")


class FocusPoint(models.Model):
    """One concrete wish under a theme. It belongs to a dated input, because the next one differs.

    The slug is its identity over editions; name and description are those of the newest edition that
    has it.
    """

    regional_input = models.ForeignKey(
        RegionalInput, models.CASCADE, verbose_name="regionale inbreng", related_name="focus_points"
    )
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thema")
    slug = models.SlugField(max_length=40)
    name = models.CharField("aandachtspunt", max_length=100)
    description = models.TextField("uitleg", blank=True)
    position = models.PositiveSmallIntegerField("volgorde")
    is_dropped = models.BooleanField("vervallen", default=False)

    objects = FocusPointQuerySet.as_manager()

    class Meta:
        verbose_name = "aandachtspunt"
        verbose_name_plural = "aandachtspunten"
        ordering = ["theme__number", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["regional_input", "theme", "slug"], name="one_focus_point_per_slug"
            )
        ]

    def __str__(self):
        return self.name


class Partner(models.Model):
    """An organisation or network in which the work on one or more themes is done."""

    name = models.CharField("naam", max_length=100, unique=True)
    themes = models.ManyToManyField(Theme, verbose_name="thema’s", related_name="partners")

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partners"
        ordering = ["name"]

    def __str__(self):
        return self.name
