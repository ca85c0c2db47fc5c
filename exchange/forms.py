"""What somebody wants the data of."""

from django import forms

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
