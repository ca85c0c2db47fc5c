"""Every page, as everyone who sees it differently, in its states: nothing that a program can find is wrong (ADR 40).

The pages are made once, shown one after the other, and held to everything; each test then looks at one thing. What
is wrong reads as "the page: what". `make accessibility` writes what was checked to where the statement reads it.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.appearances import Appearance, appearances
from tests.browser.showing import BY_STYLE, Stage
from tests.browser.showing import CHECKS as SCRIPT
from tests.plain_dutch import long_sentences
from tests.scene import scene_with
from tests.test_access import EVERYONE

# Without the mark of a database, which would call all browser tests to the front, and these empty it.
pytestmark = pytest.mark.xdist_group("accessibility")

# What axe leaves for a person to judge, and a person did: per rule and place, why it is right.
REVIEWED = {
    (
        "th-has-data-cells",
        "table",
    ): "Een tabel zonder rijen heeft koppen zonder cellen. De tekst erbij zegt dat er niets is.",
}


@pytest.fixture(scope="module")
def pages(browser, django_db_setup, django_db_blocker):
    """What is shown; the database is left alone by then, for it ends a transaction that waits a minute."""
    with django_db_blocker.unblock():
        call_command("sync_roles")  # a browser test may have emptied the database before
    with scene_with(EVERYONE, django_db_blocker) as scene:
        return appearances(scene)


@pytest.fixture(scope="module")
def found(pages, browser, browser_context_args):
    """Per check what is wrong, of all appearances; and what was looked at."""
    kept, everything = pages
    context = browser.new_context(**browser_context_args)
    stage = Stage(context.new_page())
    found = {check: Counter() for check in CHECKS}
    kinds, titles = set(), {}
    for appearance in kept:
        is_first = appearance.kind not in kinds
        kinds.add(appearance.kind)
        for check, wrong in look_at(stage, appearance, is_first=is_first):
            found[check][f"{appearance}: {wrong}"] += 1
        if appearance.status == 200 and not appearance.state:
            titles.setdefault(stage.page.title(), set()).add(appearance.kind)
    stage.note_version()
    context.close()
    found["titles"] = {
        title: names for title, names in titles.items() if len(names - SAME_PAGE) > 1
    }
    if path := os.environ.get("ACCESSIBILITY_RESULTS"):
        write(Path(path), found, kept, everything, browser, stage.axe_version)
    return found


CHECKS = {
    "axe", "undecided", "structure", "layout", "focus", "complaints", "sentences",
}  # fmt: skip
# The same page at another address: by another name, or with a form open in it.
SAME_PAGE = {
    "overview:home",
    "account_login",
    "themes:edition",
    "mfa_index",
    "agreements:measure-create",
    "agreements:measure-change",
    "agreements:coding-change",
    "municipalities:formation-change",
}
# A list of the themes that nobody reads yet: six at most, and here one for every state.
A_LIST = "Nog vrij:"


def look_at(stage, appearance, *, is_first):
    """Show a page, and yield what is wrong with it, each with the name of the check."""
    stage.mode()
    stage.show(appearance)
    yield from by_axe(stage, "light, 1280")
    for wrong in stage.check("structure"):
        yield "structure", wrong
    for line in stage.check("sentences"):
        for sentence in long_sentences(line):
            if not sentence.startswith(A_LIST):
                yield "sentences", sentence
    for change in ("asWritten", "enlargeText", "spaceText"):
        stage.check(change)
        for wrong in stage.check("layout"):
            yield "layout", f"{change}: {wrong}"
    stage.check("asWritten")
    stage.mode("dark")
    yield from by_axe(stage, "dark, 1280", BY_STYLE)
    stage.mode("light", 320, 256)  # 1280 x 1024 at 400%
    yield from by_axe(stage, "light, 320", BY_STYLE)
    for wrong in stage.check("layout"):
        yield "layout", f"400%: {wrong}"
    # What the scheme changes is colour, what the width changes is place; both at once is looked at once an address.
    if is_first:
        stage.mode("dark", 320, 256)
        yield from by_axe(stage, "dark, 320", BY_STYLE)
        stage.mode(forced_colors="active", reduced_motion="reduce")
        for wrong in stage.check("focus") + stage.check("layout"):
            yield "focus", f"forced colours: {wrong}"
        stage.mode(forced_colors="none", reduced_motion="no-preference")
        for wrong in stage.check("focus"):
            yield "focus", wrong
    for complaint in stage.complaints:
        yield "complaints", complaint


def by_axe(stage, mode, only=None):
    found = stage.axe(only)
    for rule, places in found["violations"]:
        yield "axe", f"{mode}: {rule} {places[:3]}"
    for rule, places in found["incomplete"]:
        open_places = [place for place in places if not is_reviewed(rule, place)]
        if open_places:
            yield "undecided", f"{mode}: {rule} {open_places[:3]}"


def is_reviewed(rule, place):
    return any(rule == each and part in place for each, part in REVIEWED)


def test_no_page_breaks_a_rule(found):
    assert sorted(found["axe"]) == []


def test_nothing_is_left_to_be_judged(found):
    assert sorted(found["undecided"]) == []


def test_every_page_has_headings_landmarks_and_names(found):
    assert sorted(found["structure"]) == []


def test_nothing_is_lost_when_a_reader_enlarges_or_spaces_text(found):
    assert sorted(found["layout"]) == []


def test_focus_is_always_seen_in_forced_colours_too(found):
    assert sorted(found["focus"]) == []


def test_the_browser_complains_of_nothing(found):
    assert sorted(found["complaints"]) == []


def test_no_sentence_on_the_screen_is_longer_than_twenty_words(found):
    assert sorted(found["sentences"]) == []


def test_every_page_has_a_title_of_its_own(found):
    assert found["titles"] == {}


BROKEN = """<!doctype html><html><head><style>
  .cut { width: 3em; overflow: hidden; white-space: nowrap } .over { margin-left: -3em }
  .wide { width: 1500px } :focus-visible { outline: none } .small { font-size: 3px; padding: 0 }
</style></head><body><img src="data:,"><input><p class="cut">Dit is een lange regel tekst</p>
<nav></nav><h3>Kop</h3><div class="wide">.</div><a href="/a">een adres</a><a class="over" href="/b">twee</a>
<button class="small">x</button><button class="small">y</button><span hx-get="/c" hx-target="#nergens"></span>
<p>%s.</p></body></html>"""


def test_the_control_each_check_finds_what_is_broken(page):
    stage = Stage(page)
    stage.show(broken_page())

    rules = {rule for rule, _ in stage.axe()["violations"]}
    structure, layout = " ".join(stage.check("structure")), " ".join(stage.check("layout"))

    assert {"image-alt", "label", "html-has-lang", "target-size"} <= rules
    for wrong in (
        "0 x h1",
        "0 x main",
        "h3 after h0",
        "nav without",
        "lang",
        "no live",
        "no #nergens",
        "span asks, and HTMX isn't there",
    ):
        assert wrong in structure
    for wrong in ("scrolls sideways", "cut off: p.cut", "overlap: a and a.over"):
        assert wrong in layout
    assert "focus isn't seen on input" in stage.check("focus")
    assert any(long_sentences(line) for line in stage.check("sentences"))
    assert any("Content Security Policy" in each for each in stage.complaints)


def broken_page():
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        (
            "Content-Security-Policy",
            "default-src 'self'; style-src 'unsafe-inline'; img-src 'self'",
        ),
    )
    body = (BROKEN % " ".join(["woord"] * 21)).encode()
    return Appearance("broken", "anyone", "", "/", 200, headers, body)


def test_the_control_contrast_is_judged_where_axe_can_not(page):
    page.set_content("<p id=a style='color:#999'>x</p><p id=b style='color:#333'>x</p>")
    page.evaluate(SCRIPT)

    assert page.evaluate("checks.contrast(['#a', '#b'])") == ["#a"]


def test_the_first_tab_leads_past_the_menu(page, pages):
    stage = Stage(page)
    stage.show(next(each for each in pages[0] if each.kind == "accounts:mine"))

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.localName") == "main"


def write(file, found, kept, everything, browser, axe_version):
    """Keep what was checked, for the page about accessibility; without the words of anyone."""
    kinds = {}
    for each in everything:
        looks = kinds.setdefault(each.kind, {"looks": 0, "checked": 0, "people": set(), "wrong": 0})
        looks["looks"] += 1
        looks["people"].add(each.who)
    for each in kept:
        kinds[each.kind]["checked"] += 1
    for wrong in (line for check in CHECKS for line in found[check]):
        kinds[wrong.partition(" ")[0]]["wrong"] += 1
    results = {
        "date": timezone.localdate().isoformat(),
        "browser": f"Chromium {browser.version.partition('.')[0]}",
        "axe": axe_version,
        "looks": len(everything),
        "checked": len(kept),
        "people": len(EVERYONE),
        "wrong": {check: len(found[check]) for check in sorted(CHECKS)},
        "reviewed": [[rule, place, why] for (rule, place), why in sorted(REVIEWED.items())],
        "kinds": {
            kind: {**looks, "people": len(looks["people"])} for kind, looks in sorted(kinds.items())
        },
    }
    file.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
