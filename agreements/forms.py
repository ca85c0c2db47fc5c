"""Forms for uploading an agreement, coding a passage, and dividing the reading."""

import re
from decimal import Decimal

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.formats import number_format

from agreements.citation import in_words, locate, pages_of, trim
from agreements.intake.reader import MEDIA_TYPES
from agreements.models import Agreement, Coding, Measure, Suggestion
from municipalities.models import Coalition
from themes.models import FocusPoint, Theme

ACCEPTED = ",".join(MEDIA_TYPES)
FILE_HELP = (
    f"PDF, DOCX, ODT, HTML of platte tekst, hoogstens {settings.MAX_UPLOAD_BYTES // 1024**2} MB."
)


class FileForm(forms.Form):
    """A newer file of an agreement that is already there."""

    file = forms.FileField(
        label="Bestand",
        help_text=FILE_HELP,
        allow_empty_file=True,  # the action has the better message
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class UploadForm(forms.ModelForm):
    """A new agreement with its first file, and the coalition's parties."""

    coalition = forms.ModelChoiceField(
        label="Gemeente en raadsperiode",
        queryset=Coalition.objects.select_related("municipality", "term"),
        empty_label="Kies een gemeente",
    )
    parties = SimpleArrayField(
        forms.CharField(max_length=80),
        label="Partijen in de coalitie",
        required=False,
        help_text="Scheid ze met een komma. Leeg betekent: niet bekend.",
    )
    source_url = forms.URLField(
        label="Vindplaats op internet",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Het adres waar de gemeente het akkoord zelf heeft geplaatst.",
    )
    file = FileForm.base_fields["file"]

    class Meta:
        model = Agreement
        fields = ["coalition", "title", "kind", "adopted_on", "source_url"]
        widgets = {"adopted_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    field_order = ["coalition", "title", "kind", "adopted_on", "source_url", "parties", "file"]


class FocusPointField(forms.ModelChoiceField):
    """Focus points grouped by theme, so that the list is usable without JavaScript."""

    def __init__(self, **kwargs):
        super().__init__(queryset=FocusPoint.objects.none(), **kwargs)

    def for_term(self, term):
        self.queryset = FocusPoint.objects.for_term(term)
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
        pages = list(version.pages.without_words())
        at = dict.fromkeys(pages_of(pages, *place)[0] for place in places)
        raise forms.ValidationError(
            f"Dit citaat staat er {len(places)} keer ({in_words(at)}). Neem meer woorden mee."
        )
    return places[0]


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
        self.fields["focus_point"].for_term(term)
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


class AssignmentForm(forms.Form):
    """Who reads an agreement, and for which themes."""

    reader = forms.ModelChoiceField(
        label="Wie leest het?",
        queryset=get_user_model().objects.none(),
        empty_label="Kies een naam",
        error_messages={
            "required": "Kies wie het akkoord leest.",
            "invalid_choice": "Deze persoon kan geen akkoord lezen. Kies een adviseur.",
        },
    )
    themes = forms.ModelMultipleChoiceField(
        label="Voor welke thema’s?",
        queryset=Theme.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vink ten minste één thema aan."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reader"].queryset = get_user_model().objects.with_perm(
            "agreements.add_passage"
        )
        self.fields["themes"].initial = self.fields["themes"].queryset


class UnassignmentForm(forms.Form):
    """Whom to take which themes from (none: all); also someone who is no advisor any more."""

    reader = forms.ModelChoiceField(queryset=get_user_model().objects.all())
    themes = forms.ModelMultipleChoiceField(queryset=Theme.objects.all(), required=False)

    def clean_themes(self):
        return self.cleaned_data["themes"] or Theme.objects.all()


class PageReadingForm(forms.Form):
    """Which pages of a version were read: one, or all up to and including one; or one that wasn't."""

    number = forms.IntegerField(required=False, min_value=1)
    until = forms.IntegerField(required=False, min_value=1)
    unread = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = version

    def clean(self):
        cleaned = super().clean()
        given = [number for number in cleaned.values() if number is not None]
        if len(given) != 1 or given[0] > self.version.page_count:
            raise forms.ValidationError(
                f"Kies een bladzijde van 1 tot en met {self.version.page_count}."
            )
        return cleaned

    @property
    def is_undone(self):
        return self.cleaned_data["unread"] is not None

    @property
    def last(self):
        return next(number for number in self.cleaned_data.values() if number is not None)

    @property
    def numbers(self):
        first = 1 if self.cleaned_data["until"] else self.last
        return list(range(first, self.last + 1))
