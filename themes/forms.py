"""Forms for the themes, and for the parts of a regional input.

A draft may have gaps: what is missing is asked for at publication (document.py), so that nothing typed
is refused halfway.
"""

from django import forms

from themes.models import Theme


class ThemeForm(forms.ModelForm):
    """Name and letter of a theme; knows which edit of it was on screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Theme
        fields = ["name", "letter"]
        help_texts = {"letter": "Staat bij gemarkeerde passages."}
        error_messages = {
            "name": {"unique": "Er is al een thema met deze naam. Kies een andere naam."},
            "letter": {"unique": "Er is al een thema met deze letter. Kies een andere letter."},
        }


class SectionForm(forms.Form):
    """What every part of a draft has: the edit of the draft that was on screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class GeneralForm(SectionForm):
    title = forms.CharField(label="Titel", max_length=200, required=False)
    dated = forms.DateField(
        label="Datum van de inbreng",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(
        label="Bron",
        max_length=200,
        required=False,
        help_text="Waar komt de inbreng vandaan? Bijvoorbeeld een memo of een besluit.",
    )

    def as_part(self):
        dated = self.cleaned_data["dated"]
        return {
            "title": self.cleaned_data["title"],
            "dated": dated.isoformat() if dated else "",
            "source": self.cleaned_data["source"],
        }


class ThemePartForm(SectionForm):
    ambition = forms.CharField(
        label="Ambitie",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wat wil de regio bereiken? Schrijf korte zinnen.",
    )

    def as_part(self):
        return {"ambition": self.cleaned_data["ambition"]}


class PointForm(forms.Form):
    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    name = forms.CharField(label="Naam", max_length=100, required=False)
    description = forms.CharField(
        label="Uitleg",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PartnerForm(forms.Form):
    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    name = forms.CharField(label="Naam", max_length=100, required=False)
    themes = forms.MultipleChoiceField(
        label="Thema’s", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, theme_choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = theme_choices


PointFormSet = forms.formset_factory(PointForm, extra=0, max_num=30, absolute_max=40)
PartnerFormSet = forms.formset_factory(PartnerForm, extra=0, max_num=40, absolute_max=50)
