"""Forms for coming in, and for people's accounts."""

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import lockout
from accounts.models import UsedCode, User
from accounts.models.people import NEEDS_MUNICIPALITY
from accounts.models.signing_in import A_DAY
from accounts.network import client_address


class SignInForm(AuthenticationForm):
    """Name and password. The answer is the same for a name that doesn't exist."""

    locked = False
    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Kijk of u ze goed typte, ook "
        "de hoofdletters."
    }

    def clean(self):
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return self.cleaned_data
        address = client_address(self.request)
        try:
            lockout.begin(name, address)
        except lockout.Locked as locked:
            self.locked = True
            raise ValidationError(
                f"{locked.message} Wachtwoord vergeten? Vraag dan een nieuw wachtwoord aan."
            ) from None
        self.user_cache = authenticate(self.request, username=name, password=password)
        if self.user_cache is None:
            raise self.get_invalid_login_error()
        lockout.succeed(name, address)
        return self.cleaned_data


class _Limited:
    """Five chances for the second step, counted apart from the password."""

    def begin(self):
        self._name = lockout.second_step_of(self.user.username)
        self._address = client_address(context.request)
        try:
            lockout.begin(self._name, self._address)
        except lockout.Locked as locked:
            raise ValidationError(locked.message) from None

    def succeed(self):
        lockout.succeed(self._name, self._address)


class _Code(_Limited):
    """A code from the app, or a recovery code; it works once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"])

    def clean_code(self):
        self.begin()
        code = super().clean_code()
        _use(self.user, code)
        self.succeed()
        return code


class SecondStepForm(_Code, AuthenticateForm):
    pass


class SecondStepAgainForm(_Code, ReauthenticateForm):
    pass


class _Key(_Limited):
    def clean_credential(self):
        self.begin()
        authenticator = super().clean_credential()
        self.succeed()
        return authenticator


class KeyForm(_Key, AuthenticateWebAuthnForm):
    pass


class KeyAgainForm(_Key, ReauthenticateWebAuthnForm):
    pass


class NewAppForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"])

    def clean_code(self):
        code = super().clean_code()
        _use(self.user, code)
        return code


class NewKeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Naam van de sleutel"
        self.fields["name"].help_text = "Zo herkent u hem later, bijvoorbeeld “sleutelbos”."
        self.fields["name"].max_length = 50
        self.fields["name"].widget.attrs["maxlength"] = 50


def _dress_code(field):
    field.label = "Code"
    field.widget.attrs = {
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
        "autofocus": True,
        "maxlength": 20,
    }


def _use(user, code):
    """Refuse a code that was used; two at the same moment can't both pass (a constraint)."""
    UsedCode.objects.filter(user=user, at__lt=timezone.now() - A_DAY).delete()
    digits = "".join(filter(str.isdigit, code))
    code_hash = salted_hmac("accounts.code", digits, algorithm="sha256").hexdigest()
    try:
        with transaction.atomic():
            UsedCode.objects.create(user=user, code_hash=code_hash)
    except IntegrityError:
        raise ValidationError(
            "Deze code is al gebruikt. Wacht op de volgende code en probeer het opnieuw."
        ) from None


def _dress_new_password(fields):
    """Django's help is a list, which doesn't fit in a field's one paragraph."""
    fields[
        "new_password1"
    ].help_text = "Minstens 12 tekens. Neem geen wachtwoord dat veel mensen gebruiken, of dat op uw naam lijkt."
    fields["new_password2"].label = "Nog een keer hetzelfde wachtwoord"
    fields["new_password2"].help_text = ""


class ChosenPasswordForm(SetPasswordForm):
    """A first password, or one instead of a forgotten one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress_new_password(self.fields)


class NewPasswordForm(PasswordChangeForm):
    """Asks for the old password, with as many chances as at the sign-in page."""

    def __init__(self, user, *args, address, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.address = address
        _dress_new_password(self.fields)

    def clean_old_password(self):
        try:
            lockout.begin(self.user.username, self.address)
        except lockout.Locked as locked:
            raise ValidationError(locked.message) from None
        old = super().clean_old_password()
        lockout.succeed(self.user.username, self.address)
        return old


class _RoleForm(forms.ModelForm):
    role = forms.ModelChoiceField(
        label="Rol", queryset=Group.objects.order_by("name"), empty_label="Kies een rol"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].empty_label = "Geen gemeente"

    def clean(self):
        cleaned = super().clean()
        role = cleaned.get("role")
        if role and role.name in NEEDS_MUNICIPALITY and not cleaned.get("municipality"):
            self.add_error("municipality", f"Kies de gemeente van dit {role.name.lower()}-account.")
        if role and role.name not in NEEDS_MUNICIPALITY:
            cleaned["municipality"] = None
        return cleaned


class InvitationForm(_RoleForm):
    """Someone new. Their mail address becomes their user name."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "municipality"]
        help_texts = {
            "email": "Hierheen gaat de uitnodiging. Het is ook de gebruikersnaam.",
        }

    field_order = ["first_name", "last_name", "email", "role", "municipality"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "email"):
            self.fields[name].required = True

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        if len(email) > 150:
            raise ValidationError(
                "Dit adres is te lang. Gebruik een adres van hoogstens 150 tekens."
            )
        if User.objects.filter(username__iexact=email).exists():
            raise ValidationError(
                "Er is al een account met dit e-mailadres als gebruikersnaam. Zoek het in de lijst."
            )
        return email


class UserForm(_RoleForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "municipality", "is_active"]
        help_texts = {"is_active": "Zet uit om iemand de toegang te ontnemen."}

    field_order = ["first_name", "last_name", "email", "role", "municipality", "is_active"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = self.instance.groups.first()
        self.fields["seen"].initial = self.instance.edit_number
        if self.instance == by:
            # Their own role and access stay as they are: another administrator changes those.
            self.fields["role"].disabled = self.fields["is_active"].disabled = True
        if self.instance.never_came_in:
            del self.fields["is_active"]  # an invitation is the way in
