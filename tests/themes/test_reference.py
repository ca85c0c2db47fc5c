"""The reference data: there after loading, and never over what people changed."""

import pytest
from django.core.management import call_command

from municipalities.models import Coalition, CouncilTerm, Municipality
from themes.models import Ambition, FocusPoint, Partner, RegionalInput, Term, Theme
from themes.shipped import shipped_terms


@pytest.fixture
def loaded(db):
    call_command("load_reference")


def test_brings_places_terms_and_themes(loaded):
    assert Municipality.objects.count() == 14
    assert [term.start_year for term in CouncilTerm.objects.all()] == [2026, 2022, 2018]
    assert Coalition.objects.count() == 42
    assert [theme.letter for theme in Theme.objects.all()] == list("ZODTCB")
    assert Partner.objects.count() == 4
    assert not Theme.objects.filter(terms=None).exists()
    assert Term.objects.count() == len(shipped_terms())


def test_terms_that_people_changed_stay_as_they_are(loaded):
    brandweer = Theme.objects.get(key="brandweer")
    brandweer.terms.exclude(text="brandweer").delete()
    brandweer.terms.update(weight="0.80")

    call_command("load_reference")

    assert list(brandweer.terms.values_list("text", flat=True)) == ["brandweer"]


def test_terms_of_before_there_were_weights_are_replaced(loaded):
    brandweer = Theme.objects.get(key="brandweer")
    brandweer.terms.all().delete()
    Term.objects.create(theme=brandweer, text="oud")

    call_command("load_reference")

    assert not brandweer.terms.filter(text="oud").exists()
    assert brandweer.terms.count() == len([t for t in shipped_terms() if t.theme == "brandweer"])


def test_what_is_not_known_stays_unknown(loaded):
    losser = Coalition.objects.get(municipality__slug="losser", term__start_year=2022)

    assert losser.parties == []
    assert losser.real_title == ""


def test_neighbours_are_mutual(loaded):
    for municipality in Municipality.objects.prefetch_related("neighbours__neighbours"):
        for neighbour in municipality.neighbours.all():
            assert municipality in neighbour.neighbours.all()


def test_the_input_of_2026_begins_as_a_copy(loaded):
    first, copy = RegionalInput.objects.order_by("term__start_year")

    assert copy.based_on == first
    assert copy.dated is None
    for model, field in ((FocusPoint, "name"), (Ambition, "text")):
        rows = model.objects.order_by("theme", field)
        assert list(rows.filter(regional_input=copy).values_list(field, flat=True)) == list(
            rows.filter(regional_input=first).values_list(field, flat=True)
        )


def test_loading_again_changes_nothing_that_people_changed(loaded):
    FocusPoint.objects.filter(slug="jeugd").update(name="Aangepast")
    Municipality.objects.filter(slug="losser").update(population=23000)
    counts = [model.objects.count() for model in (Municipality, Coalition, Theme, FocusPoint)]

    call_command("load_reference")

    assert [
        model.objects.count() for model in (Municipality, Coalition, Theme, FocusPoint)
    ] == counts
    assert FocusPoint.objects.filter(name="Aangepast").count() == 2
    assert Municipality.objects.get(slug="losser").population == 23000


def test_loading_again_keeps_the_terms_that_people_saved_whatever_they_weigh(loaded):
    theme = Theme.objects.first()
    theme.terms.all().delete()
    theme.terms.create(text="drugs", weight=1)
    Theme.objects.filter(pk=theme.pk).update(terms_edit=2)

    call_command("load_reference")

    assert list(theme.terms.values_list("text", "weight")) == [("drugs", 1)]
