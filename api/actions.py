"""Writes of more than one row."""

from datetime import timedelta

from django.utils import timezone

from api.models import Tally


def clear():
    """Remove the tallies of minutes that are over for an hour."""
    Tally.objects.filter(minute__lt=timezone.now() - timedelta(hours=1)).delete()
