"""Answers to what can't be answered."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def not_found(request, exception):
    """Also for what you may not see: it must look exactly like what doesn't exist (ADR 3)."""
    request.resolver_match = None  # or the menu would tell what there is
    return render(request, "404.html", status=404)
