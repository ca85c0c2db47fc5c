"""What the API keeps: tokens, how often each was used this minute, and what changed for readers."""

import secrets
from datetime import timedelta
from hashlib import sha256

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from municipalities.models import Coalition
from themes.models import Theme

MARK = "vrt_"  # so that who finds one, or looks for leaked ones, knows what it is


def longest():
    """The last day that a new token may work: in a year at most."""
    return timezone.localdate() + timedelta(days=365)


def within_a_year(day):
    """Raise ValidationError for a day on which a new token may not end."""
    if day < timezone.localdate():
        raise ValidationError("Deze dag is voorbij. Kies vandaag of een dag daarna.")
    if day > longest():
        raise ValidationError("Een token werkt hoogstens een jaar. Kies een eerdere dag.")


class TokenQuerySet(models.QuerySet):
    def of_secret(self, secret):
        """The one that has this secret, whether it still works or not."""
        return self.filter(digest=digest_of(secret))

    def live(self):
        """Those that are neither revoked nor over."""
        return self.filter(revoked_at__isnull=True, expires_on__gte=timezone.localdate())


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=["digest", "last_used_on"]
)
class Token(models.Model):
    """What a program shows to read in someone's name. The secret itself is nowhere; a revoked one stays."""

    MOST = 10  # live ones per person

    class Scope(models.TextChoices):
        READ = "lezen", "Lezen wat gepubliceerd is"
        SEARCH = "zoeken", "Zoeken in wat gepubliceerd is"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="van", related_name="+"
    )
    name = models.CharField("naam", max_length=80)
    prefix = models.CharField("begin", max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(
        models.CharField(max_length=10, choices=Scope), verbose_name="wat het token mag", size=2
    )
    created_at = models.DateTimeField("gemaakt op", auto_now_add=True)
    expires_on = models.DateField("werkt tot en met", validators=[within_a_year])
    last_used_on = models.DateField("laatst gebruikt op", null=True, blank=True)
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = "token"
        verbose_name_plural = "tokens"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=["lezen", "zoeken"], scopes__len__gt=0),
                name="a_token_may_do_something_known",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="revoked_is_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False)
                & pgtrigger.Q(old__revoked_at__df=pgtrigger.F("new__revoked_at")),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_live(self):
        return self.revoked_at is None and self.expires_on >= timezone.localdate()

    def give_secret(self):
        """Make the secret of a new token, 256 bits by chance, and return it: nobody can later."""
        secret = MARK + secrets.token_urlsafe(32)
        self.prefix, self.digest = secret[:10], digest_of(secret)
        return secret

    def revoke(self):
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])


def digest_of(secret):
    """A hash without salt will do: nobody guesses 256 bits."""
    return sha256(secret.encode()).hexdigest()


class Tally(models.Model):
    """How many requests one token, or one address (as a keyed hash), took of a minute (limits.py)."""

    who = models.CharField(max_length=64)
    minute = models.DateTimeField("minuut")
    times = models.PositiveIntegerField("keer")

    class Meta:
        verbose_name = "telling"
        verbose_name_plural = "tellingen"
        constraints = [
            models.UniqueConstraint(fields=["who", "minute"], name="one_tally_per_minute")
        ]

    def __str__(self):
        return f"{self.times} keer"


class ChangeQuerySet(models.QuerySet):
    def for_display(self):
        return self.select_related("coalition__municipality", "coalition__term", "theme")


class Change(models.Model):
    """A judgement was published, revised or withdrawn: one row each, written by a trigger (ADR 50).

    The numbers run in the order in which readers could see it: none is ever put in before one that was seen.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "gepubliceerd", "gepubliceerd"
        REVISED = "herzien", "herzien"
        WITHDRAWN = "ingetrokken", "ingetrokken"

    at = models.DateTimeField("op")
    kind = models.CharField("wat", max_length=12, choices=Kind)
    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField("herziening")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["coalition", "theme", "-id"], name="newest_change_of_judgement")
        ]
        triggers = [
            pgtrigger.Protect(name="a_change_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.coalition}, {self.theme}: {self.kind}"
