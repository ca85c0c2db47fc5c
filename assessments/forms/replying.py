"""The form in which a municipality replies to one judgement."""

from django import forms

from agreements.models import AgreementVersion
from assessments.models import Reply

NEEDS_TEXT = {
    Reply.Position.ADDITION: "Schrijf op wat u wilt aanvullen.",
    Reply.Position.DISAGREE: "Schrijf op waarom u het oneens bent.",
}


class ReplyForm(forms.ModelForm):
    """A position, words, and a place in the own agreement.

    Several stand on one page and are sent together, so each knows what it was when the page was made
    (`show_hidden_initial`) and says whether something was filled in.
    """

    use_required_attribute = False  # a browser would hold up one theme for the others

    place = forms.CharField(
        label="Plak hier een stuk tekst uit uw akkoord",
        help_text="Precies zoals het er staat. Het portaal zoekt de bladzijde erbij.",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Reply
        fields = ["position", "text", "version"]
        labels = {"position": "Wat vindt u?", "text": "Toelichting"}
        help_texts = {"text": "Lezers zien uw woorden bij de beoordeling, na publicatie."}
        widgets = {"position": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "position": {"invalid_choice": "Kies wat u vindt."},
            "version": {"invalid_choice": "Kies een document uit de lijst."},
        }

    def __init__(self, *args, instance, documents, **kwargs):
        initial = {"seen": instance.edit_number, "place": instance.quote}
        if not instance.version_id and len(documents) == 1:
            initial["version"] = documents[0].pk
        super().__init__(
            *args, instance=instance, initial=initial, prefix=f"r{instance.pk}", **kwargs
        )
        position, version = self.fields["position"], self.fields["version"]
        position.choices = [
            choice for choice in Reply.Position.choices if choice[0] != Reply.Position.SILENT
        ]
        position.required = True
        position.error_messages["required"] = "Kies wat u vindt."
        version.queryset = AgreementVersion.objects.filter(pk__in=[d.pk for d in documents])
        choices = [(document.pk, _name(document, documents)) for document in documents]
        version.choices = choices if len(choices) == 1 else [("", "Kies een document"), *choices]
        for name in self.asked:
            self.fields[name].show_hidden_initial = True

    asked = ("position", "text", "version", "place")

    @property
    def says_something(self):
        """Whether what is in the form differs from what was in it when the page was made."""
        return any(name in self.asked for name in self.changed_data)

    def clean(self):
        cleaned = super().clean()
        position, text, place = (cleaned.get(name) for name in ("position", "text", "place"))
        if position in NEEDS_TEXT and not text:
            self.add_error("text", NEEDS_TEXT[position])
        elif position == Reply.Position.AGREE and (text or place):
            self.add_error(
                "text",
                "U koos “eens”, maar er staat nog een toelichting of citaat. Kies “eens, met aanvulling”, "
                "of maak die velden leeg.",
            )
        if place and not cleaned.get("version") and "version" not in self.errors:
            self.add_error("version", "Kies het document waar dit citaat in staat.")
        return cleaned


def _name(document, documents):
    """The title of a document; with its version where that is needed to tell two apart."""
    same = [other for other in documents if other.agreement_id == document.agreement_id]
    return str(document if len(same) > 1 else document.agreement)
