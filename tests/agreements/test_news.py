"""Two advisors in one document see each other's marks."""

import pytest
from django.urls import reverse

from agreements.models import Coding
from agreements.news import moment
from tests.conftest import HTMX
from tests.factories import SuggestionFactory, ThemeFactory, UserFactory, VersionFactory


@pytest.fixture
def version(db):
    return VersionFactory(text="Wij pakken ondermijning aan.\fEr komt een team.")


@pytest.fixture
def joost(db):
    return UserFactory(role="Adviseur", first_name="Joost", last_name="Nijhuis")


def mark(client, version, quote):
    client.post(
        reverse("agreements:passage-create", args=[version.pk]),
        {"theme": ThemeFactory().pk, "quote": quote},
        headers=HTMX,
    )


def news(client, version, since):
    address = reverse("agreements:news", args=[version.pk])
    return client.get(address, {"sinds": since}, headers=HTMX)


def test_another_sees_the_page_that_changed(committed, client, sign_in, version, joost):
    since = moment()
    client.force_login(joost)
    mark(client, version, "Er komt een team.")
    sign_in("Adviseur")

    response = news(client, version, since)

    assert "Joost Nijhuis wijzigde blz. 2." in response.text
    assert 'id="blz-2"' in response.text
    assert "<mark" in response.text
    assert 'id="blz-1"' not in response.text


def test_my_own_marks_are_no_news(client, sign_in, version):
    since = moment()
    sign_in("Adviseur")
    mark(client, version, "Er komt een team.")

    assert news(client, version, since).status_code == 204


def test_what_happened_in_another_document_is_no_news(client, sign_in, version, joost):
    since = moment()
    client.force_login(joost)
    mark(client, VersionFactory(), "Er komt een team van vier mensen.")
    sign_in("Adviseur")

    assert news(client, version, since).status_code == 204


def test_a_mark_that_went_away_is_news(client, sign_in, version, joost):
    client.force_login(joost)
    mark(client, version, "Er komt een team.")
    since = moment()
    client.post(reverse("agreements:coding-delete", args=[Coding.objects.get().pk]), headers=HTMX)
    sign_in("Adviseur")

    response = news(client, version, since)

    assert 'id="blz-2"' in response.text
    assert "<mark" not in response.text


def test_a_decision_about_a_suggestion_is_news(client, sign_in, version, joost):
    suggestion = SuggestionFactory(version=version)
    since = moment()
    client.force_login(joost)
    client.post(reverse("agreements:suggestion-reject", args=[suggestion.pk]), headers=HTMX)
    sign_in("Adviseur")

    assert 'id="blz-1"' in news(client, version, since).text


@pytest.mark.parametrize("since", ["", "gisteren", "1e999", "-1e99", "nan"])
def test_what_is_no_moment_gives_no_news(client, sign_in, version, since):
    sign_in("Adviseur")

    assert news(client, version, since).status_code == 204
