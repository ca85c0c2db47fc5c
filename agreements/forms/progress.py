"""Forms for dividing the reading, and for what was read."""

from django import forms
from django.contrib.auth import get_user_model

from themes.models import Theme


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
