"""The last look at every quote before it leaves the house."""

from agreements.models import Passage
from assessments.models import Reply


class NotLiteral(Exception):
    """A quote does not stand at its place, so the report must not leave the house."""


def demand_literal(passages, replies=()):
    """Raise NotLiteral when one of these quotes, by their keys, isn't in its document as it says (ADR 2)."""
    if (
        Passage.objects.filter(pk__in=passages).not_literal().exists()
        or Reply.objects.filter(pk__in=replies).not_literal().exists()
    ):
        raise NotLiteral
