"""What people say about a report."""

from django import forms

from reports.models import Bundle, Edition, Withdrawal


class FreezeForm(forms.ModelForm):
    class Meta:
        model = Edition
        fields = ["note"]


class WithdrawForm(forms.ModelForm):
    class Meta:
        model = Withdrawal
        fields = ["reason"]
        widgets = {"reason": forms.Textarea({"rows": 4})}
        error_messages = {
            "reason": {
                "required": "Schrijf op waarom deze editie niet meer geldt. Lezers zien die reden."
            }
        }


class BundleForm(forms.ModelForm):
    class Meta:
        model = Bundle
        fields = ["format"]
        error_messages = {"format": {"invalid_choice": "Kies een vorm uit de lijst."}}
