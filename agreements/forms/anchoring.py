"""Forms for deciding what becomes of a passage in a newer version."""

from django import forms

from agreements.forms.marking import only_place


class SeenForm(forms.Form):
    """A decision by one button; knows which edit was on screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class AdaptForm(SeenForm):
    """Another place of the newer version, as its literal text."""

    quote = forms.CharField(
        label="Tekst die de passage wordt",
        error_messages={"required": "Plak hier de tekst uit het akkoord."},
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Letterlijk zoals het in de nieuwe versie staat. Maak het korter, of plak er een ander stuk.",
    )

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = version

    def clean_quote(self):
        self.place = only_place(self.version, self.cleaned_data["quote"])
        return self.cleaned_data["quote"]
