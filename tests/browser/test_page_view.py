"""The pages of a PDF as they were printed: switching, selecting, marking, and finding one's way."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Passage
from tests.agreements.intake.files import typst_pdf
from tests.browser.pdf_version import mark, version_of
from tests.conftest import HTMX
from tests.factories import SuggestionFactory, UserFactory
from themes.models import Theme

COLUMNS = 'paper: "a5", columns: 2, margin: 1.2cm'
LEFT = "Wij pakken de ondermijning aan. Er komt een team van vier mensen dat de wijk in gaat."
RIGHT = "De brandweer is dag en nacht paraat. Daar zijn wij trots op."
TWO_COLUMNS = f"#lorem(90)\n\n{LEFT}\n#colbreak()\n{RIGHT}\n\n#lorem(90)\n#pagebreak()\nOver zorg."
LONG = "\n#pagebreak()\n".join(f"Dit is bladzijde {n}. #lorem(120)" for n in range(1, 76))


@pytest.fixture
def open_room(page, live_server, enter, reference, tmp_path):
    """Open the reading room on a PDF that typst sets from this text."""

    def open_room(body, paper='paper: "a5"', before=None):
        version = version_of(typst_pdf(tmp_path / "a.pdf", body, paper))
        if before:
            before(version)
        enter(UserFactory(role="Adviseur"))
        page.goto(f"{live_server.url}{version.get_absolute_url()}")
        return version

    return open_room


@pytest.fixture
def open_pages(page, open_room):
    """The same, with the page view open and its first page drawn."""

    def open_pages(*args, **kwargs):
        version = open_room(*args, **kwargs)
        page.get_by_role("button", name="Bladzijden").click()
        drawn(page, 1).wait_for()
        return version

    return open_pages


def sheet(page, number):
    return page.get_by_role("group", name=f"Bladzijde {number}", exact=True)


def drawn(page, number):
    return sheet(page, number).locator("canvas")


def word_on(page, number, word):
    return sheet(page, number).locator(".pv-text > span").get_by_text(word, exact=True)


def drag(page, first, last):
    """From before the first word to after the last."""
    begin, end = first.bounding_box(), last.bounding_box()
    page.mouse.move(begin["x"] + 1, begin["y"] + begin["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] - 1, end["y"] + end["height"] / 2, steps=8)
    page.mouse.up()


def chosen(page):
    form = page.locator("#mark-form")
    return [int(form.locator(f"[name={name}]").input_value()) for name in ("start", "end")]


def place_of(version, words):
    start = version.text.index(words)
    return [start, start + len(words)]


def ondermijning():
    return Theme.objects.get(key="ondermijning")


# --- switching ---


def test_nothing_is_fetched_before_the_pages_are_asked_for(page, open_room, complaints):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    open_room(TWO_COLUMNS)
    page.wait_for_load_state("networkidle")
    before = [url for url in asked if re.search("pdfjs|bestand|bladzijden", url)]
    page.keyboard.press("v")
    drawn(page, 1).wait_for()

    assert before == []
    assert any("pdf.worker" in url for url in asked)
    assert complaints == []


def test_without_javascript_there_is_no_switch(page, open_room, browser):
    open_room(TWO_COLUMNS)
    expect(page.get_by_role("group", name="Weergave")).to_be_visible()

    signed_in = page.context.storage_state()
    plain = browser.new_context(java_script_enabled=False, storage_state=signed_in).new_page()
    plain.goto(page.url)

    expect(plain.get_by_text("Er komt een team van vier")).to_be_visible()
    expect(plain.get_by_role("group", name="Weergave")).to_be_hidden()
    expect(plain.get_by_role("region", name="Bladzijden zoals gedrukt")).to_be_hidden()
    plain.context.close()


def test_on_paper_comes_the_text_whichever_view_stands_open(page, open_pages):
    open_pages(TWO_COLUMNS)

    page.emulate_media(media="print")

    expect(page.get_by_text("Er komt een team van vier").first).to_be_visible()
    expect(page.get_by_role("region", name="Bladzijden zoals gedrukt")).to_be_hidden()
    expect(page.get_by_role("group", name="Weergave")).to_be_hidden()


def test_the_switch_is_remembered_and_says_where_it_stands(page, open_pages):
    open_pages(TWO_COLUMNS)

    page.reload()

    drawn(page, 1).wait_for()
    expect(page.get_by_role("button", name="Bladzijden")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("article", name="Tekst van het akkoord")).to_be_hidden()
    page.get_by_role("button", name="Tekst").click()
    expect(page.get_by_role("article", name="Tekst van het akkoord")).to_be_visible()
    expect(page.get_by_role("region", name="Bladzijden zoals gedrukt")).to_be_hidden()


def test_switching_keeps_the_place(page, open_room):
    open_room(LONG)
    page.locator("#blz-40 [data-start]").first.evaluate("(one) => one.scrollIntoView()")

    page.keyboard.press("v")
    drawn(page, 40).wait_for()
    expect(page.get_by_role("spinbutton", name="Bladzijde")).to_have_value("40")
    page.get_by_role("spinbutton", name="Bladzijde").fill("60")
    page.keyboard.press("Enter")
    drawn(page, 60).wait_for()
    page.get_by_role("button", name="Tekst").click()

    expect(page.locator("#blz-60 [data-start]").first).to_be_in_viewport()


def test_the_contents_lead_to_the_page(page, open_pages):
    open_pages(LONG)

    page.get_by_text("Inhoud", exact=True).click()
    page.get_by_role("link", name="Bladzijde 33").click()

    drawn(page, 33).wait_for()
    expect(page.get_by_role("spinbutton", name="Bladzijde")).to_have_value("33")


def test_a_file_that_does_not_come_is_said(page, open_room):
    # Before the page comes: one that stands there already may still ask past a new route.
    page.route("**/bestand/", lambda route: route.abort())
    open_room(TWO_COLUMNS)

    page.keyboard.press("v")
    expect(page.get_by_role("alert")).to_contain_text("kunnen niet worden getoond")
    page.unroute("**/bestand/")
    page.get_by_role("button", name="Probeer opnieuw").click()

    drawn(page, 1).wait_for()
    expect(page.get_by_text("kunnen niet worden getoond")).to_be_hidden()


# --- selecting ---


def test_a_selection_over_a_line_end_is_exact(page, open_pages):
    version = open_pages(TWO_COLUMNS, COLUMNS)

    drag(page, word_on(page, 1, "ondermijning"), word_on(page, 1, "vier"))

    words = "ondermijning aan. Er komt een team van vier"
    assert chosen(page) == place_of(version, words)
    expect(page.get_by_label("Citaat")).to_have_value(words)


def test_a_selection_over_columns_follows_the_order_of_reading(page, open_pages):
    version = open_pages(TWO_COLUMNS, COLUMNS)

    drag(page, word_on(page, 1, "gaat."), word_on(page, 1, "brandweer"))

    text = version.text
    assert chosen(page) == [text.index("gaat."), text.index("brandweer") + len("brandweer")]
    lit = page.locator(".pv-chosen-box")
    assert lit.count() == 2  # the end of the left column, the beginning of the right one


def test_a_selection_backwards_is_the_same(page, open_pages):
    version = open_pages(TWO_COLUMNS, COLUMNS)
    first, last = word_on(page, 1, "team"), word_on(page, 1, "mensen")
    begin, end = first.bounding_box(), last.bounding_box()

    page.mouse.move(end["x"] + end["width"] - 1, end["y"] + 3)
    page.mouse.down()
    page.mouse.move(begin["x"] + 1, begin["y"] + 3, steps=8)
    page.mouse.up()

    assert chosen(page) == place_of(version, "team van vier mensen")


def test_a_selection_over_a_page_break_is_exact(page, open_pages):
    paper = "width: 10cm, height: 5cm, margin: 1cm"
    body = "Onze wijk is veilig en\n#pagebreak()\nschoon. Dat blijft zo."
    version = open_pages(body, paper)
    drawn(page, 2).wait_for()

    drag(page, word_on(page, 1, "veilig"), word_on(page, 2, "schoon."))

    start, end = chosen(page)
    assert version.text[start:end].split() == ["veilig", "en", "schoon."]


def test_a_word_hyphenated_over_a_page_break_is_selected_whole(page, open_pages):
    paper = "width: 3.6cm, height: 2.6cm, margin: 1cm"
    version = open_pages("veiligheidsregio blijft", paper)
    last = sheet(page, 2).locator(".pv-text > span").first
    last.wait_for()
    first = sheet(page, 1).locator(".pv-text > span").first
    first.scroll_into_view_if_needed()

    drag(page, first, last)

    start, end = chosen(page)
    assert (start, "veiligheidsregio".startswith(version.text[start:end])) == (0, True)
    second = version.pages.get(number=2).words[0]
    assert end == second[1]
    assert page.locator(".pv-chosen-box").count() >= 2


def test_a_selection_by_touch_is_the_browsers_own(page, open_pages):
    version = open_pages(TWO_COLUMNS, COLUMNS)
    words = page.locator(".pv-text > span")
    texts = words.all_text_contents()
    ends = [texts.index("ondermijning"), texts.index("team")]

    page.evaluate(
        """([first, last]) => {
            const words = document.querySelectorAll(".pv-text > span");
            document.getSelection().setBaseAndExtent(
                words[first].firstChild, 5, words[last].firstChild, 2);
        }""",
        ends,
    )

    words = "mijning aan. Er komt een te"
    expect(page.get_by_label("Citaat")).to_have_value(words)
    assert chosen(page) == place_of(version, words)


def test_two_clicks_take_a_word_and_three_a_paragraph(page, open_pages):
    version = open_pages(TWO_COLUMNS, COLUMNS)

    word_on(page, 1, "ondermijning").dblclick()
    assert chosen(page) == place_of(version, "ondermijning")
    word_on(page, 1, "team").click(click_count=3)

    assert chosen(page) == place_of(version, LEFT)


def test_a_copy_reads_as_the_text_does(page, open_pages):
    open_pages(TWO_COLUMNS, COLUMNS)
    page.evaluate(
        """document.addEventListener("copy", (event) => {
            window.copied = event.clipboardData.getData("text/plain");
        })"""
    )

    drag(page, word_on(page, 1, "wijk"), word_on(page, 1, "paraat."))
    page.keyboard.press("Control+c")

    assert page.evaluate("window.copied") == (
        "wijk in gaat.\n\nDe brandweer is dag en nacht paraat."
    )


# --- marks ---


def test_a_mark_made_on_paper_stands_in_both_views(page, open_pages, complaints):
    open_pages(TWO_COLUMNS, COLUMNS)

    drag(page, word_on(page, 1, "team"), word_on(page, 1, "mensen"))
    page.keyboard.press("2")

    tag = sheet(page, 1).get_by_role("button", name=re.compile("^Passage O, blz. 1: “team van"))
    expect(tag).to_have_text("O")
    assert Passage.objects.get().quote == "team van vier mensen"
    page.keyboard.press("v")
    expect(page.locator("mark", has_text="team")).to_be_visible()
    assert complaints == []


def test_a_mark_goes_when_its_coding_goes(page, open_pages):
    def before(version):
        mark(version, *place_of(version, "brandweer"), theme=ondermijning())

    open_pages(TWO_COLUMNS, COLUMNS, before)
    tag = sheet(page, 1).get_by_role("button", name=re.compile("^Passage"))

    tag.click()
    page.get_by_role("button", name="Verwijder codering Ondermijning").click()

    expect(tag).to_have_count(0)


def test_a_suggestion_is_dashed_until_somebody_takes_it(page, open_pages, complaints):
    def before(version):
        start, end = place_of(version, "brandweer is dag en nacht paraat.")
        SuggestionFactory(version=version, theme=ondermijning(), start=start, end=end)

    open_pages(TWO_COLUMNS, COLUMNS, before)
    tag = sheet(page, 1).get_by_role("button", name=re.compile("^Voorstel O"))
    expect(tag).to_have_text("O?")
    expect(page.locator(".pv-mark.kind-s i").first).to_have_css("border-bottom-style", "dashed")

    tag.click()
    expect(page.locator(".pv-mark.lit").first).to_be_visible()
    page.keyboard.press("a")

    expect(sheet(page, 1).get_by_role("button", name=re.compile("^Passage O"))).to_have_text("O")
    expect(page.locator(".pv-mark.kind-s")).to_have_count(0)
    assert complaints == []


def test_what_another_advisor_marks_comes_by_itself(page, open_pages, client):
    version = open_pages(TWO_COLUMNS, COLUMNS)

    client.force_login(UserFactory(role="Adviseur"))
    client.post(
        reverse("agreements:passage-create", args=[version.pk]),
        {"theme": ondermijning().pk, "quote": "brandweer"},
        headers=HTMX,
    )

    tag = sheet(page, 1).get_by_role("button", name=re.compile("^Passage O"))
    expect(tag).to_be_visible()


def test_a_click_on_a_mark_opens_it(page, open_pages):
    def before(version):
        mark(version, *place_of(version, RIGHT), theme=ondermijning())
        mark(version, *place_of(version, "brandweer"), theme=ondermijning())

    open_pages(TWO_COLUMNS, COLUMNS, before)
    page.evaluate(
        """document.addEventListener("vrt:open", ({ detail }) => { window.opened = detail; })"""
    )
    outer, inner = Passage.objects.order_by("pk")

    word_on(page, 1, "brandweer").click()
    assert page.evaluate("window.opened") == {"kind": "p", "id": inner.pk}
    lit = sheet(page, 1).locator(".pv-mark.lit")
    expect(lit).to_have_count(1)  # the marks are drawn anew when the panel shows it
    word_on(page, 1, "paraat.").click()
    assert page.evaluate("window.opened") == {"kind": "p", "id": outer.pk}
    expect(lit.nth(1)).to_be_attached()
    sheet(page, 1).get_by_role("button", name=re.compile("“brandweer”")).press("Enter")
    assert page.evaluate("window.opened") == {"kind": "p", "id": inner.pk}


def test_overlapping_marks_have_underlines_below_each_other(page, open_pages):
    def before(version):
        mark(version, *place_of(version, "team van vier"), theme=ondermijning())
        zorg = Theme.objects.get(key="zorg_veiligheid_straf")
        mark(version, *place_of(version, "van vier mensen"), theme=zorg)

    open_pages("#set text(hyphenate: false)\nEen team van vier mensen.", before=before)

    first, second = (
        page.locator(f".pv-mark i.theme-{key}").bounding_box()
        for key in ("ondermijning", "zorg_veiligheid_straf")
    )
    assert second["y"] >= first["y"] + 3


def test_the_passage_of_the_address_is_lit_and_in_sight(page, open_pages):
    def before(version):
        start = version.pages.get(number=50).start
        mark(version, start, start + 12, theme=ondermijning(), page=50)

    version = open_pages(LONG, before=before)
    passage = Passage.objects.get()

    page.goto(f"{page.url}?passage={passage.pk}#passage-{passage.pk}")

    lit = sheet(page, 50).locator(".pv-mark.lit")
    expect(lit).to_be_in_viewport()
    assert version.text.startswith(passage.quote, passage.start)


def test_showing_a_place_scrolls_to_it_and_lights_it(page, open_pages):
    version = open_pages(LONG)
    start = version.pages.get(number=70).start

    page.evaluate(
        """(start) => document.dispatchEvent(
            new CustomEvent("vrt:show", { detail: { start, end: start + 9 } }))""",
        start,
    )

    expect(sheet(page, 70).locator(".pv-flash-box")).to_be_in_viewport()
    expect(page.locator(".pv-flash-box")).to_have_count(0)


# --- finding one's way ---


def test_seventy_five_pages_stay_light(page, open_pages):
    open_pages(LONG)
    scroller = page.get_by_role("region", name="Bladzijden van het akkoord")

    scroller.focus()
    for _ in range(40):
        page.keyboard.press("PageDown")
    page.keyboard.press("End")
    drawn(page, 75).wait_for()

    assert page.locator(".pv-sheet > canvas").count() <= 5
    assert page.locator(".pv-text > span").count() < 1500


def test_zoom_goes_to_four_hundred_percent_and_back_to_the_whole_width(page, open_pages):
    open_pages(LONG)
    scroller = page.get_by_role("region", name="Bladzijden van het akkoord")
    scroller.focus()

    for _ in range(12):
        page.keyboard.press("+")

    expect(page.get_by_role("status", name="Grootte")).to_have_text("400%")
    assert scroller.evaluate("(one) => one.scrollWidth > one.clientWidth")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_role("button", name="Op breedte").click()
    assert not scroller.evaluate("(one) => one.scrollWidth > one.clientWidth")


def test_the_strip_walks_by_arrow_keys(page, open_pages):
    open_pages(LONG)
    strip = page.get_by_role("navigation", name="Bladzijden")
    current = strip.get_by_role("button", name="Bladzijde 1", exact=True)
    expect(current).to_have_attribute("aria-current", "page")

    current.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    third = strip.get_by_role("button", name="Bladzijde 3", exact=True)
    expect(third).to_have_attribute("aria-current", "page")
    expect(third.locator("canvas")).to_be_visible()


def test_typing_a_v_or_a_plus_does_nothing_but_type(page, open_pages):
    open_pages(TWO_COLUMNS)

    page.get_by_role("button", name="plak een citaat").click()
    page.get_by_label("Citaat").press_sequentially("vier + 4 - v")

    expect(page.get_by_label("Citaat")).to_have_value("vier + 4 - v")
    expect(page.get_by_role("region", name="Bladzijden zoals gedrukt")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("dark", 360)])
def test_the_page_view_breaks_no_rule(page, open_pages, scheme, width):
    def before(version):
        mark(version, *place_of(version, "brandweer"), theme=ondermijning())

    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 780})
    open_pages(TWO_COLUMNS, COLUMNS, before)

    found = Axe().run(page).response["violations"]

    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    small = page.locator("#page-view button:visible, #view-switch button:visible").evaluate_all(
        """(buttons) => buttons.filter((one) => {
            const { width, height } = one.getBoundingClientRect();
            const around = getComputedStyle(one, "::before");
            const more = around.content === "none" ? 0 : -2 * parseFloat(around.top);
            return Math.min(width, height) + more < 24;
        }).map((one) => one.outerHTML)"""
    )
    assert small == []
