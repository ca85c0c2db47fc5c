"""A judgement goes back and forth to the editor and to the municipality, and is published."""

import pytest
from playwright.sync_api import expect

from accounts.models import Session
from assessments.models import Assessment
from municipalities.models import Coalition
from tests.accounts.conftest import grow_old
from tests.factories import (
    AgreementFactory,
    CodingFactory,
    PassageFactory,
    UserFactory,
    VersionFactory,
)
from themes.models import Theme

TEXT = "Wij pakken ondermijning aan. Er komt een team van vier mensen."
FIRST = "Hengelo pakt ondermijning aan."
SECOND = "Hengelo pakt ondermijning aan. Een einddatum ontbreekt."


@pytest.fixture
def people(reference):
    """Everyone who has to do with the judgement of Hengelo on one theme, of which a passage is coded."""
    coalition = Coalition.objects.at(municipality="hengelo", term=2026).get()
    version = VersionFactory(
        agreement=AgreementFactory(coalition=coalition, title="Samen vooruit"), text=TEXT
    )
    CodingFactory(
        passage=PassageFactory(version=version), theme=Theme.objects.get(key="ondermijning")
    )
    of_hengelo = {"municipality": coalition.municipality}
    return {
        "advisor": UserFactory(role="Adviseur", first_name="Anouk", last_name="Wolters"),
        "editor": UserFactory(role="Eindredacteur", first_name="Mirjam", last_name="Engberink"),
        "contact": UserFactory(role="Gemeentecontact", **of_hengelo),
        "mayor": UserFactory(role="Burgemeester", **of_hengelo),
    }


@pytest.fixture
def at_the_desk(page, live_server, enter, people):
    """Sign someone in and open the judgement."""

    def at_the_desk(who):
        enter(people[who])
        page.goto(f"{live_server.url}/beoordelingen/hengelo/2026/ondermijning/")

    return at_the_desk


def status():
    return Assessment.objects.get().status


def test_from_concept_to_published_with_everyone_heard(
    page, live_server, enter, people, at_the_desk, complaints
):
    write_and_submit(page, at_the_desk)
    send_back_with_a_remark(page, at_the_desk)
    answer_and_submit_again(page, at_the_desk)
    lay_before_the_municipality(page, at_the_desk)
    disagree(page, live_server, enter, people["contact"])
    answer_the_municipality(page, at_the_desk)
    publish(page, at_the_desk)
    read(page, enter, people["mayor"])

    assert complaints == []


def test_the_same_with_an_expired_session_in_between(page, live_server, enter, people, at_the_desk):
    at_the_desk("advisor")
    page.get_by_label("Samenvatting").fill(FIRST)
    grow_old(minutes=31)
    page.get_by_role("button", name="Concept opslaan").click()
    sign_in_again(page, people["advisor"], FIRST)
    assert Assessment.objects.get().summary == FIRST
    page.get_by_role("button", name="Ter review leggen").click()

    at_the_desk("editor")
    page.get_by_text("Opmerking maken", exact=True).first.click()
    remark = page.get_by_label("Opmerking", exact=True)
    remark.fill("Wanneer is het team er?")
    Session.objects.all().end()
    page.get_by_role("button", name="Opmerking maken").click()
    sign_in_again(page, people["editor"], "Wanneer is het team er?")
    expect(page.get_by_text("De opmerking is gemaakt.")).to_be_visible()
    page.get_by_role("button", name="Afhandelen").click()

    lay_before_the_municipality(page, at_the_desk, resolve=False)
    enter(people["contact"])
    page.goto(f"{live_server.url}/reactie/")
    card = page.locator("#ondermijning")
    card.get_by_label("oneens", exact=True).check()
    card.get_by_label("Toelichting").fill("Het team werkt al sinds mei.")
    grow_old(minutes=31)
    card.get_by_role("button", name="Opslaan").click()
    sign_in_again(page, people["contact"], "Het team werkt al sinds mei.")
    expect(page.get_by_text("Uw reactie: oneens")).to_be_visible()

    answer_the_municipality(page, at_the_desk)
    publish(page, at_the_desk)
    assert status() == "published"


def sign_in_again(page, person, typed):
    """The way back from the sign-in page: the text waits, and one button sends it after all."""
    page.get_by_label("Gebruikersnaam").fill(person.username)
    page.get_by_label("Wachtwoord").fill("geheim-in-de-test")
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_role("heading", name="Uw tekst is bewaard")).to_be_visible()
    expect(page.get_by_text(typed).first).to_be_visible()
    page.get_by_role("button", name="Opnieuw versturen").click()


def write_and_submit(page, at_the_desk):
    at_the_desk("advisor")
    expect(page.get_by_text("1 citaat bevat een doel of een aanpak.").first).to_be_visible()
    page.get_by_role("radio", name="genoemd", exact=True).check()
    page.get_by_label("Samenvatting").fill(FIRST)
    expect(page.get_by_text("Goed leesbaar.")).to_be_visible()
    page.get_by_role("button", name="Concept opslaan").click()
    expect(page.get_by_text("Uit de coderingen volgt “uitgewerkt”.")).to_be_visible()
    page.get_by_label("Waarom anders dan het voorstel").fill("Het is één zin.")
    page.get_by_label("Interne notitie").fill("Nog bellen met Hengelo.")
    page.get_by_role("radio", name="genoemd", exact=True).press("Enter")
    expect(page.get_by_text("Het concept is opgeslagen.")).to_be_visible()
    page.get_by_role("button", name="Ter review leggen").click()
    expect(page.get_by_text("De beoordeling ligt nu ter review.")).to_be_visible()


def send_back_with_a_remark(page, at_the_desk):
    at_the_desk("editor")
    page.get_by_text("Opmerking maken", exact=True).first.click()
    page.get_by_label("Waarover").select_option("de samenvatting")
    page.get_by_label("Opmerking", exact=True).fill("Wanneer is het team er?")
    page.get_by_role("button", name="Opmerking maken").click()
    expect(page.get_by_text("De opmerking is gemaakt.")).to_be_visible()
    page.get_by_text("Terugsturen met opmerkingen", exact=True).first.click()
    page.get_by_label("Waarom gaat zij terug?").fill("De samenvatting mist iets.")
    page.get_by_role("button", name="Terugsturen met opmerkingen").click()
    expect(page.get_by_text("De beoordeling ligt weer bij de adviseur.")).to_be_visible()


def answer_and_submit_again(page, at_the_desk):
    at_the_desk("advisor")
    expect(page.get_by_text("De samenvatting mist iets.").first).to_be_visible()
    page.get_by_label("Uw antwoord").fill("Dat staat er niet; nu wel vermeld.")
    page.get_by_role("button", name="Antwoord opslaan").click()
    page.get_by_label("Samenvatting").fill(SECOND)
    page.get_by_role("button", name="Concept opslaan").click()
    page.get_by_role("button", name="Ter review leggen").click()
    expect(page.get_by_text("De beoordeling ligt nu ter review.")).to_be_visible()


def lay_before_the_municipality(page, at_the_desk, resolve=True):
    at_the_desk("editor")
    if resolve:
        expect(page.get_by_text("Dat staat er niet; nu wel vermeld.").first).to_be_visible()
        page.get_by_role("button", name="Afhandelen").click()
    page.get_by_role("button", name="Ter reactie leggen").click()
    expect(page.get_by_text("kan nu reageren en krijgt een mail.")).to_be_visible()


def disagree(page, live_server, enter, contact):
    enter(contact)
    page.goto(f"{live_server.url}/reactie/")
    expect(page.get_by_text(SECOND)).to_be_visible()
    expect(page.get_by_text("Nog bellen met Hengelo.")).to_have_count(0)
    card = page.locator("#ondermijning")
    card.get_by_label("oneens", exact=True).check()
    card.get_by_label("Toelichting").fill("Het team werkt al sinds mei.")
    card.get_by_role("button", name="Opslaan").click()
    expect(card.get_by_text("Uw reactie: oneens")).to_be_visible()


def answer_the_municipality(page, at_the_desk):
    at_the_desk("advisor")
    expect(page.get_by_text("Het team werkt al sinds mei.").first).to_be_visible()
    page.get_by_label("Antwoord van VRT").fill("Het akkoord zelf noemt geen datum.")
    page.get_by_role("button", name="Antwoord opslaan").click()
    page.get_by_role("button", name="Gereed maken").click()
    expect(page.get_by_text("De beoordeling is gereed.")).to_be_visible()


def publish(page, at_the_desk):
    at_the_desk("editor")
    page.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("De beoordeling is gepubliceerd.")).to_be_visible()
    history = page.get_by_role("region", name="Geschiedenis")
    expect(history.get_by_text("Gereed → gepubliceerd")).to_be_visible()


def read(page, enter, mayor):
    enter(mayor)
    page.get_by_role("link", name="Hengelo", exact=True).first.click()
    expect(page.get_by_text(SECOND)).to_be_visible()
    expect(page.get_by_text("Het team werkt al sinds mei.")).to_be_visible()
    expect(page.get_by_text("Het akkoord zelf noemt geen datum.")).to_be_visible()
    expect(page.get_by_text("Nog bellen met Hengelo.")).to_have_count(0)
