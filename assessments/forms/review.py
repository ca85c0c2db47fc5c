"""The small forms with which an editor reviews."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from agreements.models import Passage
from assessments.models import Remark

USUAL_DAYS = 14  # to reply in, unless the editor chooses otherwise


class RemarkForm(forms.ModelForm):
    """A remark on a field, or on the passage of one of these codings."""

    class Meta:
        model = Remark
        fields = ["on", "passage", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, codings, **kwargs):
        super().__init__(*args, **kwargs)
        passages = {coding.passage_id: coding.passage for coding in codings}
        self.fields["passage"].queryset = Passage.objects.filter(pk__in=passages)
        self.fields["passage"].choices = [
            ("", "Geen"),
            *((pk, f"{p.pages}: {p.quote[:70]}") for pk, p in passages.items()),
        ]
        self.fields["on"].choices = Remark.On.choices

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on") == Remark.On.PASSAGE and not cleaned.get("passage"):
            self.add_error("passage", "Kies het citaat waarover de opmerking gaat.")
        elif cleaned.get("on") != Remark.On.PASSAGE:
            cleaned["passage"] = None
        return cleaned


class AskReplyForm(forms.Form):
    """Until when the municipality may reply."""

    deadline = forms.DateField(
        label="Reageren tot en met",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=lambda: timezone.localdate() + timedelta(days=USUAL_DAYS),
        error_messages={"invalid": "Schrijf een dag als 31-12-2026."},
    )

    def clean_deadline(self):
        deadline = self.cleaned_data["deadline"]
        if deadline <= timezone.localdate():
            raise forms.ValidationError(
                "De termijn moet in de toekomst liggen. Kies een latere dag."
            )
        return deadline
