"""The form with which an editor chooses the quotes that stand out."""

from django import forms

from agreements.models import Coding
from assessments.models.chosen_quote import MOST


class ChooseQuotesForm(forms.Form):
    """Which of these published codings, and in which places; a place counts only with a tick."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    quotes = forms.ModelMultipleChoiceField(
        Coding.objects.none(),
        label="Citaten",
        required=False,
        error_messages={
            "invalid_choice": "Een citaat is intussen niet meer gepubliceerd. Kies opnieuw."
        },
    )

    def __init__(self, *args, codings, **kwargs):
        super().__init__(*args, **kwargs)
        self._codings = codings
        self.fields["quotes"].queryset = Coding.objects.filter(pk__in=[c.pk for c in codings])
        for coding in codings:
            self.fields[f"place-{coding.pk}"] = forms.IntegerField(
                required=False, min_value=1, max_value=MOST
            )

    def boxes(self):
        """Per key of a coding: whether it is ticked, and the place that was filled in."""
        ticked = {str(pk) for pk in self["quotes"].value() or []}
        return {
            coding.pk: (str(coding.pk) in ticked, self[f"place-{coding.pk}"].value() or "")
            for coding in self._codings
        }

    @property
    def ticked(self):
        """The ticked codings as far as they are there, in the order that was asked for."""
        boxes = self.boxes()
        return self._in_order([c for c in self._codings if boxes[c.pk][0]], lambda pk: boxes[pk][1])

    def clean(self):
        cleaned = super().clean()
        wanted = {coding.pk for coding in cleaned.get("quotes", ())}
        if len(wanted) > MOST:
            self.add_error("quotes", f"U koos {len(wanted)} citaten. Kies er ten hoogste {MOST}.")
        cleaned["in_order"] = self._in_order(
            [coding for coding in self._codings if coding.pk in wanted],
            lambda pk: cleaned.get(f"place-{pk}"),
        )
        return cleaned

    def _in_order(self, codings, place_of):
        """By place; what has none, or no number, comes last in the order of the page."""

        def place(coding):
            given = str(place_of(coding.pk) or "")
            return int(given) if given.isdecimal() else MOST + 1

        return sorted(codings, key=place)
