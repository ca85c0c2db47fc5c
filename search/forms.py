"""The form that keeps a search."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from search.address import Address, Choices
from search.models import SavedSearch


class SavedSearchForm(forms.ModelForm):
    """`query` comes from the page; what stands in it is written anew, so that it holds what we know only."""

    class Meta:
        model = SavedSearch
        fields = ["name", "query"]
        widgets = {"query": forms.HiddenInput}

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_query(self):
        address = Address.read(QueryDict(self.cleaned_data["query"]), Choices()).but()
        if not address.question.wanted:
            raise ValidationError("Zoek eerst iets. Bewaar daarna uw zoekopdracht.")
        return address.query

    def clean(self):
        mine = SavedSearch.objects.filter(owner=self.instance.owner)
        if mine.filter(query=self.cleaned_data.get("query")).exists():
            raise ValidationError("U hebt deze zoekopdracht al bewaard.")
        if mine.count() >= SavedSearch.MOST:
            raise ValidationError(
                f"U hebt al {SavedSearch.MOST} zoekopdrachten bewaard. Verwijder er eerst een."
            )
        return super().clean()
