"""The statement about accessibility says what was checked, and of every page."""

from django.urls import reverse

from overview.accessibility import CHECKS, results
from tests.appearances import NO_PAGE
from tests.test_access import TABLE


def test_every_page_stands_in_the_results():
    """A new page fails this until `make accessibility` looked at it."""
    pages = {name for name, (_, answer) in TABLE.items() if answer == 200} - NO_PAGE

    assert pages - results()["kinds"].keys() == set()


def test_no_page_is_told_of_that_is_there_no_more():
    assert results()["kinds"].keys() - TABLE.keys() == set()


def test_every_check_has_words():
    assert results()["wrong"].keys() == CHECKS.keys()


def test_the_statement_gives_date_numbers_and_where_to_report(client, db, settings):
    settings.CONTACT_EMAIL = "portaal@example.org"

    page = client.get(reverse("overview:accessibility")).text

    assert f"Op {results()['date'].day} " in page
    assert f"{results()['pages']} soorten bladzijden" in page
    assert "Status: eerste maatregelen genomen" in page
    assert 'href="mailto:portaal@example.org"' in page


def test_without_an_address_it_says_whom_to_ask(client, db):
    for name in ("overview:accessibility", "overview:privacy"):
        page = client.get(reverse(name)).text

        assert "mailto:" not in page
        assert "die u heeft uitgenodigd" in page
