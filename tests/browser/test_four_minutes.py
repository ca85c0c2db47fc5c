"""A mayor with four minutes: the own municipality, a theme, a neighbour, a quote in its document, the report.

All of it by keyboard alone, at the desk and on a phone.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from municipalities.models import Coalition, Municipality
from tests.browser.keyboard import follow, tab_to
from tests.factories import UserFactory
from tests.overview.published import point, published_that_says
from themes.models import Theme

WORDS = {
    "Enschede": "Wij richten een ondermijningsteam op.",
    "Hengelo": "Hengelo controleert verdachte panden.",
}


@pytest.fixture
def mayor(reference):
    theme = Theme.objects.get(slug="ondermijning")
    asked = point("preventie", theme=theme)
    for name, words in WORDS.items():
        coalition = Coalition.objects.get(municipality__name=name, term__start_year=2026)
        published_that_says(coalition, (words, asked, 2, None), theme=theme)
    enschede = Municipality.objects.get(name="Enschede")
    enschede.neighbours.set(Municipality.objects.filter(name="Hengelo"))
    return UserFactory(role="Burgemeester", municipality=enschede)


@pytest.mark.parametrize("width", [1280, 360])
def test_four_minutes_are_enough(page, live_server, mayor, enter, complaints, width):
    page.set_viewport_size({"width": width, "height": 800})
    enter(mayor)
    page.goto(f"{live_server.url}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Enschede nu")
    sound(page)

    own = page.locator(".own-themes").get_by_role("link", name="Ondermijning")
    follow(page, own)
    assert page.url.endswith("/gemeenten/2026/enschede/#ondermijning")
    expect(page.get_by_text(WORDS["Enschede"])).to_be_in_viewport()
    sound(page)

    page.go_back()
    tab_to(page, page.locator(".near tbody a").first)  # the whole table is one stop
    page.keyboard.press("ArrowDown")
    expect(page.locator(".near").get_by_role("link", name="Hengelo")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hengelo")

    theirs = page.locator("blockquote", has_text=WORDS["Hengelo"]).first.get_by_role("link")
    follow(page, theirs)
    lit = page.locator("mark.lit")
    expect(lit).to_have_text(WORDS["Hengelo"])
    expect(lit).to_be_in_viewport()
    sound(page)

    page.go_back()
    follow(page, page.get_by_role("link", name="Rapport", exact=True))
    sound(page)
    tab_to(page, page.get_by_role("link", name=re.compile("^PDF")))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")
    assert not complaints


def sound(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not Axe().run(page).response["violations"]


def test_the_matrix_is_one_stop_and_arrows_go_through_it(page, live_server, mayor, enter):
    enter(mayor)
    page.goto(f"{live_server.url}/overzicht/2026/")
    cells = page.locator("table.matrix tbody")
    tab_to(page, page.locator("table.matrix tbody a").first)

    assert cells.locator("[tabindex='0']").count() == 1
    page.keyboard.press("ArrowRight")
    expect(cells.locator("tr").first.locator("td .level").first).to_be_focused()
    page.keyboard.press("End")
    expect(cells.locator("tr").first.locator("td").last.locator(".level")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(page.locator("table.matrix tbody a").first).to_be_focused()
    page.keyboard.press("Control+End")
    expect(cells.locator("tr").last.locator("td").last.locator(".level")).to_be_focused()

    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('table.matrix tbody') !== null")


def test_on_a_phone_the_menu_opens_by_keyboard_and_closes_by_escape(
    page, live_server, mayor, enter
):
    page.set_viewport_size({"width": 360, "height": 800})
    enter(mayor)
    page.goto(f"{live_server.url}/")
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu).to_be_hidden()

    tab_to(page, page.get_by_role("button", name="Menu"))
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()

    page.keyboard.press("Enter")
    follow(page, menu.get_by_role("link", name="Overzicht"))
    assert "/overzicht/" in page.url
