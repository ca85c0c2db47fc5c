"""Forms for uploading an agreement."""

from django import forms
from django.conf import settings
from django.contrib.postgres.forms import SimpleArrayField

from agreements.intake.reader import MEDIA_TYPES
from agreements.models import Agreement
from municipalities.models import Coalition

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
