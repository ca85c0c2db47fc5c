"""Choosing which quotes stand out on the page of a theme."""

from django.db import transaction

from assessments.actions.refused import Refused, Stale
from assessments.models import Assessment, ChosenQuote, Evidence, QuoteChoice
from assessments.models.chosen_quote import MOST


@transaction.atomic
def choose_quotes(codings, *, theme, term, by, seen):
    """Let these codings, in this order, be the strongest quotes of a theme in a term.

    `seen` is the edit number that was on screen, 0 before anyone chose; raises Stale when it isn't the
    newest, and Refused when there are too many or one isn't published (any more).
    """
    if len(codings) > MOST:
        raise Refused(f"Kies ten hoogste {MOST} citaten.")
    choice, _ = QuoteChoice.objects.select_for_update(of=("self",)).get_or_create(
        theme=theme, term=term, defaults={"chosen_by": by}
    )
    if choice.edit_number != seen:
        raise Stale
    published = Assessment.objects.published().for_term(term).filter(theme=theme)
    carried = Evidence.objects.filter(assessment__in=published, coding__in=codings)
    if len(set(carried.values_list("coding", flat=True))) < len(codings):
        raise Refused("Een citaat is intussen niet meer gepubliceerd. Kies opnieuw.")
    choice.chosen_by = by
    choice.edit_number = seen + 1
    choice.save()
    _put(choice, codings)
    return choice


def _put(choice, codings):
    """Change only what differs, so that the history says what came, went and moved."""
    there = {row.coding_id: row for row in choice.quotes.all()}
    gone = there.keys() - {coding.pk for coding in codings}
    choice.quotes.filter(coding__in=gone).delete()
    for position, coding in enumerate(codings, start=1):
        row = there.get(coding.pk)
        if row is None:
            ChosenQuote.objects.create(choice=choice, coding=coding, position=position)
        elif row.position != position:
            row.position = position
            row.save(update_fields=["position"])
