"""The page that shows every component of the design is held to the same rules as the pages that use them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_keeps_the_rules(
    page, live_server, reference, settings, complaints, width, scheme
):
    settings.DEMO = True
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(f"{live_server.url}/ontwerp/")

    assert page.get_by_role("heading", level=1).inner_text() == "Vormgeving"
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not complaints


def test_a_printed_level_is_readable_on_white_paper_also_from_a_dark_screen(
    page, live_server, reference, settings
):
    settings.DEMO = True
    page.emulate_media(media="print", color_scheme="dark")

    page.goto(f"{live_server.url}/ontwerp/")

    ink, level = page.evaluate("""() => [
        getComputedStyle(document.querySelector('h1')).color,
        getComputedStyle(document.querySelector('.level-3')).printColorAdjust,
    ]""")
    assert max(int(part) for part in re.findall(r"\d+", ink)) < 64
    assert level == "exact"
