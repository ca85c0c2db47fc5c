"""What search keeps: where which words stand, the words themselves, what was asked, and saved searches.

The first two are filled by triggers (migration 0001, ADR 35); nothing else writes them.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from agreements.models import AgreementVersion, Passage
from assessments.models import Assessment, PublishedAdvice, Reply


class Entry(models.Model):
    """The words of one text that could be found, as stems with their places; the text itself stays where it is.

    Entries hold what isn't public too. What a reader may find is decided when somebody asks (hits.py).
    """

    class Kind(models.TextChoices):
        PAGE = "page", "bladzijde"
        QUOTE = "quote", "citaat"
        SUMMARY = "summary", "samenvatting"
        ADVICE = "advice", "advies aan de gemeente"
        REPLY = "reply", "reactie van de gemeente"
        ANSWER = "answer", "antwoord van VRT"
        PUBLIC = "public", "advies voor iedereen"

    kind = models.CharField(max_length=8, choices=Kind)
    version = models.ForeignKey(AgreementVersion, models.CASCADE, null=True, related_name="+")
    page = models.PositiveIntegerField(null=True)
    passage = models.ForeignKey(Passage, models.CASCADE, null=True, related_name="+")
    assessment = models.ForeignKey(Assessment, models.CASCADE, null=True, related_name="+")
    reply = models.ForeignKey(Reply, models.CASCADE, null=True, related_name="+")
    advice = models.ForeignKey(PublishedAdvice, models.CASCADE, null=True, related_name="+")
    words = SearchVectorField()

    class Meta:
        verbose_name = "vindplaats"
        verbose_name_plural = "vindplaatsen"
        indexes = [GinIndex(fields=["words"], name="search_entry_words")]

    def __str__(self):
        return f"{self.kind} {self.pk}"


class Word(models.Model):
    """A word that stands in some text, public or not: never shown before it is found in a public one."""

    word = models.CharField(max_length=40, primary_key=True)
    folded = models.CharField(max_length=40)
    stem = models.CharField(max_length=40, db_index=True)
    grams = ArrayField(models.TextField())  # every three letters in a row

    class Meta:
        verbose_name = "woord"
        verbose_name_plural = "woorden"
        indexes = [GinIndex(fields=["grams"], name="search_word_grams")]

    def __str__(self):
        return self.word


class AskedQuerySet(models.QuerySet):
    def recent(self):
        return self.filter(day__gt=timezone.localdate() - Asked.KEPT)

    def summed(self):
        """Per question how often it was asked, and how much the last one found."""
        newest = Asked.objects.filter(question=models.OuterRef("question")).order_by("-day")
        return (
            self.order_by()
            .values("question")
            .annotate(times=Sum("times"), found=models.Subquery(newest.values("found")[:1]))
        )


class Asked(models.Model):
    """What was asked on a day, and nothing about who asked (ADR 36)."""

    KEPT = timedelta(days=90)
    KEPT_WHEN_RARE = timedelta(days=30)
    RARE = 3  # a question that was asked less often is never shown

    day = models.DateField("dag")
    question = models.CharField("vraag", max_length=80)
    times = models.PositiveIntegerField("keer gevraagd", default=1)
    found = models.PositiveIntegerField("gevonden")

    objects = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = "zoekvraag"
        verbose_name_plural = "zoekvragen"
        constraints = [
            models.UniqueConstraint(fields=["day", "question"], name="one_row_per_question_a_day")
        ]

    def __str__(self):
        return self.question


class SavedSearchQuerySet(models.QuerySet):
    def due(self):
        """Those of which a mail may go out today: one a day at most, to who can still sign in."""
        return self.filter(
            Q(mailed_at__isnull=True) | Q(mailed_at__date__lt=timezone.localdate()),
            owner__is_active=True,
        ).exclude(owner__email="")


class SavedSearch(models.Model):
    """A search that somebody keeps, to be told when something new can be found by it."""

    MOST = 20  # per person

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField("naam", max_length=80)
    query = models.CharField("adres", max_length=500)  # what stands behind the ? in the address
    created_at = models.DateTimeField("bewaard op", auto_now_add=True)
    seen_at = models.DateTimeField("bekeken op", default=timezone.now)
    mailed_at = models.DateTimeField("gemaild op", null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "bewaarde zoekopdracht"
        verbose_name_plural = "bewaarde zoekopdrachten"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "query"],
                name="one_search_is_saved_once",
                violation_error_message="U hebt deze zoekopdracht al bewaard.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def told_until(self):
        """Until when its owner knows what there is: by looking, or by a mail."""
        return max(self.seen_at, self.mailed_at or self.seen_at)
