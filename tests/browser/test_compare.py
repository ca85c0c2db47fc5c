"""A mayor compares five municipalities by keyboard alone, and mails what is on the screen."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from municipalities.models import Coalition
from tests.browser.keyboard import tab_to
from tests.factories import UserFactory
from tests.overview.published import point, published_that_says
from themes.models import Theme

FIVE = ["Borne", "Enschede", "Hengelo", "Losser", "Wierden"]


@pytest.fixture
def region(reference):
    theme = Theme.objects.get(slug="ondermijning")
    jeugd = point("jeugd-en-geld", theme=theme)
    for name in FIVE[:-1]:
        coalition = Coalition.objects.get(municipality__name=name, term__start_year=2026)
        published_that_says(coalition, (f"{name} praat met de jeugd.", jeugd, 2, None), theme=theme)


@pytest.mark.parametrize("width", [1280, 360])
def test_compare_five_and_mail_the_address(page, live_server, region, enter, complaints, width):
    page.set_viewport_size({"width": width, "height": 800})
    enter(UserFactory(role="Burgemeester"))
    page.goto(f"{live_server.url}/vergelijken/")

    choose_by_keyboard(page)
    seen = what_stands_there(page)
    sound(page)

    assert page.url.endswith(
        "/vergelijken/?raadsperiode=2026&thema=ondermijning&aandachtspunt=jeugd-en-geld"
        "&gemeente=borne&gemeente=enschede&gemeente=hengelo&gemeente=losser&gemeente=wierden"
    )
    assert "Enschede praat met de jeugd." in seen
    assert "nog niet beoordeeld" in seen  # Wierden
    link = page.get_by_role("link", name="Mail deze vergelijking").get_attribute("href")
    body = unquote(parse_qs(urlsplit(link).query)["body"][0])
    address = next(word for word in body.split() if word.startswith("http"))
    assert page.get_by_label("Adres van deze vergelijking").input_value() == address

    enter(UserFactory(role="Adviseur"))
    page.goto(address)

    assert what_stands_there(page) == seen
    assert not complaints


def choose_by_keyboard(page):
    """Tab to each field, choose, and send, as someone without a mouse does."""
    tab_to(page, page.get_by_label("Thema of aandachtspunt"))
    page.keyboard.type("Jeugd-en")
    for name in FIVE:
        tab_to(page, page.get_by_role("checkbox", name=name, exact=True))
        page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Vergelijk", exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("in 5 gemeenten")


def what_stands_there(page):
    return page.locator("table.compare").inner_text()


def sound(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not Axe().run(page).response["violations"]


def test_the_address_is_copied_at_one_press(page, live_server, region, enter, complaints):
    enter(UserFactory(role="Burgemeester"))
    page.goto(
        f"{live_server.url}/vergelijken/?raadsperiode=2026&thema=ondermijning"
        "&gemeente=borne&gemeente=enschede"
    )

    page.get_by_role("button", name="Kopieer het adres").click()

    expect(page.get_by_role("status")).to_contain_text("Het adres is ge")
    assert not complaints
