"""What django-allauth asks of the portal: how people come in, and how second steps are stored."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import lockout
from accounts.models import KeptForm
from accounts.network import client_address

SECOND_STEP = "second_step"  # in the session: this sign-in has passed a second step
SEEN_ELSEWHERE = "second_step_elsewhere"  # the OIDC provider asked for it


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; whoever was sent out comes back to what they typed."""

    def is_open_for_signup(self, request):
        return False

    def get_login_stages(self):
        return ["allauth.mfa.stages.AuthenticateStage"]

    def get_client_ip(self, request):
        return client_address(request)

    def post_login(self, request, user, *, redirect_url, **kwargs):
        passed = request.session.pop(SEEN_ELSEWHERE, False)
        request.session[SECOND_STEP] = passed or SecondStepAdapter().is_mfa_enabled(user)
        if KeptForm.objects.kept_for(user).exists():
            return redirect("accounts:kept")
        return redirect(safe_address(request, redirect_url) or settings.LOGIN_REDIRECT_URL)

    def get_login_redirect_url(self, request):
        return reverse("accounts:mine")

    def is_reauthentication_required(self, *, app):
        """Whoever signed in a moment ago needn't prove it again."""
        started = context.request.session.started_at
        recent = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not started or (timezone.now() - started).total_seconds() > recent

    def get_reauthentication_methods(self, user):
        """With nothing to ask here, signing in anew is the way."""
        again = {
            "id": "sign_in",
            "description": "Meld u opnieuw aan",
            "url": reverse("accounts:sign-in-again"),
        }
        return super().get_reauthentication_methods(user) or [again]

    def reauthenticate(self, user, password):
        address = client_address(context.request)
        try:
            lockout.begin(user.username, address)
        except lockout.Locked as locked:
            raise ValidationError(locked.message) from None
        right = user.has_usable_password() and check_password(password, user.password)
        if right:
            lockout.succeed(user.username, address)
        return right


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code en probeer het opnieuw.",
        "cannot_delete_authenticator": (
            "Dit is uw enige tweede stap. Stel eerst een andere in; daarna kunt u deze weghalen."
        ),
        "cannot_generate_recovery_codes": "Stel eerst een tweede stap in.",
    }

    def is_mfa_enabled(self, user, types=None):
        """Where the OIDC provider asked for it, the portal doesn't ask again while signing in."""
        request = context.request
        if (
            types
            and request
            and not request.user.is_authenticated
            and request.session.get(SEEN_ELSEWHERE)
        ):
            return False
        return super().is_mfa_enabled(user, types)

    def can_delete_authenticator(self, authenticator):
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return (
            not settings.MFA_REQUIRED
            or others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        )

    def encrypt(self, text):
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise ValidationError(
                "Uw tweede stap kan niet meer worden gelezen. Vraag de beheerder om hem weg te halen."
            ) from None

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Sleutel {count + 1}"

    def get_public_key_credential_user_entity(self, user):
        return super().get_public_key_credential_user_entity(user) | {"display_name": str(user)}


def safe_address(request, address):
    """This address if it is one of ours and begins at the root, else nothing."""
    ours = (address or "").startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else ""


def _fernet():
    """A copy of the database alone gives nobody a second step: the key is SECRET_KEY."""
    key = salted_hmac("accounts.second-step", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key).digest()))
