"""The form in which an advisor judges one coalition on one theme."""

from django import forms

from agreements.models import Measure
from assessments.models import Assessment, Level


class AssessmentForm(forms.ModelForm):
    """Level, words and evidence; the rules of the levels are DOMAIN's, checked again by the database.

    `proposal` is what follows from the codings; a level that differs from it asks for a reason.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Assessment
        fields = ["level", "departure", "summary", "advice", "note", "change_note", "codings"]
        widgets = {
            "level": forms.RadioSelect,
            "departure": forms.Textarea(attrs={"rows": 2}),
            "summary": forms.Textarea(attrs={"rows": 5}),
            "advice": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 2}),
            "change_note": forms.Textarea(attrs={"rows": 2}),
            "codings": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "summary": "Twee of drie korte zinnen: wat staat er, en wat ontbreekt?",
            "advice": "Wat kan de gemeente doen? Dit leest iedereen na publicatie.",
            "note": "Alleen voor VRT. De gemeente en burgemeesters zien dit nooit.",
            "change_note": "Wat wijzigde er sinds de vorige publicatie, en waarom? Lezers zien dit.",
            "departure": "Schrijf op waarom het voorstel hier niet klopt.",
        }

    def __init__(self, *args, codings, search, proposal, waiting=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.search = search
        self.proposal = proposal
        self.waiting = waiting
        self.fields["level"].choices = Level.choices
        self.fields["codings"].queryset = codings
        self.fields["codings"].required = False
        if self.instance.revision == 1:
            del self.fields["change_note"]

    def clean(self):
        cleaned = super().clean()
        level, codings = cleaned.get("level"), list(cleaned.get("codings", []))
        if level == Level.NOT_MENTIONED:
            self._check_absence()
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
        self._check_departure(cleaned, level)
        return cleaned

    def _check_departure(self, cleaned, level):
        """A level other than the proposal has a reason; one that follows it needs none, and keeps none."""
        proposed = self.proposal.level
        self.instance.proposed_level = proposed
        if level is None or "departure" in self.errors:
            return
        if proposed is None or level == proposed:
            cleaned["departure"] = ""
        elif not cleaned.get("departure"):
            self.add_error(
                "departure",
                f"Uit de coderingen volgt “{proposed.label}”. Kiest u “{Level(level).label}”? Schrijf dan op waarom.",
            )

    def _check_absence(self):
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
