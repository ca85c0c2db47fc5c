"""Forms for the formation of a coalition, and for the facts about a municipality."""

from django import forms
from django.utils import timezone

from municipalities.models import DATES, Coalition, Formation, Municipality


def _day():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FormationForm(forms.ModelForm):
    """How far one coalition is; knows which edit of it was on screen, 0 when there was none."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Formation
        fields = ["state", *DATES.values(), "note", "is_fiction"]
        widgets = {name: _day() for name in DATES.values()}
        labels = {"is_fiction": "Dit is een verzonnen voorbeeld"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [
            ("", "niet bekend"),
            *self.fields["state"].choices[1:],
        ]
        if not self.instance.is_fiction:
            del self.fields["is_fiction"]  # only the demo invents; a person can only put that right

    def clean(self):
        cleaned = super().clean()
        today = timezone.localdate()
        for name in DATES.values():
            if cleaned.get(name) and cleaned[name] > today:
                self.add_error(
                    name, "Deze datum is nog niet geweest. Vul alleen in wat al is gebeurd."
                )
        return cleaned


class MunicipalityForm(forms.ModelForm):
    """The facts about a municipality; knows which edit of it was on screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    website = forms.URLField(label="Website", required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = Municipality
        fields = [
            "name",
            "website",
            "population",
            "population_year",
            "tile_row",
            "tile_column",
            "neighbours",
        ]
        widgets = {"neighbours": forms.CheckboxSelectMultiple}
        help_texts = {
            "population_year": "Het jaar waarvoor dit aantal inwoners geldt.",
            "tile_row": "De bovenste rij is 0.",
            "tile_column": "De linker kolom is 0.",
        }
        error_messages = {
            "name": {"unique": "Er is al een gemeente met deze naam. Kies een andere naam."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["neighbours"].queryset = Municipality.objects.exclude(pk=self.instance.pk)


class CoalitionForm(forms.ModelForm):
    """The parties and the real agreement of a coalition; knows which edit was on screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    real_address = forms.URLField(
        label="Vindplaats", required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = Coalition
        fields = ["parties", "real_title", "real_adopted_on", "real_address"]
        widgets = {"real_adopted_on": _day()}
        help_texts = {
            "parties": "Scheid partijen met een komma.",
            "real_title": "Vul alleen in wat u hebt nagekeken.",
        }
