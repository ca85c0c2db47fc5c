"""Chooses the strongest quotes of the demo, as an editor would."""

from django.db import transaction

from assessments import actions
from assessments.models import Assessment, QuoteChoice
from assessments.quotes import quotes_of
from municipalities.models import CouncilTerm
from themes.models import Theme

FEW = 4  # per theme, of as many municipalities


@transaction.atomic
def load_choices(year, *, editor):
    """Choose for each theme of this term. Once: what people choose after that stays so."""
    if QuoteChoice.objects.exists():
        return
    term = CouncilTerm.objects.get(start_year=year)
    for theme in Theme.objects.all():
        published = Assessment.objects.published().for_term(term).filter(theme=theme)
        quoted = [quotes_of(a) for a in published.with_quotes().order_by("coalition_id")]
        strongest = sorted((q[0] for q in quoted if q), key=lambda coding: -coding.strength)
        if strongest:
            actions.choose_quotes(strongest[:FEW], theme=theme, term=term, by=editor, seen=0)
