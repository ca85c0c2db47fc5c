"""What a page is made of is remembered, and never longer than it is true."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from assessments import actions
from overview import remembering
from overview.remembering import remembered
from tests.factories import (
    CodingFactory,
    MunicipalityFactory,
    PartnerFactory,
    UserFactory,
    draft_of,
    publish,
    published_of,
)
from tests.test_access import PAGES, TABLE
from tests.world import make_world
from themes.models import Partner

READERS_PAGES = [
    name for name in PAGES if name.startswith("overview:") and "Burgemeester" in TABLE[name][0]
]


@pytest.fixture
def made():
    """Counts how often something is made."""
    return []


@pytest.fixture
def ask(made):
    def ask(key="a page"):
        return remembered(key, lambda: made.append(1) or Partner.objects.count())

    return ask


def test_what_did_not_change_is_made_once(committed, ask, made):
    PartnerFactory()

    assert [ask(), ask()] == [1, 1]
    assert len(made) == 1


def test_after_any_write_it_is_made_again(committed, ask, made):
    ask()
    PartnerFactory()

    assert ask() == 1
    assert len(made) == 2


def test_each_key_has_its_own(committed, ask, made):
    ask("one")
    ask("another")

    assert len(made) == 2


def test_who_writes_sees_what_they_wrote_and_nobody_else_does(committed, ask, made):
    assert ask() == 0
    with transaction.atomic():
        PartnerFactory()
        assert ask() == 1
        transaction.set_rollback(True)

    assert ask() == 0


def test_what_is_withdrawn_is_gone_from_the_page_at_once(committed, client, sign_in):
    coding = CodingFactory()
    assessment = published_of(coding, summary="Het akkoord noemt een team.")
    year = coding.passage.version.agreement.coalition.term.start_year
    page = reverse("overview:theme", args=[year, coding.theme.slug])
    sign_in("Burgemeester")
    seen = [client.get(page).text for _ in range(2)]

    editor = UserFactory(role="Eindredacteur")
    actions.withdraw(assessment, by=editor, seen=assessment.edit_number, why="Het klopt niet.")
    after = client.get(page).text
    publish(draft_of(coding, summary="Nu staat het er goed."))

    assert all("Het akkoord noemt een team." in text for text in seen)
    assert "Het akkoord noemt een team." not in after
    assert "Nu staat het er goed." in client.get(page).text


def test_what_an_editor_sees_is_not_shown_to_a_reader(committed, client, sign_in):
    coding = CodingFactory()
    published_of(coding)
    year = coding.passage.version.agreement.coalition.term.start_year
    page = reverse("overview:theme", args=[year, coding.theme.slug])
    sign_in("Eindredacteur")
    assert "Kies de sterkste citaten" in client.get(page).text

    client.force_login(UserFactory(role="Burgemeester"))

    assert "Kies de sterkste citaten" not in client.get(page).text


def as_different_readers(client):
    """Every page as two mayors and an editor in turn, as it is remembered and as it is drawn afresh."""
    world = make_world()
    people = [
        UserFactory(role="Burgemeester", municipality=world.coalition.municipality),
        UserFactory(role="Burgemeester", municipality=MunicipalityFactory()),
        UserFactory(role="Eindredacteur"),
    ]
    sessions = []
    for person in people:
        client.force_login(person)
        sessions.append(client.cookies)
        client.cookies = type(client.cookies)()
    differ = []
    for name in READERS_PAGES:
        address = reverse(name, args=world.arguments[name])
        for cookies in [*sessions, *sessions]:
            client.cookies = cookies
            kept = _body(client.get(address, follow=True))
            remembering._made.clear()
            fresh = _body(client.get(address, follow=True))
            if kept != fresh:
                differ.append(name)
            for other in sessions:  # so that the next one finds what was drawn for others
                client.cookies = other
                client.get(address, follow=True)
    return set(differ)


def _body(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.text)


def test_nobody_gets_what_was_drawn_for_another(committed, client):
    assert as_different_readers(client) == set()


def test_a_key_without_the_reader_would_be_found(committed, client, monkeypatch):
    whole = remembering.remembered
    monkeypatch.setattr(remembering, "remembered", lambda key, make, seen=None: whole(key[0], make))

    assert {"overview:matrix", "overview:theme"} <= as_different_readers(client)
