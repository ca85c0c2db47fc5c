"""Marking passages and coding them."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agreements.actions.anchoring import catch_up
from agreements.actions.stale import Stale
from agreements.citation import pages_of
from agreements.models import Anchoring, Coding, Passage


@transaction.atomic
def mark(version, *, start, end, coding, by):
    """Code the stretch from start to end (characters of the text) as a locked citation.

    A passage that stands at this very place already gets the coding beside those it has. In an older
    version the coding goes along to the newest one. Raises IntegrityError when the passage has this very
    coding too.
    """
    pages = pages_of(list(version.pages.without_words()), start, end)
    passage, _ = Passage.objects.get_or_create(
        version=version,
        start=start,
        end=end,
        defaults={
            "quote": version.text[start:end],
            "first_page": pages[0],
            "last_page": pages[-1],
            "created_by": by,
        },
    )
    coding.passage = passage
    coding.created_by = by
    coding.save()
    catch_up(coding)
    return passage


@transaction.atomic
def recode(coding, *, seen):
    """Save a changed coding, if its edit number is still the one that was seen. Raises Stale."""
    current = Coding.objects.filter(pk=coding.pk, edit_number=seen)
    if not current.update(edit_number=F("edit_number") + 1):
        raise Stale
    coding.edit_number = seen + 1
    coding.save()


@transaction.atomic
def uncode(coding, *, by):
    """Take a coding away, and with the last one the passage. Raises IntegrityError when it carries a
    published assessment.

    What an older version had carried to a passage that goes is dropped by whoever took it away.
    """
    passage = coding.passage
    coding.delete()
    if not passage.codings.exists():
        Anchoring.objects.filter(successor=passage).update(
            decision=Anchoring.Decision.DROPPED,
            successor=None,
            decided_by=by,
            decided_at=timezone.now(),
            edit_number=F("edit_number") + 1,
        )
        passage.delete()
