"""The form in which an advisor judges one coalition on one theme."""

from django import forms

from agreements.models import Measure
from assessments.models import Assessment, Level


class AssessmentForm(forms.ModelForm):
    """Level, summary and evidence; the rules of the levels are DOMAIN's, checked again at publication."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Assessment
        fields = ["level", "summary", "codings"]
        widgets = {
            "level": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 5}),
            "codings": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "summary": "Twee of drie korte zinnen: wat staat er, en wat ontbreekt?",
        }

    def __init__(self, *args, codings, search, waiting=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.search = search
        self.waiting = waiting
        self.fields["level"].choices = Level.choices
        self.fields["codings"].queryset = codings
        self.fields["codings"].required = False

    def clean(self):
        cleaned = super().clean()
        level, codings = cleaned.get("level"), list(cleaned.get("codings", []))
        if level == Level.NOT_MENTIONED:
            self._check_absence(cleaned)
        elif level is not None and not codings:
            self.add_error(
                "codings",
                f"“{Level(level).label}” heeft ten minste één citaat nodig. Vink een citaat aan.",
            )
        elif (
            level == Level.CONCRETE
            and not Measure.objects.filter(passage__codings__in=codings).exists()
        ):
            self.add_error(
                "codings",
                "“concreet” heeft ten minste één citaat nodig met een maatregel. "
                "Leg de maatregel vast bij het citaat in het akkoord.",
            )
        return cleaned

    def _check_absence(self, cleaned):
        if not self.search.versions:
            self.add_error(
                "level", "Er is nog geen leesbaar akkoord. “niet genoemd” kan dus nog niet blijken."
            )
        elif self.fields["codings"].queryset:
            self.add_error(
                "level",
                "Er zijn passages met dit thema. Kies een ander oordeel, of haal de coderingen weg.",
            )
        elif self.waiting:
            self.add_error(
                "level",
                "Passages met dit thema uit een eerdere versie wachten nog op een besluit. Beslis daar eerst over.",
            )
        elif left := len(self.search.open):
            self.add_error(
                "level",
                f"Nog {left} treffer{'s' if left > 1 else ''} niet bekeken. Zeg bij elke treffer dat hij niet "
                "over dit thema gaat, of markeer hem in het akkoord.",
            )
