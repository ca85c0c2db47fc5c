"""Searching by keyboard only: a compound is typed, nothing jumps, and a hit opens at its lit place."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.agreements.intake.files import typst_pdf
from tests.browser.pdf_version import version_of
from tests.factories import CodingFactory, PassageFactory, ThemeFactory, UserFactory, published_of
from tests.search.conftest import published

FILLING = "Wij bouwen woningen voor starters en ouderen in alle kernen.\n\n" * 12
PAGES = (
    [FILLING] * 7 + [f"{FILLING}Het team pakt drugscriminaliteit aan.\n\n{FILLING}"] + [FILLING] * 4
)
SHIFTS = """
    window.moved = 0;
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) window.moved += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def agreement(reference):
    """A long agreement with the word on page eight only."""
    return published("\f".join(["Wij pakken ondermijning aan.", *PAGES[1:]]), summary="Niets.")


@pytest.fixture
def mayor(agreement):
    return UserFactory(role="Burgemeester", municipality=agreement.coalition.municipality)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_compound_leads_to_its_lit_place_by_keyboard(
    page, live_server, enter, mayor, agreement, complaints, width
):
    page.set_viewport_size({"width": width, "height": 800})
    enter(mayor)
    page.add_init_script(SHIFTS)
    page.goto(f"{live_server.url}/zoeken/")
    field = page.get_by_label("Zoek in akkoorden")
    field.focus()
    before = page.evaluate("[scrollY, document.querySelector('#q').getBoundingClientRect().top]")

    page.keyboard.type("criminaliteit", delay=20)

    expect(page.get_by_role("heading", name="1 plaats in 1 gemeente.")).to_be_visible()
    expect(page.get_by_text("Ook gevonden: drugscriminaliteit")).to_be_visible()
    expect(page.locator("#search-status")).to_have_text("1 plaats in 1 gemeente.")
    expect(field).to_be_focused()
    expect(page).to_have_url(f"{live_server.url}/zoeken/?q=criminaliteit")
    after = page.evaluate("[scrollY, document.querySelector('#q').getBoundingClientRect().top]")
    assert after == before
    assert page.evaluate("window.moved") < 0.001

    for _ in range(8):
        page.keyboard.press("Tab")
        if "blz. 8" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")

    lit = page.locator("mark.found")
    expect(lit).to_have_text("drugscriminaliteit")
    expect(lit).to_be_in_viewport()
    assert "#gevonden-8" in page.url
    assert complaints == []


def test_a_compound_leads_to_its_lit_place_on_paper(
    page, live_server, enter, reference, complaints, tmp_path
):
    body = "#pagebreak()\n".join(
        [
            "Wij pakken ondermijning aan.\n\n",
            "#lorem(200)\n\n",
            "#lorem(200)\n\nEr komt drugscriminaliteit bij.\n\n",
        ]
    )
    version = version_of(typst_pdf(tmp_path / "a.pdf", body, 'paper: "a4"'))
    end = version.text.index("aan.") + 4
    published_of(
        CodingFactory(
            passage=PassageFactory(version=version, start=0, end=end), theme=ThemeFactory()
        )
    )
    enter(UserFactory(role="Burgemeester"))
    page.goto(f"{live_server.url}/zoeken/?q=criminaliteit")
    page.get_by_role("link", name="blz. 3").click()
    expect(page.locator("mark.found")).to_be_in_viewport()

    page.keyboard.press("v")

    lit = page.locator(".pv-mark.kind-w")
    expect(lit).to_have_count(1)
    expect(lit).to_be_in_viewport()
    assert page.locator("#page-view").get_attribute("data-page") == "3"
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_of_search_are_accessible(
    page, live_server, enter, agreement, mayor, scheme, width
):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    enter(mayor)

    for path in (
        "",
        "?q=criminaliteit",
        "?q=criminaliteit&thema=ondermijning",
        "?q=criminalitiet",
        "bewaard/",
    ):
        page.goto(f"{live_server.url}/zoeken/{path}")
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_works_without_javascript(browser, live_server, agreement, mayor):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{live_server.url}/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(mayor.username)
    page.get_by_label("Wachtwoord").fill("geheim-in-de-test")
    page.get_by_role("button", name="Aanmelden").click()
    page.goto(f"{live_server.url}/zoeken/")
    page.get_by_label("Zoek in akkoorden").fill("criminaliteit")
    page.keyboard.press("Enter")

    page.get_by_role("link", name="blz. 8").click()

    expect(page.locator("mark.found")).to_be_in_viewport()
    context.close()
