"""Making an account one's own, from the link in the mail."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import actions, oidc
from accounts.forms import ChosenPasswordForm
from accounts.views.signing_in import come_in


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters()
def invited(request, token):
    """Choose a password, or go on to the organisation's own sign-in; then the second step follows."""
    invitation = actions.invitation_of(token)
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=410)
    if request.user.is_authenticated:
        return render(request, "accounts/invited.html", {"invitation": invitation})
    form = ChosenPasswordForm(invitation.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept(invitation, password=form.cleaned_data["new_password1"])
        except actions.Refused:
            return redirect("accounts:invited", token)
        return come_in(request, user, method="password")
    context = {
        "invitation": invitation,
        "token": token,
        "form": form,
        "second_step": settings.MFA_REQUIRED,
        "oidc_name": settings.OIDC["NAME"] if oidc.is_configured() else "",
    }
    return render(request, "accounts/invited.html", context)
