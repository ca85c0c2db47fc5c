"""Forms for asking and giving advice."""

import re

from django import forms
from django.utils import timezone

from assessments.advising import ANSWER
from assessments.models.advice import AdviceRequest, PublishedAdvice
from assessments.people import who_may


class AskAdviceForm(forms.ModelForm):
    """A new question to VRT."""

    question = forms.CharField(
        label="Uw vraag",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Alleen uw gemeente en Veiligheidsregio Twente lezen dit.",
        error_messages={"required": "Schrijf uw vraag."},
    )

    class Meta:
        model = AdviceRequest
        fields = ["theme", "wanted_before"]
        widgets = {"wanted_before": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        labels = {"wanted_before": "Wanneer hebt u het antwoord nodig?"}

    field_order = ["theme", "question", "wanted_before"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].empty_label = "Veiligheid in het algemeen"

    def clean_wanted_before(self):
        day = self.cleaned_data["wanted_before"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Deze dag is al geweest. Kies een latere dag.")
        return day


class SeenForm(forms.Form):
    """The edit of a question that was on screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class AssignAdviceForm(SeenForm):
    to = forms.ModelChoiceField(label="Wie pakt dit op?", queryset=None, empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = who_may(ANSWER)


class AnswerForm(SeenForm):
    text = forms.CharField(
        label="Antwoord",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Schrijf eerst een antwoord."},
    )


class FollowUpForm(SeenForm):
    question = forms.CharField(
        label="Uw vervolgvraag",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Schrijf uw vervolgvraag."},
    )


class PublishAdviceForm(forms.ModelForm):
    """An answer made into advice for everyone."""

    class Meta:
        model = PublishedAdvice
        fields = ["title", "text", "theme", "term", "names_municipality"]
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "title": "Waar gaat het advies over?",
            "text": "Haal weg wat alleen deze gemeente aangaat.",
        }

    def __init__(self, *args, municipality, **kwargs):
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        self.fields["names_municipality"].label = f"Noem {municipality} bij het advies"
        self.fields["theme"].empty_label = "Veiligheid in het algemeen"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("names_municipality"):
            return cleaned
        name = re.compile(rf"\b{re.escape(str(self.municipality))}\b", re.IGNORECASE)
        for field in ("title", "text"):
            if name.search(cleaned.get(field) or ""):
                self.add_error(
                    field,
                    f"Hier staat {self.municipality}. Haal de naam weg, of kies “Noem {self.municipality}”.",
                )
        return cleaned
