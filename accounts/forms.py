"""Forms for people's accounts."""

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group

from accounts.models import User


class _RoleForm(forms.ModelForm):
    role = forms.ModelChoiceField(label="Rol", queryset=Group.objects.order_by("name"))

    def clean(self):
        cleaned = super().clean()
        role = cleaned.get("role")
        needs_one = role and role.name in {"Burgemeester", "Gemeentecontact"}
        if needs_one and not cleaned.get("municipality"):
            self.add_error("municipality", f"Kies de gemeente van dit {role.name.lower()}-account.")
        return cleaned

    def _save_m2m(self):
        super()._save_m2m()
        self.instance.groups.set([self.cleaned_data["role"]])


class NewUserForm(_RoleForm, BaseUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "municipality"]

    field_order = ["first_name", "last_name", "email", "username", "role", "municipality"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["username"].widget.attrs["autofocus"]  # it is not the first field here


class UserForm(_RoleForm):
    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "municipality", "is_active"]
        help_texts = {"is_active": "Zet uit om iemand de toegang te ontnemen."}

    field_order = ["first_name", "last_name", "email", "role", "municipality", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = self.instance.groups.first()
