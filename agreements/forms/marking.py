"""Forms for marking a passage, coding it, and writing down what it promises."""

import re
from decimal import Decimal

from django import forms
from django.utils.formats import number_format

from agreements.citation import in_words, locate, pages_of, trim
from agreements.models import Coding, Measure, Suggestion
from themes.models import FocusPoint, Theme


class FocusPointField(forms.ModelChoiceField):
    """Focus points grouped by theme, so that the list is usable without JavaScript."""

    def __init__(self, **kwargs):
        super().__init__(queryset=FocusPoint.objects.none(), **kwargs)

    def for_term(self, term, *, keep=None):
        """Offer those of the newest edition, and the one that a coding has already."""
        self.queryset = FocusPoint.objects.for_term(term)
        if keep:
            self.queryset |= FocusPoint.objects.filter(pk=keep).select_related("theme")
        groups = {}
        for point in self.queryset:
            groups.setdefault(point.theme.name, []).append((point.pk, point.name))
        self.choices = [("", "Geen aandachtspunt"), *groups.items()]


def only_place(version, quote):
    """The one place where this quote stands in the version. Raises ValidationError."""
    places = locate(version.text, quote)
    if not places:
        raise forms.ValidationError(
            "Dit citaat staat niet letterlijk in het document. Kopieer de tekst precies zoals zij er staat."
        )
    if len(places) > 1:
        pages = version.spans
        at = dict.fromkeys(pages_of(pages, *place)[0] for place in places)
        raise forms.ValidationError(
            f"Dit citaat staat er {len(places)} keer ({in_words(at)}). Neem meer woorden mee."
        )
    return places[0]


class MarkForm(forms.Form):
    """A place in the text and the theme to code it with; the details come after.

    The place comes as offsets (from a selection) or as a quote (typed or pasted, for whoever marks
    without a mouse or JavaScript).
    """

    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)
    suggestion = forms.ModelChoiceField(
        Suggestion.objects.none(), required=False, widget=forms.HiddenInput
    )
    quote = forms.CharField(
        label="Citaat",
        error_messages={"required": "Selecteer een passage in de tekst, of plak een citaat."},
        max_length=20_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Letterlijk zoals het in het document staat.",
    )
    theme = forms.ModelChoiceField(
        label="Thema",
        queryset=Theme.objects.all(),
        error_messages={"required": "Kies een thema."},
    )

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = version
        self.fields["suggestion"].queryset = version.suggestions.open()

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            cleaned["start"], cleaned["end"] = self._place(cleaned)
        return cleaned

    def _place(self, cleaned):
        text, quote = self.version.text, cleaned["quote"]
        start, end = cleaned.get("start"), cleaned.get("end")
        if start is None or end is None:
            try:
                return only_place(self.version, quote)
            except forms.ValidationError as problem:
                self._refuse(problem.message)
        try:
            start, end = trim(text, start, end)
        except ValueError:
            self._refuse("Deze selectie valt buiten de tekst. Selecteer de passage opnieuw.")
        if start == end:
            self._refuse("Selecteer ten minste één woord.")
        if text[start:end].split() != quote.split():
            self._refuse("Dit citaat staat niet letterlijk op deze plaats. Selecteer het opnieuw.")
        return start, end

    def _refuse(self, message):
        raise forms.ValidationError({"quote": message})


class CodingForm(forms.ModelForm):
    """Theme, focus point, strength and note of a coding; knows which edit of it was on screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    focus_point = FocusPointField(label="Aandachtspunt", required=False)
    theme = forms.ModelChoiceField(label="Thema", queryset=Theme.objects.all(), empty_label=None)

    class Meta:
        model = Coding
        fields = ["theme", "focus_point", "strength", "note"]
        widgets = {"strength": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, term, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["focus_point"].for_term(term, keep=self.instance.focus_point_id)
        self.fields["strength"].choices = Coding.Strength.choices

    def clean(self):
        cleaned = super().clean()
        theme, focus_point = cleaned.get("theme"), cleaned.get("focus_point")
        if theme and focus_point and focus_point.theme_id != theme.pk:
            self.add_error(
                "focus_point",
                f"“{focus_point}” hoort niet bij {theme}. Kies een ander aandachtspunt.",
            )
        return cleaned


class EuroField(forms.DecimalField):
    """An amount as it is written in Dutch: "180.000", "€ 1.500,50" or "82000"."""

    widget = forms.TextInput

    def to_python(self, value):
        written = str(value or "").replace("€", "").replace("\xa0", " ").strip()
        if written and not re.fullmatch(r"-?(\d+|\d{1,3}([. ]\d{3})+)(,(\d{1,2}|-))?", written):
            raise forms.ValidationError(
                "Schrijf het bedrag als 180.000 of 1.500,50, in hele euro’s of met centen."
            )
        plain = re.sub(r"[. ]|,-$", "", written).replace(",", ".")
        return super().to_python(plain)

    def prepare_value(self, value):
        return number_format(value, force_grouping=True) if isinstance(value, Decimal) else value


class MeasureForm(forms.ModelForm):
    """What a passage promises; knows which edit of it was on screen (0 for a new one)."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    amount = EuroField(
        label="Bedrag in euro’s",
        required=False,
        max_digits=12,
        decimal_places=2,
        help_text="Bij structureel: per jaar.",
    )

    class Meta:
        model = Measure
        fields = ["what", "amount", "first_year", "last_year", "kind", "who"]
        labels = {"what": "Wat", "kind": "Eenmalig of structureel", "who": "Wie"}


class RejectForm(forms.Form):
    """Why a suggestion is not about the theme, for whoever wants to say."""

    reason = forms.CharField(label="Reden", required=False, max_length=200, strip=True)
