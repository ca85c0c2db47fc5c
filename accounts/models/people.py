"""Who uses the portal."""

from datetime import timedelta

import pghistory
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

NEEDS_MUNICIPALITY = {"Burgemeester", "Gemeentecontact"}
ADMINISTRATOR = "Beheerder"


class UserQuerySet(models.QuerySet):
    def administrators(self):
        """Whoever can manage accounts now: active, and past the invitation."""
        return self.filter(groups__name=ADMINISTRATOR, is_active=True)

    def with_state(self):
        """Adds `has_second_step`, and fetches role, municipality and invitation."""
        return (
            self.select_related("municipality", "invitation")
            .prefetch_related("groups")
            .annotate(
                has_second_step=Exists(Authenticator.objects.filter(user=OuterRef("pk")).order_by())
            )
        )


class PeopleManager(UserManager.from_queryset(UserQuerySet)):
    use_in_migrations = False


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    exclude=["password", "last_login", "last_seen_at", "edit_number"],
)
class User(AbstractUser):
    """A person with an account; what they may do follows from their role (a group)."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="gemeente",
        related_name="+",
        help_text="Alleen voor een burgemeester of gemeentecontact.",
    )
    edit_number = models.PositiveIntegerField(default=0, editable=False)
    last_seen_at = models.DateTimeField(
        "laatst gezien in een afgelopen aanmelding", null=True, editable=False
    )

    objects = PeopleManager()

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["last_name", "first_name", "username"]

    def __str__(self):
        return self.get_full_name() or self.username

    @property
    def role(self):
        """The name of this person's role on screen; one person has one role."""
        return next((group.name for group in self.groups.all()), "")

    def previous_visit(self, session_key):
        """When this person was last here, in another sign-in than the one with this key; or None."""
        others = self.sessions.exclude(pk=session_key)
        times = [others.aggregate(latest=Max("last_used_at"))["latest"], self.last_seen_at]
        return max(filter(None, times), default=None)

    @property
    def never_came_in(self):
        """Invited, or no longer: there is no password and no identity to come in with."""
        return not (self.is_active or self.has_usable_password() or self.identities.exists())

    @property
    def open_invitation(self):
        """The invitation that waits for this person, or None; it may be too old to work."""
        return getattr(self, "invitation", None)


class Invitation(models.Model):
    """A letter that waits: whoever holds its link makes the account theirs. Goes when it is accepted."""

    VALID_FOR = timedelta(days=7)

    user = models.OneToOneField(User, models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField("verstuurd op", default=timezone.now)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "uitnodiging"

    def __str__(self):
        return f"uitnodiging van {self.user}"

    @property
    def expires_at(self):
        return self.sent_at + self.VALID_FOR

    @property
    def is_valid(self):
        return timezone.now() < self.expires_at


class Identity(models.Model):
    """Who someone is at the organisation's own sign-in (OIDC): issuer and subject, never a mail address."""

    user = models.ForeignKey(User, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255)
    follows_claim = models.BooleanField(
        default=False,
        help_text="De rol komt uit het token, en wordt bij elke aanmelding bijgewerkt.",
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "koppeling"
        verbose_name_plural = "koppelingen"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="one_account_per_issuer_and_subject"
            )
        ]

    def __str__(self):
        return f"{self.user} bij {self.issuer}"
