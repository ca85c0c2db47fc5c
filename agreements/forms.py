"""Forms for uploading an agreement and for coding a passage."""

from django import forms
from django.conf import settings
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.crypto import constant_time_compare, salted_hmac

from agreements.citation import in_words, locate, pages_of, trim
from agreements.intake.reader import MEDIA_TYPES
from agreements.models import Agreement, Coding, Measure, Suggestion
from municipalities.models import Coalition
from themes import term_list
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
            return self._place_of(quote)
        try:
            start, end = trim(text, start, end)
        except ValueError:
            self._refuse("Deze selectie valt buiten de tekst. Selecteer de passage opnieuw.")
        if start == end:
            self._refuse("Selecteer ten minste één woord.")
        if text[start:end].split() != quote.split():
            self._refuse("Dit citaat staat niet letterlijk op deze plaats. Selecteer het opnieuw.")
        return start, end

    def _place_of(self, quote):
        places = locate(self.version.text, quote)
        if not places:
            self._refuse(
                "Dit citaat staat niet letterlijk in het document. Kopieer de tekst precies zoals zij er staat."
            )
        if len(places) > 1:
            pages = list(self.version.pages.without_words())
            at = dict.fromkeys(pages_of(pages, *place)[0] for place in places)
            self._refuse(
                f"Dit citaat staat er {len(places)} keer ({in_words(at)}). Neem meer woorden mee."
            )
        return places[0]

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


class MeasureForm(forms.ModelForm):
    """What a passage promises; knows which edit of it was on screen (0 for a new one)."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    amount = forms.DecimalField(
        label="Bedrag in euro’s",
        required=False,
        localize=True,
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


class TermsForm(forms.Form):
    """The terms of a theme as a text, the edit of them that was on screen, and what was looked at.

    `cleaned_data["terms"]` holds the lines.
    """

    terms = forms.CharField(
        label="Termen en gewichten",
        strip=False,
        max_length=100_000,
        help_text="Elke term op een eigen regel, met het gewicht erachter. Zonder gewicht telt een term voor 1.",
        error_messages={"required": "Vul ten minste één term in."},
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "autocapitalize": "off"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    previewed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, theme, **kwargs):
        super().__init__(*args, **kwargs)
        self.theme = theme

    def clean_terms(self):
        lines, mistakes = term_list.read(self.cleaned_data["terms"])
        if mistakes:
            raise forms.ValidationError(mistakes)
        return lines

    @property
    def is_stale(self):
        """Whether someone else saved the terms since they were on screen."""
        return self.cleaned_data["seen"] != str(self.theme.terms_edit)

    @property
    def is_previewed(self):
        """Whether the effect of exactly these terms was on screen, beside the terms as they are now."""
        return constant_time_compare(self.cleaned_data["previewed"], self.digest())

    def digest(self):
        shown = [self.theme.pk, self.theme.terms_edit, term_list.write(self.cleaned_data["terms"])]
        return salted_hmac("agreements.terms", "\n".join(map(str, shown))).hexdigest()

    def show(self, **values):
        """Put values of ours in the hidden fields; what was typed stays."""
        self.data = self.data.copy()
        self.data.update(values)
