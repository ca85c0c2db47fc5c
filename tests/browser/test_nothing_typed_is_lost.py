"""What stands unsaved on the page of a judgement outlives whatever else one does there."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments import actions
from assessments.models import Assessment, Remark
from tests.accounts.conftest import grow_old
from tests.factories import (
    PASSWORD,
    AgreementFactory,
    CodingFactory,
    PassageFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    submitted,
)
from themes.models import Theme


@pytest.fixture
def advisor(reference):
    return UserFactory(role="Adviseur", first_name="Anouk")


@pytest.fixture
def returned(advisor):
    """A judgement that came back with two remarks."""
    editor = UserFactory(role="Eindredacteur")
    version = VersionFactory(
        agreement=AgreementFactory(), text="Wij pakken ondermijning aan. Er komt een team."
    )
    coding = CodingFactory(
        passage=PassageFactory(version=version),
        theme=Theme.objects.get(key="ondermijning"),
        strength=2,
    )
    draft = submitted(draft_of(coding, by=advisor))
    for text in ("Wanneer?", "Met wie?"):
        actions.remark(Remark(assessment=draft, text=text), by=editor, seen=draft.edit_number)
    return actions.send_back(draft, by=editor, seen=draft.edit_number, why="Vul aan.")


@pytest.fixture
def at_the_desk(page, live_server, enter, advisor, returned):
    coalition = returned.coalition
    enter(advisor)
    page.goto(
        f"{live_server.url}/beoordelingen/{coalition.municipality.slug}/"
        f"{coalition.term.start_year}/{returned.theme.slug}/"
    )
    return page


def again(page):
    return page.get_by_text("Wat u eerder typte, staat er weer.")


def test_answering_one_remark_keeps_the_other_answer_and_the_text(at_the_desk, complaints):
    page = at_the_desk
    answers = page.get_by_label("Uw antwoord")
    page.get_by_label("Samenvatting").fill("Een nieuwe samenvatting.")
    answers.nth(1).fill("Met de politie.")
    answers.nth(0).fill("Vanaf mei.")
    page.get_by_role("button", name="Antwoord opslaan").nth(0).click()

    expect(page.get_by_text("Het antwoord is opgeslagen.")).to_be_visible()
    expect(again(page)).to_be_visible()
    expect(page.get_by_label("Samenvatting")).to_have_value("Een nieuwe samenvatting.")
    expect(page.get_by_label("Uw antwoord").last).to_have_value("Met de politie.")

    page.get_by_role("button", name="Antwoord opslaan").click()
    expect(page.get_by_text("Elke opmerking heeft een antwoord.")).to_be_visible()
    page.get_by_label("Samenvatting").press("Control+Enter")
    expect(page.get_by_text("Het concept is opgeslagen.")).to_be_visible()
    expect(again(page)).to_be_hidden()
    assert Assessment.objects.get().summary == "Een nieuwe samenvatting."
    assert set(Remark.objects.values_list("answer", flat=True)) == {
        "Vanaf mei.",
        "Met de politie.",
    }
    assert complaints == []


def test_a_look_at_the_agreement_keeps_text_level_and_quotes(at_the_desk):
    page = at_the_desk
    page.get_by_label("Advies aan de gemeente").fill("Noem een datum.")
    page.get_by_role("radio", name="genoemd", exact=True).check()
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_role("link", name="Bekijk in het akkoord").click()
    page.wait_for_url("**/akkoorden/**")
    page.go_back()
    page.reload()

    expect(page.get_by_label("Advies aan de gemeente")).to_have_value("Noem een datum.")
    expect(page.get_by_role("radio", name="genoemd", exact=True)).to_be_checked()
    expect(page.get_by_role("checkbox").first).not_to_be_checked()


def test_an_expired_session_keeps_what_was_not_sent(at_the_desk, advisor):
    page = at_the_desk
    page.get_by_label("Samenvatting").fill("Een nieuwe samenvatting.")
    page.get_by_label("Uw antwoord").nth(0).fill("Vanaf mei.")
    grow_old(minutes=31)
    page.get_by_role("button", name="Antwoord opslaan").nth(0).click()
    page.get_by_label("Gebruikersnaam").fill(advisor.username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("button", name="Opnieuw versturen").click()

    expect(page.get_by_text("Het antwoord is opgeslagen.")).to_be_visible()
    expect(page.get_by_label("Samenvatting")).to_have_value("Een nieuwe samenvatting.")


def test_what_someone_else_saved_meanwhile_is_not_covered(at_the_desk, returned):
    page = at_the_desk
    page.get_by_label("Samenvatting").fill("Van Anouk.")
    Assessment.objects.update(summary="Van Joost.", edit_number=2, saved_at=timezone.now())
    page.get_by_label("Uw antwoord").nth(0).fill("Vanaf mei.")
    page.get_by_role("button", name="Antwoord opslaan").nth(0).click()

    expect(page.get_by_role("heading", name="Uw tekst is nog niet opgeslagen")).to_be_visible()
    expect(page.get_by_label("Samenvatting voor bestuurders")).to_have_count(2)
    expect(page.locator("#judge").get_by_label("Samenvatting")).to_have_value("Van Joost.")
    page.get_by_role("button", name="Weggooien").click()
    page.reload()
    expect(page.get_by_role("heading", name="Uw tekst is nog niet opgeslagen")).to_be_hidden()


def test_what_a_refusal_gave_back_outlives_a_look_elsewhere(at_the_desk):
    page = at_the_desk
    address = page.url
    page.get_by_label("Samenvatting").fill("Mijn getypte samenvatting.")
    page.get_by_role("radio", name="concreet", exact=True).check()
    page.get_by_role("button", name="Concept opslaan").click()
    expect(page.get_by_text("met een maatregel").first).to_be_visible()
    page.get_by_role("link", name="Bekijk in het akkoord").click()
    page.wait_for_url("**/akkoorden/**")
    page.goto(address)

    kept = page.get_by_role("region", name="Uw tekst is nog niet opgeslagen")
    expect(kept.get_by_label("Samenvatting")).to_have_value("Mijn getypte samenvatting.")


def test_leaving_takes_everything_along(at_the_desk, enter, advisor):
    page = at_the_desk
    address = page.url
    page.get_by_label("Samenvatting").fill("Een nieuwe samenvatting.")
    page.get_by_role("button", name="Afmelden").click()
    enter(advisor)
    page.goto(address)

    expect(page.get_by_label("Samenvatting")).to_have_value("Het akkoord noemt een team.")
