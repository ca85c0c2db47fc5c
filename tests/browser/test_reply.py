"""A contact replies with the keyboard alone, and with a browser that runs no script."""

import pytest
from playwright.sync_api import expect

from assessments import actions
from assessments.models import Reply
from municipalities.models import Coalition
from tests.factories import (
    AgreementFactory,
    CodingFactory,
    PassageFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    submitted,
)
from themes.models import Theme

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Wij pakken ondermijning aan. Er komt een team van vier mensen."


@pytest.fixture
def contact(reference):
    """The contact of Hengelo, before whom three themes lie."""
    coalition = Coalition.objects.at(municipality="hengelo", term=2026).get()
    contact = UserFactory(role="Gemeentecontact", municipality=coalition.municipality)
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition), text=TEXT)
    passage = PassageFactory(version=version)
    editor = UserFactory(role="Eindredacteur")
    drafts = [
        draft_of(CodingFactory(passage=passage, theme=theme)) for theme in Theme.objects.all()[:3]
    ]
    for draft in drafts:
        submitted(draft)
    actions.ask_for_replies(
        [(draft, draft.edit_number) for draft in drafts],
        by=editor,
        deadline=max(draft.saved_at for draft in drafts).date().replace(year=2099),
    )
    return contact


@pytest.fixture
def tab_to(page):
    """Press Tab until this has the focus, as far as a person would go."""

    def tab_to(there):
        for _ in range(80):
            page.keyboard.press("Tab")
            if there.evaluate("element => element === document.activeElement"):
                return
        pytest.fail("the keyboard doesn't come there")

    return tab_to


def test_a_contact_replies_by_keyboard_alone(page, live_server, enter, contact, complaints, tab_to):
    enter(contact)
    expect(page.get_by_text("VRT vraagt uw reactie op 3 thema’s")).to_be_visible()
    tab_to(page.get_by_role("link", name="Lezen en reageren"))
    page.keyboard.press("Enter")

    card = page.locator("#ondermijning")
    tab_to(card.get_by_label("eens", exact=True))
    expect(card.get_by_label("Toelichting")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(card.get_by_label("oneens")).to_be_checked()
    tab_to(card.get_by_label("Toelichting"))
    page.keyboard.type("Het team is er al.")
    tab_to(card.get_by_text("Verwijs naar een plaats"))
    page.keyboard.press("Enter")
    tab_to(card.get_by_label("Plak hier"))
    page.keyboard.insert_text("Er komt een team")
    tab_to(card.get_by_role("button", name="Opslaan"))
    page.keyboard.press("Enter")

    expect(card.get_by_text("Uw reactie: oneens")).to_be_visible()
    expect(card.locator(".said blockquote")).to_contain_text("Er komt een team")
    page.keyboard.press("Control+Home")
    page.reload()
    tab_to(page.get_by_role("button", name="Alles klopt"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Alles beantwoord")).to_be_visible()
    positions = Reply.objects.order_by("assessment__theme__number")
    assert [reply.position for reply in positions] == ["agree", "disagree", "agree"]
    assert not complaints


def test_enter_never_agrees_with_everything(page, live_server, enter, contact, tab_to):
    enter(contact)
    page.goto(f"{live_server.url}/reactie/")
    card = page.locator("#ondermijning")
    card.get_by_label("eens", exact=True).check()

    page.keyboard.press("Enter")

    expect(page.get_by_text("Uw reactie is opgeslagen: Ondermijning")).to_be_visible()
    assert Reply.objects.filter(position="agree").count() == 1


def test_without_script_all_of_it_works(browser, live_server, contact):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{live_server.url}/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(contact.username)
    page.get_by_label("Wachtwoord").fill("geheim-in-de-test")
    page.get_by_role("button", name="Aanmelden").click()
    page.goto(f"{live_server.url}/reactie/")
    card = page.locator("#ondermijning")
    card.get_by_label("eens, met aanvulling").check()
    card.get_by_label("Toelichting").fill("Ook de wijkboa.")

    page.get_by_role("button", name="Alles klopt").click()

    expect(page.get_by_role("heading", name="Alles beantwoord")).to_be_visible()
    assert Reply.objects.get(position="addition").text == "Ook de wijkboa."
    assert Reply.objects.filter(position="agree").count() == 2
    context.close()


def test_what_was_typed_is_there_again_after_a_look_elsewhere(
    page, live_server, enter, contact, complaints
):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    enter(contact)
    page.goto(f"{live_server.url}/reactie/")
    case = page.get_by_role("region", name=str(Theme.objects.first()))
    case.get_by_label("oneens").check()
    case.get_by_label("Toelichting").fill("Net getypt.")

    page.get_by_role("link", name="Overzicht").click()
    page.wait_for_url("**/overzicht/**")
    page.go_back()

    expect(case.get_by_label("Toelichting")).to_have_value("Net getypt.")
    expect(case.get_by_label("oneens")).to_be_checked()
    assert not asked
    page.close(run_before_unload=True)
    expect(case.get_by_label("Toelichting")).to_have_value("Net getypt.")
    assert asked == ["beforeunload"]
    assert not complaints


def test_leaving_a_text_that_is_not_kept_is_asked_first(
    page, live_server, enter, contact, complaints
):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    enter(contact)
    page.goto(f"{live_server.url}/advies/vragen/")
    page.get_by_label("Uw vraag").fill("Net getypt.")

    page.get_by_role("link", name="Overzicht").click()

    expect(page.get_by_label("Uw vraag")).to_have_value("Net getypt.")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Verstuur de vraag").click()
    expect(page.get_by_text("Uw vraag is verstuurd")).to_be_visible()
    page.get_by_role("link", name="Overzicht").click()
    page.wait_for_url("**/overzicht/**")
    assert asked == ["beforeunload"]
    assert not complaints
