"""What a page is made of is remembered, and never longer than it is true."""

import pytest
from django.db import transaction
from django.urls import reverse

from assessments import actions
from overview.remembering import remembered
from tests.factories import (
    CodingFactory,
    PartnerFactory,
    UserFactory,
    draft_of,
    publish,
    published_of,
)
from themes.models import Partner


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
