"""A second reading: drawn by an editor, given blind by keyboard, settled after a difference, published."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assessments.models import Assessment
from municipalities.models import Coalition
from tests.factories import (
    AgreementFactory,
    CodingFactory,
    PassageFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    ready,
)
from themes.models import Theme

JUDGEMENT = "/beoordelingen/hengelo/2026/ondermijning/"
SUMMARY = "De gemeente wil een team van vier mensen."


@pytest.fixture
def people(reference):
    """A judgement that could be published, its author, another advisor, and an editor."""
    author = UserFactory(role="Adviseur", first_name="Anouk", last_name="Wolters")
    coalition = Coalition.objects.at(municipality="hengelo", term=2026).get()
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition))
    coding = CodingFactory(
        passage=PassageFactory(version=version), theme=Theme.objects.get(key="ondermijning")
    )
    ready(draft_of(coding, by=author, summary=SUMMARY))
    return {
        "author": author,
        "reader": UserFactory(role="Adviseur", first_name="Bram", last_name="Smit"),
        "editor": UserFactory(role="Eindredacteur"),
    }


def test_a_second_reading_with_consensus(page, live_server, enter, people, complaints):
    draw(page, live_server, enter, people["editor"])
    read_blind(page, live_server, enter, people["reader"])
    publishing_waits(page, live_server, enter, people["editor"])
    settle(page, enter, people["author"])
    publish(page, live_server, enter, people["editor"])

    assert Assessment.objects.published().get().level == 2
    assert [one for one in complaints if "409" not in one] == []  # the refusal that was asked for


def draw(page, live_server, enter, editor):
    enter(editor)
    page.goto(f"{live_server.url}/beoordelingen/")
    page.get_by_role("link", name="Tweede lezingen vragen en bekijken").click()
    expect(page.get_by_text("Er is 1 beoordeling om uit te kiezen")).to_be_visible()
    check(page)
    page.get_by_label("Welk deel, in procenten?").fill("100")
    page.get_by_role("button", name="Loten en vragen").click()
    expect(page.get_by_text("1 tweede lezing is gevraagd.")).to_be_visible()


def read_blind(page, live_server, enter, reader):
    enter(reader)
    page.goto(live_server.url + JUDGEMENT)
    expect(page.get_by_role("heading", name="U leest deze beoordeling blind")).to_be_visible()
    expect(page.get_by_text(SUMMARY)).to_have_count(0)
    page.goto(f"{live_server.url}/mijn-werk/")
    expect(page.get_by_role("heading", name="U hebt 1 tweede lezing")).to_be_visible()

    # from here on by keyboard
    page.get_by_role("link", name="Hengelo: Ondermijning").press("Enter")
    expect(page.get_by_text("Wij pakken ondermijning aan.")).to_be_visible()
    expect(page.get_by_text(SUMMARY)).to_have_count(0)
    expect(page.get_by_text("Anouk Wolters")).to_have_count(0)
    check(page)
    page.get_by_role("radio", name="niet genoemd").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="genoemd", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Er staat geen doel bij.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De eerste lezer gaf een ander oordeel")).to_be_visible()
    expect(page.get_by_role("region", name="Eerste lezing")).to_contain_text(SUMMARY)
    expect(page.get_by_role("region", name="Tweede lezing")).to_contain_text(
        "Er staat geen doel bij."
    )


def publishing_waits(page, live_server, enter, editor):
    enter(editor)
    page.goto(live_server.url + JUDGEMENT)
    next_step = page.get_by_role("region", name="Volgende stap")
    expect(next_step).to_contain_text("er is nog geen consensus")
    expect(next_step.get_by_role("button", name="Publiceren")).to_have_count(0)


def settle(page, enter, author):
    enter(author)
    page.get_by_role("link", name="Mijn werk").click()
    page.get_by_role("link", name="Hengelo: Ondermijning").click()
    check(page)
    page.get_by_role("radio", name="uitgewerkt").check()
    page.get_by_label("Waarom").fill("Het team van vier mensen is een aanpak.")
    page.get_by_role("button", name="Consensus vastleggen").click()
    expect(page.get_by_text("De consensus is vastgelegd.")).to_be_visible()
    expect(page.get_by_role("region", name="Consensus")).to_contain_text("Anouk Wolters")


def publish(page, live_server, enter, editor):
    enter(editor)
    page.goto(live_server.url + JUDGEMENT)
    expect(page.get_by_text("een ander oordeel, met consensus: uitgewerkt.")).to_be_visible()
    page.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("De beoordeling is gepubliceerd.")).to_be_visible()


def check(page):
    """No rule for accessibility is broken, and nothing scrolls sideways on a phone."""
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
