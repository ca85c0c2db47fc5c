"""A municipality changes its agreement: every passage is accounted for, and published work is flagged."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from agreements import actions as agreements
from agreements.citation import locate
from agreements.models import Agreement, AgreementVersion, Coding
from agreements.tasks import read_version
from assessments import actions as assessments
from assessments.models import Assessment
from demo.manuscript import Manuscript
from demo.typesetting import pdf
from municipalities.models import Coalition
from tests import factories
from tests.factories import UserFactory
from themes.models import Theme

STAYS = "Wij leren ondernemers om witwassen te herkennen."
CHANGES = "Voor een team tegen ondermijning betalen wij € 80.000 per jaar."
CHANGED = "Voor een team tegen ondermijning betalen wij € 60.000 per jaar."
GOES = "Elke kwetsbare ondernemer krijgt een vertrouwenspersoon."


def manuscript(*paragraphs):
    return Manuscript(
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
            *({"kind": "paragraph", "text": text} for text in paragraphs),
        ),
    )


@pytest.fixture
def published(reference):
    """An agreement with three quotes under a published judgement."""
    advisor = UserFactory(role="Adviseur")
    coalition = Coalition.objects.at(municipality="enschede", term=2026).get()
    file = ContentFile(pdf(manuscript(f"{STAYS} {CHANGES} {GOES}")), name="akkoord.pdf")
    version = agreements.read(
        agreements.upload(
            Agreement(coalition=coalition, title="Samen vooruit"), file=file, by=advisor
        )
    )
    theme = Theme.objects.get(key="ondermijning")
    codings = []
    for quote in (STAYS, CHANGES, GOES):
        ((start, end),) = locate(version.text, quote)
        coding = Coding(theme=theme, strength=2)
        agreements.mark(version, start=start, end=end, coding=coding, by=advisor)
        codings.append(coding)
    draft = Assessment(
        coalition=coalition, theme=theme, level=2, summary="Er is een team.", edit_number=0
    )
    assessments.save_draft(draft, by=advisor, codings=codings)
    return factories.publish(draft)


@pytest.fixture
def newer_file(tmp_path):
    path = tmp_path / "akkoord-2.pdf"
    text = manuscript("Dit akkoord is na de zomer bijgesteld.", f"{CHANGED} {STAYS}")
    path.write_bytes(pdf(replace(text, columns=2)))
    return path


def test_from_a_newer_file_to_a_corrected_judgement(page, enter, published, newer_file, complaints):
    advisor = UserFactory(role="Adviseur", first_name="Anouk", last_name="Wolters")
    mayor = UserFactory(role="Burgemeester")

    upload(page, enter, advisor, newer_file)
    see_what_happened(page)
    keep_with_the_keyboard(page)
    drop_and_think_again(page)
    see_the_flag(page, enter, mayor)
    judge_again(page, enter, advisor)
    publish(page, enter)
    see_no_flag(page, enter, mayor)

    assert complaints == []


def upload(page, enter, advisor, file):
    enter(advisor)
    page.get_by_role("link", name="Akkoorden", exact=True).click()
    page.get_by_role("link", name="bestanden").click()
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Uploaden").click()
    read_version(pk=AgreementVersion.objects.get(number=2).pk)
    expect(page.get_by_text("versie 2, ")).to_be_visible()

    page.get_by_role("link", name="Bestanden").click()
    page.get_by_role("link", name="2 passages wachten op een besluit").click()


def see_what_happened(page):
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat is er met de passages gebeurd?")
    expect(page.get_by_text("1 gewijzigd en 1 verdwenen")).to_be_visible()
    changed = page.get_by_role("article", name="Gewijzigd")
    expect(changed.get_by_role("deletion")).to_have_text("80.000")
    expect(changed.get_by_role("insertion")).to_have_text("60.000")


def keep_with_the_keyboard(page):
    page.get_by_role("button", name="Behoud nieuwe tekst").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("De passage gaat verder met de nieuwe tekst.")).to_be_focused()
    expect(page.get_by_text("1 wacht op een besluit.")).to_be_visible()
    # The next decision is one Tab away from the answer to the last.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#anchorings') !== null")


def drop_and_think_again(page):
    page.get_by_role("button", name="Vervalt").click()
    expect(page.get_by_text("Alles is beslist.")).to_be_visible()
    expect(page.get_by_text("vervallen door Anouk Wolters")).to_be_visible()

    page.get_by_role("button", name=f"Heroverweeg {GOES[:20]}").click()
    page.get_by_text("Pas aan").click()
    page.get_by_label("Tekst die de passage wordt").fill("Dit staat er niet.")
    page.get_by_role("button", name="Gebruik deze tekst").click()
    expect(page.get_by_text("staat niet letterlijk in het document")).to_be_visible()

    page.get_by_role("button", name="Vervalt").click()
    expect(page.get_by_text("Alles is beslist.")).to_be_visible()


def see_the_flag(page, enter, mayor):
    enter(mayor)
    page.get_by_role("link", name="Enschede", exact=True).click()
    expect(page.get_by_text("Dit oordeel rust op versie 1 van “Samen vooruit”.")).to_be_visible()
    expect(page.get_by_text("Twee citaten zijn daarin gewijzigd of verdwenen.")).to_be_visible()
    expect(page.get_by_text("€ 80.000")).to_be_visible()
    expect(page.get_by_text("€ 60.000")).to_have_count(0)


def judge_again(page, enter, advisor):
    enter(advisor)
    page.get_by_role("link", name="Beoordelingen").click()
    row = page.get_by_role("row", name="Enschede")
    row.get_by_role("link").nth(2).click()
    expect(page.get_by_text("Dit citaat staat niet meer in versie 2.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="€ 60.000")).to_be_checked()
    page.get_by_label("Samenvatting").fill("Er is een kleiner team.")
    page.get_by_label("Wat is er veranderd").fill("Het bedrag is lager in versie 2.")
    page.get_by_role("button", name="Concept opslaan").click()
    expect(page.get_by_text("Het concept is opgeslagen.")).to_be_visible()
    page.get_by_role("button", name="Ter review leggen").click()
    expect(page.get_by_text("De beoordeling ligt nu ter review.")).to_be_visible()


def publish(page, enter):
    enter(UserFactory(role="Eindredacteur"))
    page.get_by_role("link", name="Beoordelingen").click()
    page.get_by_role("link", name="Enschede: Ondermijning").click()
    page.get_by_text("Gereed maken zonder reactie", exact=True).first.click()
    page.get_by_label("Waarom is er geen reactie nodig?").fill("Een klein verschil.")
    page.get_by_role("button", name="Gereed maken zonder reactie").click()
    page.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("De beoordeling is gepubliceerd.")).to_be_visible()


def see_no_flag(page, enter, mayor):
    enter(mayor)
    page.get_by_role("link", name="Enschede", exact=True).click()
    expect(page.get_by_text("Dit oordeel rust op versie 2 van “Samen vooruit”.")).to_be_visible()
    expect(page.get_by_text("nieuwere versie")).to_have_count(0)
    expect(page.get_by_text("€ 60.000")).to_be_visible()
