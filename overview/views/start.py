"""The start page: everyone begins at what is theirs."""

from django.db.models import Count, Min
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from assessments.models import Reply
from assessments.workflow import CONTACT, EDITOR
from municipalities.models import Coalition, CouncilTerm
from municipalities.published import municipality_of, readers_only
from overview.home import formations_under_way, news, own_municipality
from overview.remembering import drawn
from overview.views.region import matrix


@require_GET
@readers_only
def home(request):
    """Own work, what waits, the own municipality, or the region; there is nothing to configure."""
    person = request.user
    if person.has_perm("agreements.add_passage"):
        return redirect("assessments:my-work")
    if person.has_perm(EDITOR):
        return redirect("assessments:list")
    term = get_object_or_404(CouncilTerm.objects.starting())
    coalition = (
        Coalition.objects.for_term(term).filter(municipality=municipality_of(person)).first()
    )
    if coalition is None:
        return matrix(request)
    since = person.previous_visit(request.session.session_key)
    latest, has_more = news(since)
    return render(
        request,
        "overview/home.html",
        {
            "term": term,
            "coalition": coalition,
            "content": drawn(
                "overview/_home.html",
                coalition.pk,
                context=lambda: {
                    "term": term,
                    "coalition": coalition,
                    "own": coalition.municipality_id,
                    "page": own_municipality(coalition),
                    "under_way": formations_under_way(coalition),
                },
            ),
            "since": since,
            "news": latest,
            "has_more": has_more,
            "asked": _asked_of(person),
        },
    )


def _asked_of(person):
    """How many replies are awaited from the municipality of a contact, and until when; None otherwise."""
    if not person.has_perm(CONTACT):
        return None
    awaited = Reply.objects.awaited_from(person.municipality)
    return awaited.aggregate(number=Count("pk"), deadline=Min("deadline"))
