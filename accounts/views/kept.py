"""What waits for a person whose session ended before their text arrived (ADR 25)."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.kept import MARK, came_from, keep, readable, unowned
from accounts.models import KeptForm


@require_GET
def kept(request):
    forms = KeptForm.objects.kept_for(request.user)
    return render(request, "accounts/kept.html", _page(forms))


@require_POST
def discard(request):
    number = request.POST.get("number", "")
    if number.isdecimal():
        KeptForm.objects.filter(pk=number[:18], user=request.user).delete()
        messages.success(request, "De bewaarde tekst is weggegooid.")
    if KeptForm.objects.kept_for(request.user).exists():
        return redirect("accounts:kept")
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_not_required
def csrf_failure(request, reason=""):
    """A form that waited too long, or came from elsewhere. Only what our own page sent is kept."""
    owner = request.user.pk or request.session.former_owner
    form = None
    if owner and request.method == "POST" and came_from(request):
        form = keep(request, owner=owner)
    if form and request.htmx:
        return HttpResponseClientRedirect(reverse("accounts:kept"))
    forms = [form] if form and request.user.is_authenticated else []
    context = _page(forms) | {"waits": form is not None, "rows": [] if form else unowned(request)}
    return render(request, "accounts/csrf.html", context, status=403)


def _page(forms):
    return {"mark": MARK, "forms": [(form, readable(form)) for form in forms]}
