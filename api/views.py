"""The page for developers, and one's own tokens."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from api.forms import TokenForm
from api.models import Token
from api.problems import TITLES
from api.v1.contents import VERSION
from municipalities.published import READ


@require_GET
@login_not_required
def explained(request):
    """How the API works, to everyone: it tells nothing of what is in it."""
    context = {
        "address": f"{request.scheme}://{request.get_host()}",
        "per_minute": settings.API_PER_MINUTE,
        "per_minute_open": settings.API_PER_MINUTE_OPEN,
        "problems": TITLES.items(),
        "version": VERSION,
    }
    return render(request, "api/explained.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(READ, raise_exception=True)
def tokens(request):
    """One's own tokens. A new one is shown in the answer itself: after that nobody can show it any more."""
    token = Token(owner=request.user)
    form = TokenForm(request.POST or None, instance=token)
    secret = form.make() if request.method == "POST" else None
    if secret:
        form = TokenForm(instance=Token(owner=request.user))
    mine = Token.objects.filter(owner=request.user)
    context = {"form": form, "tokens": mine, "made": token, "secret": secret}
    return render(request, "api/tokens.html", context)


@require_POST
@permission_required(READ, raise_exception=True)
def revoke(request, pk):
    token = get_object_or_404(Token.objects.filter(owner=request.user), pk=pk)
    if token.revoked_at is None:
        token.revoke()
    messages.success(request, f"Het token “{token}” is ingetrokken. Het werkt nu niet meer.")
    return redirect("api:tokens")
