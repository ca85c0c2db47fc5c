"""What somebody wants the data of, and the codebook that comes in."""

from base64 import b64decode, b64encode

from django import forms

from exchange.incoming import MOST_BYTES
from municipalities.models import CouncilTerm, Municipality
from themes.models import Theme


class ScopeForm(forms.Form):
    """A term, a municipality, a theme; what is left open is everything."""

    raadsperiode = forms.ModelChoiceField(
        CouncilTerm.objects.all(),
        required=False,
        to_field_name="start_year",
        label="Raadsperiode",
        empty_label="Alle raadsperioden",
        error_messages={
            "invalid_choice": "Deze raadsperiode kennen wij niet. Kies er een uit de lijst."
        },
    )
    gemeente = forms.ModelChoiceField(
        Municipality.objects.all(),
        required=False,
        to_field_name="slug",
        label="Gemeente",
        empty_label="Alle gemeenten",
        error_messages={
            "invalid_choice": "Deze gemeente kennen wij niet. Kies er een uit de lijst."
        },
    )
    thema = forms.ModelChoiceField(
        Theme.objects.all(),
        required=False,
        to_field_name="slug",
        label="Thema",
        empty_label="Alle thema’s",
        error_messages={"invalid_choice": "Dit thema kennen wij niet. Kies er een uit de lijst."},
    )

    def clean(self):
        """A typing error must not give everything: so no other names, and each once."""
        for name, values in self.data.lists():
            if name not in self.fields:
                raise forms.ValidationError(f"‘{name[:60]}’ kennen wij niet.")
            if len(values) > 1:
                raise forms.ValidationError(f"‘{name}’ staat er {len(values)} keer.")


class CodebookForm(forms.Form):
    """A file with a codebook, to see what it would change."""

    file = forms.FileField(
        label="Codeboek",
        help_text=(
            "Een QDC-bestand, of CSV met de kolommen thema, aandachtspunt en uitleg. "
            "Wat bij een thema niet in het bestand staat, vervalt."
        ),
        error_messages={
            "required": "Er is geen bestand. Kies een QDC- of CSV-bestand.",
            "empty": "Dit bestand is leeg. Kies een QDC- of CSV-bestand.",
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".qdc,.xml,.csv"}),
    )

    def clean(self):
        file = self.cleaned_data.get("file")
        self.content = file.read(MOST_BYTES + 1) if file else b""


class KeptCodebookForm(forms.Form):
    """The same content again, with the mark of the preview that was on screen; to take it over.

    Nobody sees these fields, so what is wrong with them is told of the form.
    """

    kept = forms.CharField(widget=forms.HiddenInput)
    previewed = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean(self):
        try:
            self.content = b64decode(self.cleaned_data.get("kept", ""), validate=True)
        except ValueError:
            self.content = b""
        if self.errors or not self.content:
            raise forms.ValidationError("Wat u wilt overnemen, kwam niet heel aan. Kies het bestand opnieuw.")  # fmt: skip

    @staticmethod
    def of(content):
        """The content as the page keeps it between looking and doing."""
        return b64encode(content).decode()
