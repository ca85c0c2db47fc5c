"""Who comes in, and what happens to what a person sent after their session had ended."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions import middleware as sessions
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from accounts.adapters import SECOND_STEP
from accounts.kept import MARK, came_from, keep, unowned
from accounts.models import KeptForm
from accounts.network import client_address

# What a person without a second step may do: set it up, or leave.
SETTING_UP = {
    "accounts:logout",
    "accounts:second-step",
    "accounts:sign-in-again",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}


class SessionMiddleware(sessions.SessionMiddleware):
    """Tells the session where it is used, for the list of one's own sign-ins."""

    def process_request(self, request):
        super().process_request(request)
        request.session.address = client_address(request)
        request.session.device = request.META.get("HTTP_USER_AGENT", "")[:300].replace("\x00", "")


class AccessMiddleware(auth.LoginRequiredMiddleware):
    """Every page is private unless it says otherwise, and asks for a second step."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if _is_open(view_func) and not request.user.is_authenticated:
            return None
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal or not getattr(view_func, "login_required", True):
            return refusal
        if request.resolver_match.view_name in SETTING_UP or not self._lacks_second_step(request):
            return None
        if request.htmx:
            return HttpResponseClientRedirect(reverse("accounts:second-step"))
        return redirect("accounts:second-step")

    def _lacks_second_step(self, request):
        return (
            settings.MFA_REQUIRED
            and not request.session.get(SECOND_STEP)
            and not is_mfa_enabled(request.user)
        )

    def handle_no_permission(self, request, view_func):
        """Send to the sign-in page, and keep what was typed if we know by whom; or else show it."""
        if request.htmx and request.resolver_match.view_name in settings.SESSION_UNATTENDED:
            return HttpResponse(status=204)  # the page stays: someone may be typing in it
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        owner, page = request.session.former_owner, came_from(request)
        if owner and keep(request, owner=owner) and request.htmx:
            back_to = request.htmx.current_url_abs_path or "/"
            return HttpResponseClientRedirect(redirect_to_login(back_to).url)
        if not owner and not request.htmx and (rows := unowned(request)):
            context = {"rows": rows, "next": page}
            return render(request, "accounts/csrf.html", context, status=403)
        if page:
            return redirect_to_login(page)  # the address of a button shows nothing
        return super().handle_no_permission(request, view_func)

    def process_response(self, request, response):
        match = request.resolver_match
        if match and match.view_name not in settings.SESSION_UNATTENDED:
            request.session.note_use()
        if request.method == "POST" and MARK in request.POST and _has_arrived(response):
            self._drop_kept(request)
        return response

    def _drop_kept(self, request):
        """It was sent again and has arrived; whatever is wrong with it now stands in that page."""
        if request.POST[MARK].isdecimal() and request.user.is_authenticated:
            KeptForm.objects.filter(pk=request.POST[MARK][:18], user=request.user).delete()


def _is_open(view_func):
    """Whether nobody need sign in here: the published part, where reading is public (ADR 39)."""
    return settings.PUBLIC_READING and getattr(view_func, "is_published_part", False)


def _has_arrived(response):
    """Also as one of the two texts on the page that says someone else saved meanwhile (ADR 6)."""
    return response.status_code < 400 or response.status_code == 409
