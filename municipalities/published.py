"""The published part: the one decision about who reads it, for every room (ADR 39)."""

from django.contrib.auth.decorators import permission_required

READ = "assessments.read_published"


def readers_only(view):
    """For an address that shows what is published and nothing of anyone's own.

    The right comes from a role, or with PUBLIC_READING from the setting (accounts/backends.py). The mark tells
    the middleware that nobody need sign in for this address once everyone has the right.
    """
    view = permission_required(READ, raise_exception=True)(view)
    view.is_published_part = True
    return view


def municipality_of(person):
    """The key of the municipality that someone belongs to; None for who belongs to none or didn't sign in."""
    return getattr(person, "municipality_id", None)
