"""An advisor in the reading room: by keyboard alone, through the suggestions, and with a colleague."""

import re

import pytest
from playwright.sync_api import expect

from agreements.actions import propose
from agreements.models import Coding, Passage, Suggestion
from tests.factories import (
    PASSWORD,
    AgreementFactory,
    CoalitionFactory,
    UserFactory,
    VersionFactory,
)
from themes.models import Term, Theme

PARAGRAPHS = [
    "Wij maken het dorp veiliger. De brandweer krijgt een nieuwe kazerne. Daar zijn wij blij mee.",
    *(
        f"In wijk {number} is de brandweer dag en nacht paraat voor elk huis."
        for number in range(1, 12)
    ),
    "De sportclub zoekt vrijwilligers.",
]


@pytest.fixture
def version(reference):
    """A document of two pages with twelve sentences about the fire brigade."""
    Term.objects.all().delete()
    Term.objects.create(theme=Theme.objects.get(key="brandweer"), text="brandweer", weight=1)
    version = VersionFactory(
        agreement=AgreementFactory(coalition=CoalitionFactory()),
        text="\n\n".join(PARAGRAPHS[:6]) + "\f" + "\n\n".join(PARAGRAPHS[6:]),
    )
    propose(version)
    return version


@pytest.fixture
def advisor(reference):
    return UserFactory(role="Adviseur", first_name="Anouk", last_name="Wolters")


@pytest.fixture
def room(page, live_server, enter, advisor, version):
    enter(advisor)
    page.goto(live_server.url + version.get_absolute_url())
    return page


def quotes():
    return list(Passage.objects.order_by("start").values_list("quote", flat=True))


def test_marks_by_keyboard_alone(room, complaints):
    room.keyboard.press("t")
    room.keyboard.press("ArrowDown")
    room.keyboard.press("ArrowDown")
    expect(room.get_by_label("Citaat")).to_have_value("De brandweer krijgt een nieuwe kazerne.")
    room.keyboard.press("ArrowRight")
    room.keyboard.press("ArrowRight")
    expect(room.get_by_label("Citaat")).to_have_value("brandweer")
    room.keyboard.press("Shift+ArrowRight")
    room.keyboard.press("Shift+ArrowRight")
    room.keyboard.press("Shift+ArrowLeft")
    expect(room.get_by_label("Citaat")).to_have_value("brandweer krijgt")
    room.keyboard.press("Shift+ArrowDown")
    expect(room.get_by_label("Citaat")).to_have_value("brandweer krijgt een nieuwe kazerne.")
    room.keyboard.press("6")
    expect(room.locator("#text mark:not(.suggested)")).to_have_count(1)

    room.keyboard.press("Control+ArrowDown")
    room.keyboard.press("Control+ArrowDown")
    expect(room.get_by_label("Citaat")).to_have_value(PARAGRAPHS[1])
    room.keyboard.press("Enter")

    expect(room.locator("#text mark:not(.suggested)")).to_have_count(2)
    assert quotes() == ["brandweer krijgt een nieuwe kazerne.", PARAGRAPHS[1]]
    assert complaints == []


def test_the_keys_are_told_on_a_sheet(room):
    room.keyboard.press("?")

    sheet = room.get_by_role("dialog", name="Toetsen in de leeskamer")
    expect(sheet).to_be_visible()
    room.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_works_through_ten_suggestions(room, advisor, complaints):
    queue = room.get_by_role("region", name="Voorstellen")
    expect(queue).to_contain_text("Voorstel 1 van 12")
    room.keyboard.press("j")
    expect(queue).to_contain_text("Voorstel 2 van 12")
    room.keyboard.press("k")
    expect(queue).to_contain_text("Voorstel 1 van 12")

    for left in range(11, 5, -1):
        room.keyboard.press("a")
        expect(queue).to_contain_text(f"van {left}")
    for left in range(5, 3, -1):
        room.keyboard.press("x")
        expect(queue).to_contain_text(f"van {left}")
    room.keyboard.press("Shift+X")
    room.keyboard.type("Gaat over huizen")
    room.keyboard.press("Enter")
    expect(queue).to_contain_text("van 3")
    room.keyboard.press("e")
    room.keyboard.press("Shift+ArrowLeft")
    room.keyboard.press("Shift+ArrowLeft")
    room.keyboard.press("6")
    expect(queue).to_contain_text("van 2")

    assert Suggestion.objects.filter(state="aangenomen", decided_by=advisor).count() == 7
    assert Suggestion.objects.rejected().count() == 3
    assert Suggestion.objects.filter(reason="Gaat over huizen").exists()
    assert Coding.objects.filter(suggestion__isnull=False).count() == 7
    assert quotes()[-1] == "In wijk 9 is de brandweer dag en nacht paraat voor elk"
    assert complaints == []


def test_an_answer_can_be_acted_on_the_moment_it_is_there(room):
    """Keys may come faster than a browser draws: a form that HTMX hasn't seen yet would load a whole page."""
    room.evaluate(
        """() => {
            window.stayed = true;
            new MutationObserver((_, observer) => {
                if (!document.querySelector("#suggestion").textContent.includes("van 11")) return;
                observer.disconnect();
                document.querySelector("#suggestion [data-key=a]").click();
            }).observe(document.querySelector("#panel"), { childList: true, subtree: true });
        }"""
    )
    room.keyboard.press("a")

    expect(room.get_by_role("region", name="Voorstellen")).to_contain_text("van 10")
    assert room.evaluate("window.stayed")


def test_takes_back_the_last_action(room):
    room.keyboard.press("a")
    expect(room.get_by_text("Voorstel Brandweer aangenomen.")).to_be_visible()
    room.keyboard.press("z")

    expect(room.get_by_text("Ongedaan gemaakt: voorstel Brandweer aangenomen.")).to_be_visible()
    expect(room.locator("#text mark:not(.suggested)")).to_have_count(0)
    assert not Passage.objects.exists()


def test_what_one_types_stays_when_something_else_changes(room):
    room.keyboard.press("a")
    card = room.get_by_role("region", name="Passage", exact=True)
    card.get_by_role("link", name="Wijzig codering Brandweer").click()
    card.get_by_label("Notitie").fill("Nog niet opgeslagen")

    room.get_by_role("button", name="Aannemen").click()

    expect(room.get_by_role("region", name="Voorstellen")).to_contain_text("van 10")
    expect(card.get_by_label("Notitie")).to_have_value("Nog niet opgeslagen")


def test_two_advisors_see_each_other(room, browser, live_server, version):
    joost = UserFactory(role="Adviseur", first_name="Joost", last_name="Nijhuis")
    other = browser.new_context(locale="nl-NL").new_page()
    other.goto(f"{live_server.url}/aanmelden/")
    other.get_by_label("Gebruikersnaam").fill(joost.username)
    other.get_by_label("Wachtwoord").fill(PASSWORD)
    other.get_by_role("button", name="Aanmelden").click()
    other.get_by_role("button", name="Afmelden").wait_for()
    other.goto(live_server.url + version.get_absolute_url())

    other.keyboard.press("a")

    # Anouk sees it come, without doing anything
    expect(room.get_by_text("Joost Nijhuis wijzigde blz. 1.")).to_be_visible()
    mark = room.locator("mark", has_text="De brandweer krijgt een nieuwe kazerne.")
    expect(mark).not_to_have_class(re.compile("suggested"))

    # both change the same coding: the second gets both texts
    mark.click()
    room.get_by_role("link", name="Wijzig codering Brandweer").click()
    room.get_by_label("Notitie").fill("van Anouk")
    other.get_by_role("link", name="Wijzig codering Brandweer").click()
    other.get_by_label("Notitie").fill("van Joost")
    other.get_by_role("region", name="Passage", exact=True).get_by_role(
        "button", name="Opslaan"
    ).click()
    expect(other.locator(".note")).to_have_text("van Joost")
    room.get_by_role("region", name="Passage", exact=True).get_by_role(
        "button", name="Opslaan"
    ).click()

    alert = room.get_by_role("alert")
    expect(alert).to_contain_text("“van Joost”")
    expect(room.get_by_label("Notitie")).to_have_value("van Anouk")
    other.context.close()
