"""The forms of a second, blind reading."""

from django import forms
from django.contrib.auth import get_user_model

from assessments.models import Assessment, Level, SecondReading
from assessments.people import who_may
from assessments.workflow import ADVISOR

USUAL_SHARE = 20  # per cent


class AskSecondForm(forms.Form):
    """How many of these candidates to draw, or which, and who reads them."""

    readers = forms.ModelMultipleChoiceField(
        get_user_model().objects.none(),
        label="Wie lezen?",
        help_text="Niemand krijgt een beoordeling waaraan hij of zij zelf meewerkte.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vink ten minste één lezer aan."},
    )
    share = forms.IntegerField(
        label="Welk deel, in procenten?",
        required=False,
        min_value=1,
        max_value=100,
        initial=USUAL_SHARE,
        error_messages={"invalid": "Schrijf een heel getal van 1 tot en met 100."},
    )
    chosen = forms.ModelMultipleChoiceField(
        Assessment.objects.none(),
        label="Welke beoordelingen?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        advisors = who_may(ADVISOR).order_by("first_name", "last_name", "pk")
        self.fields["readers"].queryset = advisors
        self.fields["readers"].initial = [advisor.pk for advisor in advisors]
        self.fields["chosen"].queryset = Assessment.objects.filter(
            pk__in=[assessment.pk for assessment in candidates]
        )
        self.fields["chosen"].choices = [
            (a.pk, f"{a.coalition.municipality}: {a.theme}") for a in candidates
        ]

    @property
    def is_choice(self):
        """Whether single ones are asked for, instead of a share."""
        return self.data.get("how") == "choose"

    def clean(self):
        cleaned = super().clean()
        if self.is_choice:
            if not cleaned.get("chosen") and "chosen" not in self.errors:
                self.add_error("chosen", "Vink ten minste één beoordeling aan.")
        elif cleaned.get("share") is None and "share" not in self.errors:
            self.add_error("share", "Schrijf een heel getal van 1 tot en met 100.")
        return cleaned


class GiveForm(forms.ModelForm):
    """The second reader's level, and why."""

    class Meta:
        model = SecondReading
        fields = ["level", "reason"]
        widgets = {"level": forms.RadioSelect, "reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": "Een of twee zinnen: wat in de tekst geeft de doorslag?"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_whole(self, "level", "reason")


class ConsensusForm(forms.ModelForm):
    """The level that the readers agreed on, and why."""

    class Meta:
        model = SecondReading
        fields = ["consensus_level", "consensus_reason"]
        labels = {"consensus_level": "Het oordeel samen", "consensus_reason": "Waarom"}
        widgets = {
            "consensus_level": forms.RadioSelect,
            "consensus_reason": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"consensus_reason": "Wat gaf de doorslag? De twee lezingen blijven bewaard."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_whole(self, "consensus_level", "consensus_reason")


def _ask_whole(form, level, reason):
    """Both are empty until they are given, and then both are needed."""
    form.fields[level].choices = Level.choices
    form.fields[level].error_messages["required"] = "Kies een oordeel."
    form.fields[reason].error_messages["required"] = "Schrijf op waarom."
    for field in (level, reason):
        form.fields[field].required = True


class CancelForm(forms.Form):
    """Why a second reading is taken back."""

    why = forms.CharField(
        label="Waarom trekt u haar in?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf op waarom."},
    )
