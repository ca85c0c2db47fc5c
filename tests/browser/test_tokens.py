"""Making a token: the secret is at hand once, and what is wrong is found."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import UserFactory

PAGE = "/mijn-account/tokens/"


@pytest.fixture
def at_tokens(page, live_server, reference, enter):
    enter(UserFactory(role="Burgemeester"))
    page.goto(f"{live_server.url}{PAGE}")


def make(page, name):
    page.get_by_role("textbox", name="naam").fill(name)
    page.get_by_role("checkbox", name="Lezen").check()
    page.get_by_label("werkt tot en met").fill(
        page.get_by_label("werkt tot en met").get_attribute("max")
    )
    page.get_by_role("button", name="Token maken").click()


def test_the_secret_is_copied_at_one_press_and_not_made_twice(page, at_tokens, complaints):
    make(page, "Dashboard")
    page.get_by_role("button", name="Kopieer het token").click()

    expect(page.get_by_role("status")).to_contain_text("Het token is ge")
    assert page.get_by_label("Het token", exact=True).input_value().startswith("vrt_")
    assert not Axe().run(page).response["violations"]

    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Er is geen token gemaakt")
    expect(page.get_by_text("Begint met")).to_have_count(1)
    assert page.title().startswith("Fout – Tokens")
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("location.hash") == "#id_name"
    assert not Axe().run(page).response["violations"]
    assert not complaints
