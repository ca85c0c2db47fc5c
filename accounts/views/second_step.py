"""The second step: django-allauth's own views, in the look of the portal.

They are classes, because allauth's are. Every change of a second step ends the other sessions.
"""

import json

from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET
from qrcode import QRCode

from accounts import actions
from accounts.adapters import SECOND_STEP


@require_GET
def set_up(request):
    """Choose a second step: the only page for who must have one and hasn't."""
    if is_mfa_enabled(request.user):
        return redirect("accounts:mine")
    return render(request, "accounts/second_step.html")


def _changed(request):
    actions.end_sessions(request.user, but=request.session.session_key)
    request.session[SECOND_STEP] = is_mfa_enabled(request.user)


def _drawing(text):
    """A QR code as the size and the path of an SVG; the template draws it, without markup from here."""
    code = QRCode(border=0)
    code.add_data(text)
    rows = code.get_matrix()
    squares = ((x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"size": len(rows), "path": "".join(f"M{x} {y}h1v1h-1z" for x, y in squares)}


@method_decorator(transaction.atomic, name="form_valid")
class NewApp(ActivateTOTPView):
    template_name = "accounts/mfa/app.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        _changed(self.request)
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
        return context | {"qr": _drawing(context["totp_url"]), "secret": " ".join(groups)}


@method_decorator(transaction.atomic, name="form_valid")
class RemoveApp(DeactivateTOTPView):
    template_name = "accounts/mfa/remove.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        _changed(self.request)
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(what="de app op uw telefoon", **kwargs)


@method_decorator(transaction.atomic, name="form_valid")
class NewKey(AddWebAuthnView):
    template_name = "accounts/mfa/new_key.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        _changed(self.request)
        return response

    def get_context_data(self, **kwargs):
        # allauth makes the form anew here, and would lose its errors.
        context = super().get_context_data(**kwargs)
        return context | {
            "form": kwargs.get("form") or self.get_form(),
            "options": json.dumps(context["js_data"]["creation_options"]),
        }


@method_decorator(transaction.atomic, name="form_valid")
class RemoveKey(RemoveWebAuthnView):
    template_name = "accounts/mfa/remove.html"

    def get_success_url(self):
        return reverse("accounts:mine")

    def form_valid(self, form):
        if not get_adapter().can_delete_authenticator(self.object):
            form.add_error(None, get_adapter().validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        response = super().form_valid(form)
        _changed(self.request)
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(what=f"de sleutel “{self.object}”", **kwargs)


@method_decorator(transaction.atomic, name="form_valid")
class NewRecoveryCodes(GenerateRecoveryCodesView):
    template_name = "accounts/mfa/new_recovery_codes.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        _changed(self.request)
        return response


class RecoveryCodes(ViewRecoveryCodesView):
    template_name = "accounts/mfa/recovery_codes.html"


class SecondStep(AuthenticateView):
    template_name = "accounts/mfa/authenticate.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        owned = Authenticator.objects.filter(user=self.stage.login.user).values_list(
            "type", flat=True
        )
        return context | {
            "has_app": Authenticator.Type.TOTP in owned,
            "has_key": Authenticator.Type.WEBAUTHN in owned,
            "options": json.dumps(context["js_data"]["request_options"]),
        }


class AgainByPassword(ReauthenticateView):
    template_name = "accounts/mfa/again.html"


class AgainByCode(ReauthenticateByCodeView):
    template_name = "accounts/mfa/again.html"


class AgainByKey(ReauthenticateWebAuthnView):
    template_name = "accounts/mfa/again_key.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"options": json.dumps(context["js_data"]["request_options"])}
