"""How people come in, stay in, and what waits for them when they were sent out."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

A_DAY = timedelta(days=1)


def idle_limit():
    return timedelta(minutes=settings.SESSION_IDLE_MINUTES)


def absolute_limit():
    return timedelta(hours=settings.SESSION_HOURS)


class SessionQuerySet(models.QuerySet):
    def live(self):
        now = timezone.now()
        return self.filter(
            ended_at=None,
            last_used_at__gt=now - idle_limit(),
            started_at__gt=now - absolute_limit(),
        )

    def forgotten(self):
        """Over for more than a day: nobody needs to know any more whose they were."""
        long_ago = timezone.now() - A_DAY
        return self.filter(
            Q(ended_at__lt=long_ago)
            | Q(last_used_at__lt=long_ago - idle_limit())
            | Q(started_at__lt=long_ago - absolute_limit())
        )

    def clear(self):
        """Delete these sessions; with each person stays when they were last used."""
        latest = (
            self.filter(user=OuterRef("pk"))
            .order_by()
            .values("user")
            .annotate(latest=Max("last_used_at"))
            .values("latest")
        )
        users = self.model._meta.get_field("user").related_model
        # With a value and NULL, PostgreSQL's GREATEST gives the value.
        users.objects.filter(sessions__in=self).update(
            last_seen_at=Greatest("last_seen_at", Subquery(latest))
        )
        self.delete()

    def end(self):
        """End these sessions at their next request; whose they were stays known for a day."""
        return self.filter(ended_at=None).update(ended_at=timezone.now(), session_data="")


class SessionManager(BaseSessionManager.from_queryset(SessionQuerySet)):
    use_in_migrations = False


class Session(AbstractBaseSession):
    """A sign-in in one browser. It ends by a mark, so that its owner's typed text can be kept (ADR 25)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions"
    )
    started_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=45)
    device = models.CharField(max_length=300)

    objects = SessionManager()

    @property
    def is_live(self):
        now = timezone.now()
        return (
            self.ended_at is None
            and now - self.last_used_at < idle_limit()
            and now - self.started_at < absolute_limit()
        )


class SignInTry(models.Model):
    """A wrong password or code, or one that is being checked right now. Names are kept as a hash."""

    name_hash = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "poging"
        verbose_name_plural = "pogingen"
        indexes = [
            models.Index(fields=["name_hash", "address", "at"], name="try_by_name_and_address"),
            models.Index(fields=["address", "at"], name="try_by_address"),
        ]

    def __str__(self):
        return f"poging van {self.address} om {self.at}"


class UsedCode(models.Model):
    """A code of an authenticator app that was used: it never works twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "gebruikte code"
        verbose_name_plural = "gebruikte codes"
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="a_code_works_once")
        ]

    def __str__(self):
        return f"code van {self.user}"


class KeptFormQuerySet(models.QuerySet):
    def kept_for(self, user):
        return self.filter(user=user, kept_at__gt=timezone.now() - A_DAY)


class KeptForm(models.Model):
    """What someone typed and sent after their session had ended. Only that person sees it, for a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_forms")
    address = models.TextField("adres")
    fields = models.JSONField("velden")  # [[name, [value, ...]], ...]
    kept_at = models.DateTimeField("bewaard op", default=timezone.now)

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        verbose_name = "bewaard formulier"
        verbose_name_plural = "bewaarde formulieren"
        ordering = ["-kept_at", "-pk"]

    def __str__(self):
        return f"{self.address} van {self.user}"
