"""Changing the terms by which the detection proposes."""

import pghistory
from django.db import transaction
from django.db.models import F

from agreements.actions.stale import Stale
from themes.models import Term, Theme


@transaction.atomic
def save_terms(theme, terms, *, by, seen):
    """Make the terms of a theme equal to these lines, if its edit number is still the one that was seen.

    Only what differs is written, so that the history tells what changed. The suggestions follow later:
    the caller defers that. Raises Stale.
    """
    current = Theme.objects.filter(pk=theme.pk, terms_edit=seen)
    if not current.update(terms_edit=F("terms_edit") + 1):
        raise Stale
    theme.terms_edit = seen + 1
    wanted = {line.text: line.weight for line in terms}
    with pghistory.context(user=by.pk):
        there = {term.text: term for term in Term.objects.filter(theme=theme)}
        Term.objects.filter(theme=theme).exclude(text__in=wanted).delete()
        Term.objects.bulk_create(
            Term(theme=theme, text=text, weight=weight)
            for text, weight in wanted.items()
            if text not in there
        )
        changed = [
            Term(pk=term.pk, weight=wanted[text])
            for text, term in there.items()
            if text in wanted and term.weight != wanted[text]
        ]
        Term.objects.bulk_update(changed, ["weight"])
