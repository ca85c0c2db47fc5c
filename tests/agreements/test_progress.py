"""Which pages a person has read."""

import pytest
from django.urls import reverse

from agreements.models import PageReading
from tests.conftest import HTMX
from tests.factories import (
    AssignmentFactory,
    CodingFactory,
    PageReadingFactory,
    PassageFactory,
    SuggestionFactory,
    ThemeFactory,
    VersionFactory,
)


@pytest.fixture
def version(db):
    return VersionFactory(text="een bladzijde met tekst erop\ftwee\fdrie\fvier")


def read(client, version, headers=HTMX, **data):
    address = reverse("agreements:page-read", args=[version.pk])
    return client.post(address, data, headers=headers)


def test_a_page_is_read(client, sign_in, version):
    advisor = sign_in("Adviseur")

    response = read(client, version, number=2)

    assert PageReading.objects.numbers_of(version, advisor) == {2}
    assert "<strong>1</strong> van 4 bladzijden gelezen" in response.text


def test_all_pages_up_to_one_are_read_at_once(client, sign_in, version):
    advisor = sign_in("Adviseur")

    read(client, version, until=3)

    assert PageReading.objects.numbers_of(version, advisor) == {1, 2, 3}


def test_a_page_is_taken_back(client, sign_in, version):
    advisor = sign_in("Adviseur")
    read(client, version, until=3)

    read(client, version, unread=2)

    assert PageReading.objects.numbers_of(version, advisor) == {1, 3}


def test_reading_again_keeps_the_first_moment(client, sign_in, version):
    sign_in("Adviseur")
    read(client, version, number=1)
    first = PageReading.objects.get().read_at

    read(client, version, until=2)

    assert PageReading.objects.get(number=1).read_at == first


def test_only_own_pages_count(client, sign_in, version):
    advisor = sign_in("Adviseur")
    PageReadingFactory(version=version, number=1)

    response = read(client, version, number=2)

    assert PageReading.objects.numbers_of(version, advisor) == {2}
    assert "<strong>1</strong> van 4 bladzijden gelezen" in response.text


def test_taking_back_leaves_the_pages_of_others(client, sign_in, version):
    sign_in("Adviseur")
    PageReadingFactory(version=version, number=1)

    read(client, version, unread=1)

    assert PageReading.objects.count() == 1


@pytest.mark.parametrize(
    "data", [{}, {"number": 5}, {"number": 0}, {"number": 1, "until": 2}, {"unread": 9}]
)
def test_a_page_that_is_not_there_is_refused(client, sign_in, version, data):
    sign_in("Adviseur")

    assert read(client, version, **data).status_code == 400
    assert not PageReading.objects.exists()


def test_a_version_that_is_not_ready_can_not_be_read(client, sign_in, db):
    sign_in("Adviseur")

    assert read(client, VersionFactory(state="wacht"), number=1).status_code == 404


def test_without_javascript_the_reader_stays_at_the_page(client, sign_in, version):
    sign_in("Adviseur")

    response = read(client, version, headers={}, number=2)

    assert response.url == f"{version.get_absolute_url()}#blz-2"


def test_the_answer_holds_the_button_of_each_page_that_changed(client, sign_in, version):
    sign_in("Adviseur")

    response = read(client, version, until=2)

    assert 'id="reading-progress"' in response.text
    assert response.text.count('aria-pressed="true"') == 2
    assert 'id="read-button-3"' not in response.text


def test_the_progress_tells_what_is_marked_and_what_is_open(client, sign_in, version):
    sign_in("Adviseur")
    CodingFactory(passage=PassageFactory(version=version))
    SuggestionFactory(version=version)
    SuggestionFactory(version=version, state="open", start=1)

    response = read(client, version, number=1)

    assert "1 passage, 2 voorstellen open" in response.text


def test_the_progress_tells_for_which_themes_a_person_reads(client, sign_in, version):
    advisor = sign_in("Adviseur")
    mine = AssignmentFactory(agreement=version.agreement, reader=advisor).theme
    other = AssignmentFactory(
        agreement=version.agreement, theme=ThemeFactory(key="brandweer"), reader__first_name="Joost"
    )
    SuggestionFactory(version=version, theme=mine)
    SuggestionFactory(version=version, theme=other.theme)

    response = read(client, version, number=1)

    assert "2 voorstellen open, waarvan 1 voor uw thema’s" in response.text
    assert "U leest dit voor" in response.text
    assert "Joost leest dit ook voor Brandweer" in response.text


def test_who_only_looks_gets_no_button(client, sign_in, version):
    sign_in("Eindredacteur")

    response = client.get(version.get_absolute_url())

    assert "read-button-1" not in response.text
