"""Writes that touch more than one row, each whole or not at all."""

import secrets
from hashlib import sha256

import pghistory
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Identity, Invitation, Session, UsedCode, User
from accounts.models.people import ADMINISTRATOR


class Refused(Exception):
    """A change that must not be; its text is for the screen."""


class Stale(Exception):
    """Someone else saved this account in between."""


@transaction.atomic
def invite(user, *, role, by, link):
    """Make an account that waits for its person, and mail them; `link` makes an address of a token."""
    user.username = user.email
    user.is_active = False
    user.set_unusable_password()
    user.save()
    user.groups.set([role])
    send_invitation(user, by=by, link=link)


@transaction.atomic
def send_invitation(user, *, by, link):
    """Mail a new link; an earlier one stops working. Only for who never came in."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.never_came_in:
        raise Refused(f"{user} heeft al toegang gehad. Een uitnodiging is niet meer nodig.")
    if not user.email:
        raise Refused(f"Van {user} is geen e-mailadres bekend. Vul het eerst in.")
    token = secrets.token_urlsafe(32)
    Invitation.objects.update_or_create(
        user=user,
        defaults={"token_hash": _hash(token), "sent_at": timezone.now(), "sent_by": by},
    )
    send_mail(
        "Uitnodiging voor het portaal Veiligheid in coalitieakkoorden",
        render_to_string(
            "accounts/mail/invitation.txt",
            {"person": user, "by": by, "link": link(token), "days": Invitation.VALID_FOR.days},
        ),
        None,
        [user.email],
    )


def withdraw_invitation(user):
    """The link stops working; the account stays without access."""
    Invitation.objects.filter(user=user).delete()


def invitation_of(token):
    """The invitation that this token opens, or None."""
    found = Invitation.objects.select_related("user").filter(token_hash=_hash(token)).first()
    return found if found and found.is_valid else None


@transaction.atomic
def accept(invitation, *, password=None, issuer="", subject=""):
    """The invited person makes the account theirs, with a password or an OIDC identity. Works once."""
    taken = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if taken is None or taken.token_hash != invitation.token_hash or not taken.is_valid:
        raise Refused("Deze uitnodiging is al gebruikt of ingetrokken.")
    user = taken.user
    user.is_active = True
    if password:
        user.set_password(password)
    with pghistory.context(user=user.pk):
        user.save()
        taken.delete()
    if subject:
        Identity.objects.create(user=user, issuer=issuer, subject=subject)
    return user


@transaction.atomic
def change_user(user, *, role, by, seen):
    """Save an account with its role. Nobody changes their own role, and an administrator stays."""
    administrators = _lock_administrators()
    stored = User.objects.select_for_update().get(pk=user.pk)
    if stored.edit_number != seen:
        raise Stale
    old_role = stored.groups.first()
    if user.pk == by.pk and (role != old_role or not user.is_active):
        raise Refused("Uw eigen rol en toegang wijzigt een andere beheerder.")
    stays = role.name == ADMINISTRATOR and user.is_active
    if administrators == {user.pk} and not stays:
        raise Refused(
            f"{stored} is de enige actieve beheerder. Geef eerst iemand anders de rol Beheerder."
        )
    user.edit_number = seen + 1
    user.save(
        update_fields=[
            "first_name", "last_name", "email", "municipality", "is_active", "edit_number",
        ]
    )  # fmt: skip
    if role != old_role:
        user.groups.set([role])
    if not user.is_active:
        end_sessions(user)
    return user


@transaction.atomic
def reset_second_step(user):
    """Someone lost their phone and key: they set it up anew at their next sign-in."""
    Authenticator.objects.filter(user=user).delete()
    UsedCode.objects.filter(user=user).delete()
    end_sessions(user)


def end_sessions(user, *, but=None):
    """End this person's sessions, except one."""
    Session.objects.filter(user=user).exclude(pk=but).end()


@transaction.atomic
def enrol(user, *, role, issuer, subject):
    """Make an account for whom a role claim vouches."""
    user.set_unusable_password()
    user.save()
    user.groups.set([role])
    Identity.objects.create(user=user, issuer=issuer, subject=subject, follows_claim=True)
    return user


@transaction.atomic
def follow_claim(user, *, role, municipality):
    """Give the role that the token names now."""
    if _lock_administrators() == {user.pk} and role.name != ADMINISTRATOR:
        raise Refused("U bent de enige beheerder. Geef eerst iemand anders de rol Beheerder.")
    if user.municipality != municipality:
        user.municipality = municipality
        user.save(update_fields=["municipality"])
    if list(user.groups.all()) != [role]:
        user.groups.set([role])


def _lock_administrators():
    """The active administrators; two changes at once can't both take away the last one."""
    Group.objects.select_for_update().get(name=ADMINISTRATOR)
    return set(User.objects.administrators().order_by().values_list("pk", flat=True))


def _hash(token):
    return sha256(token.encode()).hexdigest()
