"""What only a demo shows."""

from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.models import Level
from demo.design import tokens
from themes.models import Theme

_SHEET = Path(settings.BASE_DIR) / "static" / "tokens.css"


class ExampleForm(forms.Form):
    """A field of every kind, one of them filled in wrongly."""

    title = forms.CharField(label="Titel", help_text="Zoals die op het akkoord staat.")
    kind = forms.ChoiceField(
        label="Soort", choices=[("akkoord", "Coalitieakkoord"), ("anders", "Anders")]
    )
    day = forms.DateField(label="Datum", required=False, widget=forms.DateInput({"type": "date"}))
    text = forms.CharField(label="Samenvatting", widget=forms.Textarea({"rows": 3}))
    is_sure = forms.BooleanField(label="Dit klopt", required=False)


@require_GET
@login_not_required
def design(request):
    """Every component with its tokens, to look at while designing."""
    if not settings.DEMO:
        raise Http404
    form = ExampleForm({"title": "", "kind": "akkoord", "text": "Het akkoord noemt een team."})
    all_tokens = tokens(_SHEET.read_text())
    return render(
        request,
        "demo/design.html",
        {
            "colours": [token for token in all_tokens if token.is_colour],
            "measures": [token for token in all_tokens if not token.is_colour],
            "levels": Level,
            "themes": Theme.objects.all(),
            "form": form,
        },
    )
