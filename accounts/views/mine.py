"""One's own account: name, password, second step, and where one is signed in."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions, oidc
from accounts.forms import NewPasswordForm
from accounts.models import Session
from accounts.network import client_address, device_name


@require_GET
def mine(request):
    """Everything about me; also where I am signed in."""
    steps = Authenticator.objects.filter(user=request.user).order_by("created_at")
    sessions = Session.objects.live().filter(user=request.user).order_by("-last_used_at")
    return render(
        request,
        "accounts/mine.html",
        {
            "app": next((step for step in steps if step.type == Authenticator.Type.TOTP), None),
            "keys": [step for step in steps if step.type == Authenticator.Type.WEBAUTHN],
            "codes": next(
                (step for step in steps if step.type == Authenticator.Type.RECOVERY_CODES), None
            ),
            "sessions": [
                (session, _number(session), device_name(session.device)) for session in sessions
            ],
            "here": request.session.session_key,
            "identities": request.user.identities.order_by("created_at"),
            "oidc_name": settings.OIDC["NAME"] if oidc.is_configured() else "",
        },
    )


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def password(request):
    form = NewPasswordForm(request.user, request.POST or None, address=client_address(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            update_session_auth_hash(request, form.user)
            actions.end_sessions(request.user, but=request.session.session_key)
        messages.success(
            request, "Uw wachtwoord is gewijzigd. Op andere apparaten bent u afgemeld."
        )
        return redirect("accounts:mine")
    return render(request, "accounts/password.html", {"form": form})


@require_POST
def session_end(request):
    """End one other session of mine, or all others."""
    others = (
        Session.objects.live().filter(user=request.user).exclude(pk=request.session.session_key)
    )
    if "all" in request.POST:
        others.end()
        messages.success(request, "U bent op alle andere apparaten afgemeld.")
        return redirect("accounts:mine")
    session = next((one for one in others if _number(one) == request.POST.get("number")), None)
    if session:
        others.filter(pk=session.pk).end()
        messages.success(request, f"{device_name(session.device)} is afgemeld.")
    else:
        messages.success(request, "Dat apparaat was al afgemeld.")
    return redirect("accounts:mine")


def _number(session):
    """Names a session without giving its key away."""
    return salted_hmac("accounts.session", session.pk, algorithm="sha256").hexdigest()[:20]


@require_POST
def identity_remove(request):
    """Untie one of my identities, as long as I can still come in without it."""
    number = request.POST.get("number", "")
    identity = request.user.identities.filter(pk=number[:18] if number.isdecimal() else 0).first()
    if identity is None:
        messages.success(request, "Die koppeling was al weg.")
    elif not request.user.has_usable_password() and request.user.identities.count() == 1:
        messages.error(
            request, "Dit is uw enige manier om u aan te melden. Daarom blijft de koppeling staan."
        )
    else:
        identity.delete()
        messages.success(request, "De koppeling is weg.")
    return redirect("accounts:mine")
