"""No page breaks a rule that a program can check, in light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.factories import UserFactory
from tests.sweep import OF_A_MUNICIPALITY
from tests.test_access import ELSEWHERE, PAGES, READER, TABLE
from tests.world import make_world

HERE = READER - ELSEWHERE
MODES = [("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320)]


@pytest.mark.parametrize(("scheme", "width"), MODES)
def test_no_page_breaks_a_rule(page, live_server, reference, enter, complaints, scheme, width):
    people = {role: UserFactory(role=role) for role in HERE}
    world = make_world(2)
    for role in OF_A_MUNICIPALITY:
        people[role].municipality = world.coalition.municipality
        people[role].save()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    broken = []
    entered = None

    for name, query in [*((name, "") for name in PAGES), ("assessments:my-work", "?wie=team")]:
        if name in {
            "accounts:login",
            "reports:municipality",
            "reports:regional-input",
            "overview:chart-spread",
            "overview:chart-levels",
            "overview:chart-measures",
            "agreements:version-file",
            "agreements:page-words",
            "overview:document-file",
            "overview:document-words",
        }:
            continue
        role = sorted(TABLE[name][0] & HERE)[0]
        if role != entered:
            enter(people[role])
            entered = role
        page.goto(live_server.url + reverse(name, args=world.arguments[name]) + query)
        found = Axe().run(page)
        broken += [
            f"{name}: {rule['id']} {[node['target'] for node in rule['nodes']][:3]}"
            for rule in found.response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            broken.append(f"{name}: scrolls sideways")

    assert broken == []
    assert complaints == []


def test_the_check_would_find_a_broken_rule(page):
    page.set_content("<html><body><img src='x.png'><input></body></html>")

    found = {rule["id"] for rule in Axe().run(page).response["violations"]}

    assert {"image-alt", "label", "html-has-lang"} <= found
