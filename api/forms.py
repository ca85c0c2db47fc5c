"""The form that makes a token."""

from django import forms
from django.contrib.auth import get_user_model
from django.db import transaction

from api.models import Token, longest


class TokenForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label="Wat mag het token?",
        choices=Token.Scope,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één ding dat het token mag."},
    )

    class Meta:
        model = Token
        fields = ["name", "scopes", "expires_on"]
        widgets = {"expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "name": "Waarvoor gebruikt u het? Bijvoorbeeld: dashboard van de gemeente.",
            "expires_on": "Hoogstens een jaar. Daarna maakt u een nieuw token.",
        }
        error_messages = {
            "name": {"required": "Geef het token een naam."},
            "expires_on": {
                "required": "Kies tot en met welke dag het token werkt.",
                "invalid": "Schrijf een dag als 31-12-2026.",
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].widget.attrs["max"] = f"{longest():%Y-%m-%d}"

    @transaction.atomic
    def make(self):
        """Save the token and return its secret; None when something is wrong.

        One at a time per owner, so that requests at the same moment count each other's tokens.
        """
        get_user_model().objects.select_for_update(no_key=True).get(pk=self.instance.owner_id)
        if not self.is_valid():
            return None
        secret = self.instance.give_secret()
        self.save()
        return secret

    def clean_name(self):
        """A name that no token of this owner has that works. So sending the form again makes no second one (ADR 48)."""
        name = " ".join(self.cleaned_data["name"].split())
        if self._live().filter(name=name).exists():
            raise forms.ValidationError(
                f"U hebt al een token dat “{name}” heet. Kies een andere naam, of trek dat token eerst in."
            )
        return name

    def clean_scopes(self):
        return sorted(set(self.cleaned_data["scopes"]))

    def clean(self):
        if self._live().count() >= Token.MOST:
            raise forms.ValidationError(
                f"U hebt al {Token.MOST} tokens die werken. Trek er eerst een in."
            )
        return super().clean()

    def _live(self):
        return Token.objects.live().filter(owner=self.instance.owner)
