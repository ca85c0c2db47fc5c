"""What the portal says of itself, to everyone."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_GET

from overview.accessibility import results


@require_GET
@login_not_required
def accessibility(request):
    context = {"results": results(), "contact": settings.CONTACT_EMAIL}
    return render(request, "overview/accessibility.html", context)


@require_GET
@login_not_required
def privacy(request):
    context = {"session_hours": settings.SESSION_HOURS, "contact": settings.CONTACT_EMAIL}
    return render(request, "overview/privacy.html", context)
