"""Signing in and out."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts import demo, oidc
from accounts.adapters import safe_address
from accounts.forms import SignInForm
from accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@ensure_csrf_cookie
@sensitive_post_parameters("password")
def login(request):
    """Sign in; an expired session inside an HTMX swap gets the whole page instead."""
    if request.htmx and request.method == "GET":
        back_to = request.htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(redirect_to_login(back_to).url)
    then = safe_address(request, request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated:
        return redirect(then or settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return come_in(request, form.get_user(), method="password", then=then)
    status = 429 if form.locked else 200
    return render(request, "accounts/login.html", _page(form, then), status=status)


def come_in(request, user, *, method, then=""):
    """Sign this person in, by way of the second step where they have one."""
    record_authentication(request, user, method=method)
    return perform_login(request, Login(user=user, redirect_url=then or None))


def _page(form, then):
    people = demo.PEOPLE if settings.DEMO else ()
    there = set(User.objects.values_list("username", flat=True)) if people else set()
    return {
        "form": form,
        "next": then,
        "people": [person for person in people if person.username in there],
        "password": demo.PASSWORD,
        "oidc_name": settings.OIDC["NAME"] if oidc.is_configured() else "",
    }


@require_POST
def logout(request):
    end_session(request)
    request.session.forget()
    return redirect(settings.LOGOUT_REDIRECT_URL)


@require_GET
def sign_in_again(request):
    """For whom the portal has nothing to ask: no password and no second step."""
    return render(request, "accounts/sign_in_again.html")
