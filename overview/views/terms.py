"""The council terms of the switch in the bar, and the one that an address asks for."""

from django.http import Http404

from municipalities.models import CouncilTerm


def terms_with(year=None):
    """All terms, the newest first, and that of this start year; without a year the newest that has begun."""
    terms = list(CouncilTerm.objects.all())
    if year is None:
        term = CouncilTerm.newest_of(terms)
    else:
        term = next((each for each in terms if each.start_year == year), None)
    if term is None:
        raise Http404
    return terms, term
