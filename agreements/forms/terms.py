"""The form in which the terms of a theme are edited."""

from django import forms
from django.utils.crypto import constant_time_compare, salted_hmac

from themes import term_list


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
