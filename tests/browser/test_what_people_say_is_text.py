"""Whatever people write about a judgement, on screen it is text. Tried in a browser without CSP.

The same payloads as in test_text_is_never_markup, which also shows that they would run.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from assessments import actions
from assessments.models import Remark
from tests.browser.payloads import PAYLOADS
from tests.browser.test_text_is_never_markup import MADE, bare_page  # noqa: F401
from tests.factories import (
    PASSWORD,
    CodingFactory,
    FormationFactory,
    ThemeFactory,
    UserFactory,
    answered_advice,
    draft_of,
    public_advice,
    publish,
    read_again,
    submitted,
)

ALL = "\n".join(PAYLOADS)
# Our own pictures have a class; what a payload makes has none.
ELEMENTS = MADE.replace("svg:not(.shape)", "svg:not([class])")


@pytest.fixture
def said(committed):
    """Every text that people write about a judgement holds every payload, and some are published."""
    coding = CodingFactory()
    coalition = coding.passage.version.agreement.coalition
    of_it = {"municipality": coalition.municipality}
    people = {
        "Adviseur": UserFactory(role="Adviseur", first_name=PAYLOADS[1][:150]),
        "Eindredacteur": UserFactory(role="Eindredacteur", last_name=PAYLOADS[2][:150]),
        "Gemeentecontact": UserFactory(role="Gemeentecontact", **of_it),
        "Burgemeester": UserFactory(role="Burgemeester", **of_it),
        "Beheerder": UserFactory(role="Beheerder"),
    }
    advisor, editor = people["Adviseur"], people["Eindredacteur"]
    published = draft_of(coding, by=advisor, summary=ALL)
    _words(published, advisor)
    publish(published, by=editor)

    draft = draft_of(coding, by=advisor, summary=ALL)
    _words(draft, advisor)
    submitted(draft)
    made = actions.remark(Remark(assessment=draft, text=ALL), by=editor, seen=draft.edit_number)
    actions.send_back(draft, by=editor, seen=draft.edit_number, why=ALL)
    actions.answer_remark(made, by=advisor, text=ALL)
    actions.submit(draft, by=advisor, seen=draft.edit_number)
    actions.resolve_remark(made, by=editor)
    (reply,) = actions.ask_for_replies(
        [(draft, draft.edit_number)],
        by=editor,
        deadline=timezone.localdate() + timedelta(days=14),
    )
    reply.position, reply.text = "disagree", ALL
    actions.reply(reply, by=people["Gemeentecontact"], seen=1)
    actions.answer_reply(reply, by=advisor, text=ALL, seen=2)

    other = CodingFactory(passage=coding.passage, theme=ThemeFactory(key="brandweer"))
    reading = read_again(submitted(draft_of(other, summary=ALL)), level=1)
    FormationFactory(coalition=coalition, note=PAYLOADS[4][:200])
    answer = answered_advice(people["Burgemeester"], text=ALL, question=ALL, advisor=advisor)
    advice = public_advice(answer, by=editor, title=PAYLOADS[3][:120])
    return people, draft, reading, answer, advice


def _words(draft, by):
    """Fill every text of a draft that its form leaves optional."""
    draft.advice = draft.note = draft.change_note = draft.departure = ALL
    codings = list(draft.codings.all())
    actions.save_draft(draft, by=by, codings=codings, seen=draft.edit_number)


def enter(page, live_server, user):
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(user.username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("button", name="Afmelden").wait_for()


def test_nothing_that_people_say_ever_runs(bare_page, live_server, said):  # noqa: F811
    page = bare_page
    people, draft, reading, answer, advice = said
    slug, year = draft.coalition.municipality.slug, draft.coalition.term.start_year
    everywhere = {
        "Adviseur": [
            ("assessments:assess", [slug, year, draft.theme.slug]),
            ("assessments:second-reading", [reading.pk]),
            ("assessments:advice-request", [answer.request_id]),
        ],
        "Eindredacteur": [
            ("assessments:assess", [slug, year, draft.theme.slug]),
            ("assessments:list", [year]),
            ("assessments:advice-publish", [answer.pk]),
        ],
        "Gemeentecontact": [
            ("assessments:replies", []),
            ("assessments:advice-request", [answer.request_id]),
        ],
        "Burgemeester": [
            ("overview:municipality", [year, slug]),
            ("overview:theme", [year, draft.theme.slug]),
            ("municipalities:formation", [year]),
            ("assessments:published-advice", []),
            ("assessments:advice", [advice.pk]),
        ],
        "Beheerder": [("accounts:users", []), ("accounts:user-change", [draft.author_id])],
    }

    for role, addresses in everywhere.items():
        enter(page, live_server, people[role])
        for name, arguments in addresses:
            page.goto(live_server.url + reverse(name, args=arguments))
            page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            expect(page.locator("body")).to_contain_text("__xss()")
            page.wait_for_timeout(300)
            assert (page.ran, page.locator(ELEMENTS).count()) == ([], 0), (role, name)
