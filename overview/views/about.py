"""What the portal says of itself."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
@login_not_required
def accessibility(request):
    return render(request, "overview/accessibility.html")
