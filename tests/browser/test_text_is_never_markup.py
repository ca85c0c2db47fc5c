"""Whatever stands in a file, a note or a name: on screen it is text. Tried in a browser without CSP.

The Content-Security-Policy is the second wall; here it is off, so that only escaping counts.
"""

import json
from contextlib import suppress
from itertools import accumulate

import pytest
from django.urls import reverse
from playwright.sync_api import Error, expect

from agreements.actions import reanchor
from tests.agreements.intake.files import typst_pdf
from tests.browser.payloads import PAYLOADS
from tests.browser.pdf_version import version_of
from tests.factories import (
    PASSWORD,
    AgreementFactory,
    CodingFactory,
    FocusPointFactory,
    MeasureFactory,
    PassageFactory,
    SuggestionFactory,
    TermFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
)

MADE = "main :is(script:not([type='application/json']), img, svg:not(.shape), iframe, object, video, audio, math, base, meta, link)"


@pytest.fixture
def bare_page(browser):
    """A page without CSP that keeps count of what runs and what is asked for."""
    context = browser.new_context(bypass_csp=True, locale="nl-NL")
    page = context.new_page()
    page.ran = []
    page.expose_function("__xss", lambda: page.ran.append("script"))
    page.on("dialog", lambda dialog: (page.ran.append("dialog"), dialog.dismiss()))
    page.on("request", lambda r: page.ran.append("request") if "canary" in r.url else None)
    yield page
    context.close()


# Five to a paragraph, so that a card shows them all.
GROUPS = [PAYLOADS[at : at + 5] for at in range(0, len(PAYLOADS), 5)]
TEXTS = [" ".join(" ".join(group).split()) for group in GROUPS]


@pytest.fixture
def version(committed):
    """A document of payloads: each paragraph a heading, a passage with a note and measures, a suggestion."""
    theme = ThemeFactory(name=f"Thema {PAYLOADS[1]}"[:60])
    starts = [0, *accumulate(len(text) + 2 for text in TEXTS)]
    version = VersionFactory(
        agreement=AgreementFactory(title=f"Titel {PAYLOADS[2]}"),
        text="\n\n".join(TEXTS),
        sections=[
            {"title": text, "level": 2, "start": start, "page": 1}
            for text, start in zip(TEXTS, starts, strict=False)
        ],
        original_name=f"{PAYLOADS[3]}.pdf",
    )
    FocusPointFactory(
        theme=theme, name=PAYLOADS[1], regional_input__term=version.agreement.coalition.term
    )
    advisor = UserFactory(first_name=PAYLOADS[1][:150])
    for payload in PAYLOADS[::5]:
        TermFactory(theme=theme, text=payload[:80])
    for group, text, start in zip(GROUPS, TEXTS, starts, strict=False):
        place = {"version": version, "start": start, "end": start + len(text)}
        passage = PassageFactory(**place, created_by=advisor)
        CodingFactory(passage=passage, theme=theme, note=text)
        for payload in group:
            MeasureFactory(passage=passage, what=payload, who=payload)
        SuggestionFactory(**place, theme=theme, reasons=[[payload, 1.0] for payload in group])
    return version


def enter(page, live_server):
    user = UserFactory(role="Adviseur", last_name=PAYLOADS[1][:150])
    page.goto(f"{live_server.url}/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(user.username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("button", name="Afmelden").wait_for()


def outcome(page):
    """What ran or was asked for, and the elements that a payload made."""
    page.wait_for_timeout(300)
    return page.ran, page.locator(MADE).count()


def test_no_payload_ever_runs(bare_page, live_server, version):
    page = bare_page
    enter(page, live_server)
    newer = VersionFactory(
        agreement=version.agreement, number=99, text="\n\n".join(t + " x" for t in TEXTS)
    )
    reanchor(newer)
    theme = version.suggestions.first().theme
    coalition = version.agreement.coalition
    everywhere = {
        "agreements:anchoring": [newer.pk],
        "agreements:theme-terms": [theme.slug],
        "assessments:assess": [coalition.municipality.slug, coalition.term.start_year, theme.slug],
        "assessments:my-work": [coalition.term.start_year],
        "agreements:version": [version.pk],
        "agreements:passages": [version.pk],
        "agreements:agreement": [version.agreement_id],
        "agreements:list": [version.agreement.coalition.term.start_year],
    }

    for name, arguments in everywhere.items():
        page.goto(live_server.url + reverse(name, args=arguments))
        expect(page.locator("main")).to_contain_text("__xss()")
        assert outcome(page) == ([], 0), name

    page.goto(live_server.url + reverse("agreements:version", args=[version.pk]))
    passages = version.passages.values_list("pk", flat=True)
    codings = version.passages.values_list("codings", flat=True)
    measures = version.passages.values_list("measures", flat=True)
    suggestions = version.suggestions.values_list("pk", flat=True)
    for name, keys, target in (
        ("agreements:passage", passages, "#passage"),
        ("agreements:coding-change", codings, "#passage"),
        ("agreements:measure-change", measures, "#passage"),
        ("agreements:suggestion", suggestions, "#suggestion"),
    ):
        shown = page.evaluate(
            """async ([addresses, target]) => {
                let shown = 0;
                for (const address of addresses) {
                    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
                    htmx.swap(target, await answer.text(), { swapStyle: "outerHTML" });
                    shown += document.querySelector(target).outerHTML.includes("__xss()");
                }
                return shown;
            }""",
            [[reverse(name, args=[key]) for key in keys], target],
        )
        page.wait_for_timeout(300)
        assert shown == len(keys), name
        assert outcome(page) == ([], 0), name


def test_what_is_chosen_shows_as_text(bare_page, live_server, version):
    page = bare_page
    enter(page, live_server)
    page.goto(live_server.url + reverse("agreements:version", args=[version.pk]))

    page.locator("#text").focus()
    for _ in range(40):
        page.keyboard.press("ArrowDown")

    assert "__xss()" in page.get_by_label("Citaat").input_value()
    assert outcome(page) == ([], 0)


def test_words_on_paper_stay_words(bare_page, live_server, committed, tmp_path):
    page = bare_page
    body = "\n\n".join(f"#{json.dumps(text)}" for text in TEXTS)
    version = version_of(typst_pdf(tmp_path / "a.pdf", body, 'paper: "a4"'))
    enter(page, live_server)
    page.goto(live_server.url + version.get_absolute_url())
    page.get_by_role("button", name="Bladzijden").click()

    for number in range(1, version.page_count + 1):
        page.get_by_role("spinbutton", name="Bladzijde").fill(str(number))
        page.keyboard.press("Enter")
        sheet = page.get_by_role("group", name=f"Bladzijde {number}", exact=True)
        expect(sheet).to_contain_text("__xss")

    assert outcome(page) == ([], 0)


def test_the_payloads_do_run_where_text_becomes_markup(bare_page, live_server, committed):
    page = bare_page
    page.goto(f"{live_server.url}/aanmelden/")

    ran = 0
    for payload in PAYLOADS[::7]:
        page.ran.clear()
        with suppress(Error):  # some payloads lead the page away
            page.set_content(
                f"<title>{payload}</title><textarea>{payload}</textarea><p>{payload}</p>"
            )
            page.wait_for_timeout(30)
        ran += bool(page.ran)

    assert ran > len(PAYLOADS[::7]) / 2
