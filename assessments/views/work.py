"""What waits for whom."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assessments.models import SecondReading
from assessments.work import gather
from municipalities.models import CouncilTerm


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
def my_work(request, year=None):
    """The start page of who reads agreements; who doesn't, and `?wie=team`, sees everyone's work."""
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    is_reader = request.user.has_perm("agreements.add_passage")
    is_team = not is_reader or request.GET.get("wie") == "team"
    return render(
        request,
        "assessments/team_work.html" if is_team else "assessments/my_work.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": term,
            "work": gather(
                term,
                reader=None if is_team else request.user,
                blind=set(SecondReading.objects.blinding(request.user).by_assessment()),
                second_readings=SecondReading.objects.waiting_for(request.user).for_term(term),
            ),
            "is_reader": is_reader,
        },
    )
