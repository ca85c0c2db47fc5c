"""Who uses the portal."""

from django.contrib.auth.models import AbstractUser
from django.db import models


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
