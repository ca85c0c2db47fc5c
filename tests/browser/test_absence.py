"""A theme that an agreement is silent about: judge every hit, conclude, and see the proof become stale."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agreements.actions import propose
from assessments.models import Absence
from municipalities.models import Coalition
from tests.factories import AgreementFactory, UserFactory, VersionFactory
from themes.models import Term, Theme

TEXT = (
    "De handhaving van de blauwe zone gaat door. Wij handhaven het niveau van het groen.\n\n"
    "Toezicht op de begroting houdt de raad. Verder verandert er niets."
)


@pytest.fixture
def theme(reference):
    Term.objects.all().delete()
    theme = Theme.objects.get(key="toezicht_handhaving")
    Term.objects.create(theme=theme, text="handhav", weight=1)
    Term.objects.create(theme=theme, text="toezicht", weight="0.5")
    return theme


@pytest.fixture
def version(theme):
    coalition = Coalition.objects.at(municipality="losser", term=2026).get()
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition), text=TEXT)
    propose(version)
    return version


def test_from_hits_to_a_proof_that_becomes_stale(
    page, live_server, enter, theme, version, complaints
):
    advisor = UserFactory(role="Adviseur", first_name="Anouk", last_name="Wolters")
    enter(advisor)

    # one hit is judged in the reading room, by rejecting its suggestion
    page.goto(live_server.url + version.get_absolute_url())
    queue = page.get_by_role("region", name="Voorstellen")
    expect(queue).to_contain_text("Voorstel 1 van 2")
    page.keyboard.press("x")
    expect(queue).to_contain_text("Voorstel 1 van 1")

    # concluding waits for the others
    page.goto(live_server.url + reverse("assessments:assess", args=["losser", 2026, theme.slug]))
    proof = page.get_by_role("region", name="Bewijs van afwezigheid")
    expect(proof).to_contain_text("3 treffers, waarvan 2 nog te bekijken")
    page.get_by_label("Samenvatting").fill("Losser noemt toezicht en handhaving niet.")
    page.get_by_role("radio", name="niet genoemd").check()
    page.get_by_role("button", name="Concept opslaan").click()
    expect(page.get_by_text("Nog 2 treffers niet bekeken.")).to_be_visible()

    # by keyboard: tick both and say so; what was typed stays
    proof.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    proof.get_by_role("button", name="Gaat niet over Toezicht en handhaving").press("Enter")
    expect(proof).to_contain_text("waarvan 0 nog te bekijken")
    expect(proof).to_contain_text("Anouk Wolters")
    expect(page.get_by_label("Samenvatting")).to_have_value(
        "Losser noemt toezicht en handhaving niet."
    )
    page.get_by_role("button", name="Concept opslaan").click()
    expect(page.get_by_text("Het concept is opgeslagen.")).to_be_visible()
    record = Absence.objects.get()
    assert record.terms == ["handhav", "toezicht"]
    assert [hit["judged_by"] for hit in record.hits] == ["Anouk Wolters"] * 3

    # a new term makes it stale by itself
    Term.objects.create(theme=theme, text="boa", weight=1)
    page.reload()
    expect(page.get_by_text("Het bewijs is verouderd")).to_be_visible()
    assert complaints == []
