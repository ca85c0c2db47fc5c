"""Advice: what a municipality asks VRT, what VRT answers, and what of it is there for everyone."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assessments.advising import ANSWER, ASK, PUBLISH, AdviceState, transitions
from municipalities.models import CouncilTerm, Municipality
from themes.models import Theme


class AdviceRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of them for VRT; for a municipality's people their own; for nobody else any."""
        if user.has_perm(ANSWER) or user.has_perm(PUBLISH):
            return self
        if user.has_perm(ASK) and user.municipality_id:
            return self.filter(municipality=user.municipality_id)
        return self.none()

    def for_display(self):
        return self.select_related("municipality", "theme", "asked_by", "assigned_to")

    def with_question(self):
        """With the words of the first question, as `question`."""
        first = AdviceMessage.objects.filter(request=models.OuterRef("pk")).order_by("pk")
        return self.annotate(question=models.Subquery(first.values("text")[:1]))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AdviceRequest(models.Model):
    """A municipality's question to VRT. Only that municipality and VRT see it (advising.py)."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="gemeente")
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, verbose_name="thema", related_name="+"
    )
    wanted_before = models.DateField("graag antwoord voor", null=True, blank=True)
    state = models.CharField("stand", max_length=10, choices=AdviceState, default=AdviceState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="gevraagd door", related_name="+"
    )
    asked_at = models.DateTimeField("gevraagd op", auto_now_add=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="in behandeling bij",
        related_name="+",
    )
    is_fiction = models.BooleanField("verzonnen voorbeeld", default=False)
    edit_number = models.PositiveIntegerField("wijziging", default=1)

    objects = AdviceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "adviesvraag"
        verbose_name_plural = "adviesvragen"
        ordering = ["-pk"]
        permissions = [
            ("answer_advicerequest", "Mag adviesvragen beantwoorden"),
            ("publish_advice", "Mag een antwoord publiceren als advies"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "closed"]) | Q(assigned_to__isnull=False),
                name="advice_is_given_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AdviceState.values), name="advice_state_is_one_of_four"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="advice_goes_its_way", field="state", transitions=transitions())
        ]

    def __str__(self):
        return f"{self.municipality}: {self.theme or 'veiligheid in het algemeen'}"

    def get_absolute_url(self):
        return reverse("assessments:advice-request", args=[self.pk])


class AdviceMessageQuerySet(models.QuerySet):
    def sent(self):
        """What both sides read: an answer that is still being written is not in here."""
        return self.filter(sent_at__isnull=False)

    def drafts(self):
        return self.filter(sent_at__isnull=True)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AdviceMessage(models.Model):
    """A question or an answer. Once sent it never changes; an answer that isn't sent is VRT's alone."""

    request = models.ForeignKey(AdviceRequest, models.PROTECT, related_name="messages")
    is_answer = models.BooleanField("antwoord", default=False)
    text = models.TextField("tekst", max_length=8000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="geschreven door", related_name="+"
    )
    saved_at = models.DateTimeField("opgeslagen op", auto_now=True)
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)

    objects = AdviceMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht bij een adviesvraag"
        verbose_name_plural = "berichten bij een adviesvraag"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(sent_at__isnull=True),
                name="one_draft_answer_per_request",
            ),
            models.CheckConstraint(
                condition=Q(is_answer=True) | Q(sent_at__isnull=False),
                name="a_question_is_sent_at_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="sent_is_for_good",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__sent_at__isnull=False),
            )
        ]

    def __str__(self):
        return self.text[:60]


class PublishedAdviceQuerySet(models.QuerySet):
    def public(self):
        """What every reader may read."""
        return self.filter(withdrawn_at__isnull=True)

    def for_display(self):
        return self.select_related("theme", "term", "answer__request__municipality")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PublishedAdvice(models.Model):
    """An answer that an editor made into advice for everyone, in words of its own."""

    answer = models.ForeignKey(
        AdviceMessage, models.PROTECT, verbose_name="antwoord", related_name="published"
    )
    # Copied from the answer, so that a constraint can see it.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="geschreven door", related_name="+"
    )
    term = models.ForeignKey(CouncilTerm, models.PROTECT, verbose_name="raadsperiode")
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, verbose_name="thema", related_name="+"
    )
    title = models.CharField("titel", max_length=150)
    text = models.TextField("advies", max_length=8000)
    names_municipality = models.BooleanField("noem de gemeente", default=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="gepubliceerd door", related_name="+"
    )
    published_at = models.DateTimeField("gepubliceerd op", auto_now_add=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    is_fiction = models.BooleanField("verzonnen voorbeeld", default=False)

    objects = PublishedAdviceQuerySet.as_manager()

    class Meta:
        verbose_name = "advies"
        verbose_name_plural = "adviezen"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(published_by=F("author")), name="nobody_publishes_own_advice"
            ),
            models.UniqueConstraint(
                fields=["answer"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_public_advice_per_answer",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("assessments:advice", args=[self.pk])
