"""Whom a judgement concerns. Accounts stand apart, so people are found by what they may do."""

from django.contrib.auth import get_user_model
from django.db.models import Q


def who_may(permission, *, municipality=None):
    """The active people whose role holds this permission, of one municipality if given."""
    room, codename = permission.split(".")
    people = get_user_model().objects.filter(
        Q(
            groups__permissions__codename=codename,
            groups__permissions__content_type__app_label=room,
        ),
        is_active=True,
    )
    return (people.filter(municipality=municipality) if municipality else people).distinct()
