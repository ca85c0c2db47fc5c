"""One agreement travels through the whole house: from a file to a report in a mayor's hands."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from agreements.models import AgreementVersion, Coding, Passage
from agreements.tasks import read_version
from demo.manuscript import Manuscript
from demo.typesetting import pdf
from municipalities.models import Municipality
from tests.factories import UserFactory

QUOTE = "Wij betalen jaarlijks € 80.000 voor een team tegen ondermijning."


@pytest.fixture
def agreement_file(tmp_path):
    manuscript = Manuscript(
        name="proef",
        municipality="enschede",
        term=2026,
        kind="coalitieakkoord",
        title="Samen vooruit",
        adopted_on=date(2026, 6, 1),
        format="pdf",
        columns=1,
        is_airy=False,
        footer="Samen vooruit",
        blocks=(
            {"kind": "heading", "level": 1, "text": "Veilig leven"},
            {
                "kind": "paragraph",
                "text": f"Wij kiezen voor veiligheid. {QUOTE} Dat doen wij samen.",
            },
            {"kind": "heading", "level": 1, "text": "Hulp dichtbij"},
            {
                "kind": "paragraph",
                "text": "De brandweer is dag en nacht paraat. Daar zijn wij trots op.",
            },
        ),
    )
    path = tmp_path / "akkoord.pdf"
    path.write_bytes(pdf(manuscript))
    return path


def test_from_file_to_report(page, live_server, reference, enter, agreement_file, complaints):
    advisor = UserFactory(role="Adviseur", first_name="Anouk", last_name="Wolters")
    editor = UserFactory(role="Eindredacteur")
    enschede = Municipality.objects.get(slug="enschede")
    mayor = UserFactory(role="Burgemeester", municipality=enschede)

    upload(page, enter, advisor, agreement_file)
    mark_with_the_mouse(page)
    mark_with_the_keyboard(page)
    change_and_remove(page)
    judge(page)
    publish(page, live_server, enter, editor)
    browse(page, enter, mayor)
    take_along(page)

    assert complaints == []


def upload(page, enter, advisor, file):
    enter(advisor)
    page.get_by_role("link", name="Akkoorden", exact=True).click()
    page.get_by_role("link", name="Akkoord uploaden").click()
    page.get_by_label("Gemeente en raadsperiode").select_option("Enschede 2026–2030")
    page.get_by_label("Titel").fill("Samen vooruit")
    page.get_by_label("Datum").fill("2026-06-01")
    page.get_by_label("Vindplaats").fill("https://www.voorbeeld.nl/akkoord")
    page.get_by_label("Partijen").fill("Lokaal, CDA")
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Uploaden").click()
    expect(page.get_by_text("Wacht op verwerking")).to_be_visible()

    read_version(pk=AgreementVersion.objects.get().pk)

    # The page asks by itself until the text is there.
    expect(page.get_by_role("heading", name="Veilig leven")).to_be_visible()
    expect(page.get_by_role("navigation", name="Inhoud van het akkoord")).to_contain_text(
        "Hulp dichtbij"
    )


def mark_with_the_mouse(page):
    drag_over(page, QUOTE)
    expect(page.get_by_label("Citaat")).to_have_value(QUOTE)
    page.keyboard.press("2")
    expect(page.locator("mark:not(.suggested)", has_text="€ 80.000")).to_be_visible()

    card = page.get_by_role("region", name="Passage", exact=True)
    card.get_by_label("Aandachtspunt").select_option("Partners binnen en buiten veiligheid")
    card.get_by_label("concreet").check()
    card.get_by_label("Notitie").fill("Bedrag per jaar.")
    card.get_by_role("button", name="Opslaan").click()
    expect(card.get_by_label("Notitie")).to_have_count(0)  # saved, and the card is back
    expect(card.locator(".coding")).to_contain_text("concreet")

    card.get_by_role("link", name="Maatregel toevoegen").click()
    card.get_by_label("Wat", exact=True).fill("een team tegen ondermijning")
    card.get_by_label("Bedrag in euro’s").fill("80.000")
    card.get_by_label("Eenmalig of structureel").select_option("structureel")
    card.get_by_role("button", name="Opslaan").click()
    expect(card.locator(".measure")).to_contain_text("€ 80.000 structureel")

    passage = Passage.objects.get()
    assert passage.quote == QUOTE
    assert passage.codings.get().get_strength_display() == "concreet"


def drag_over(page, words):
    """Select these words by dragging the mouse from before the first to after the last letter."""
    page.wait_for_load_state("networkidle")  # styles and fonts that come in move the words
    page.evaluate("document.fonts.ready")
    ends = page.evaluate(
        """(words) => {
            const holder = [...document.querySelectorAll("#text [data-start]")]
                .find((p) => p.textContent.includes(words));
            const letter = (index) => {
                const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
                let left = index;
                let node = walker.nextNode();
                while (left >= node.length) { left -= node.length; node = walker.nextNode(); }
                const range = document.createRange();
                range.setStart(node, left);
                range.setEnd(node, left + 1);
                return range.getBoundingClientRect();
            };
            holder.scrollIntoView({ block: "center" });
            const at = holder.textContent.indexOf(words);
            const first = letter(at), last = letter(at + words.length - 1);
            return [first.left + 1, first.top + first.height / 2, last.right, last.top + last.height / 2];
        }""",
        words,
    )
    page.mouse.move(ends[0], ends[1])
    page.mouse.down()
    page.mouse.move(ends[2], ends[3], steps=8)
    page.mouse.up()


def mark_with_the_keyboard(page):
    text = page.get_by_role("article", name="Tekst van het akkoord")
    text.focus()
    page.keyboard.press("Escape")
    for _ in range(30):
        page.keyboard.press("ArrowDown")
        if page.get_by_label("Citaat").input_value().startswith("De brandweer"):
            break
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("6")

    expect(page.locator("mark:not(.suggested)", has_text="De brandweer")).to_be_visible()
    assert Passage.objects.latest("pk").quote == (
        "De brandweer is dag en nacht paraat. Daar zijn wij trots op."
    )


def change_and_remove(page):
    card = page.get_by_role("region", name="Passage", exact=True)
    card.get_by_label("uitgewerkt").check()
    card.get_by_role("button", name="Opslaan").click()
    expect(page.locator(".coding", has_text="Brandweer")).to_contain_text("uitgewerkt")

    card.get_by_role("button", name="Verwijder codering Brandweer").click()
    expect(page.locator("mark:not(.suggested)", has_text="De brandweer")).to_have_count(0)
    assert Coding.objects.count() == 1


def judge(page):
    page.get_by_role("link", name="Beoordelingen").click()
    page.get_by_role("row", name=re.compile("^Enschede")).get_by_role("link").nth(2).click()
    page.get_by_role("radio", name="concreet").check()
    page.get_by_label("Samenvatting").fill("Enschede betaalt een team tegen ondermijning.")
    expect(page.get_by_role("checkbox", name=re.compile(QUOTE[:20]))).to_be_checked()
    page.get_by_role("button", name="Concept opslaan").click()

    expect(page.get_by_text("Het concept is opgeslagen.")).to_be_visible()
    expect(page.get_by_role("button", name="Publiceren")).to_have_count(0)
    page.get_by_role("button", name="Ter review leggen").click()
    expect(page.get_by_text("De beoordeling ligt nu ter review.")).to_be_visible()


def publish(page, live_server, enter, editor):
    enter(editor)
    page.get_by_role("link", name="Beoordelingen").click()
    page.get_by_role("link", name="Enschede: Ondermijning").click()
    page.get_by_text("Gereed maken zonder reactie", exact=True).first.click()
    page.get_by_label("Waarom is er geen reactie nodig?").fill(
        "De gemeente heeft nog geen contact."
    )
    page.get_by_role("button", name="Gereed maken zonder reactie").click()
    page.get_by_role("button", name="Publiceren").click()

    expect(page.get_by_text("De beoordeling is gepubliceerd.")).to_be_visible()


def browse(page, enter, mayor):
    enter(mayor)
    row = page.get_by_role("row", name=re.compile("^Enschede"))
    expect(row.get_by_text("concreet")).to_be_visible()
    expect(row.get_by_text("nog niet")).to_have_count(5)

    page.locator("table.matrix").get_by_role("link", name="Ondermijning", exact=True).click()
    expect(page.get_by_text("Enschede betaalt een team tegen ondermijning.")).to_be_visible()
    page.get_by_role("link", name="Enschede", exact=True).click()
    expect(page.get_by_text("Lokaal, CDA")).to_be_visible()
    page.get_by_role("link", name="Samen vooruit, blz. 2").click()
    expect(page.locator("mark.lit")).to_have_text(QUOTE)
    expect(page.locator("mark.lit")).to_be_in_viewport()
    page.go_back()


def take_along(page):
    page.get_by_role("link", name="Rapport", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^PDF")).click()

    assert download.value.suggested_filename == "veiligheid-gemeente-enschede-2026.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")
