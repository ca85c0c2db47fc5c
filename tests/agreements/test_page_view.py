"""What the page view asks the server for: the words of a page, and the sizes of all pages."""

from django.urls import reverse

from agreements.models import Page
from tests.factories import AgreementFactory, VersionFactory


def words_of(client, version, number):
    return client.get(reverse("agreements:page-words", args=[version.pk, number]))


def version_with_words(**kwargs):
    """A version of one page that says where its words stand."""
    version = VersionFactory(text="", **kwargs)
    Page.objects.create(
        version=version,
        number=2,
        start=0,
        end=0,
        width=595.5,
        height=842,
        words=[[0, 3, 72, 72, 90, 84], [4, 9, 93, 72, 120, 84]],
    )
    return version


def test_gives_the_words_of_one_page(client, sign_in, db):
    sign_in("Adviseur")
    version = version_with_words()

    answer = words_of(client, version, 2).json()

    assert answer == {
        "number": 2,
        "start": 0,
        "width": 595.5,
        "height": 842,
        "words": [[0, 3, 72, 72, 90, 84], [4, 9, 93, 72, 120, 84]],
    }


def test_a_page_that_is_not_there_is_not_found(client, sign_in, db):
    sign_in("Adviseur")
    version = version_with_words()

    assert words_of(client, version, 3).status_code == 404
    assert words_of(client, version, 0).status_code == 404


def test_a_pdf_can_be_seen_as_it_was_printed(client, sign_in, db):
    sign_in("Adviseur")
    version = version_with_words(media_type="application/pdf")

    room = client.get(version.get_absolute_url()).text

    assert 'id="page-view"' in room
    assert "595.5" in room


def test_another_format_has_only_the_reading_view(client, sign_in, db):
    sign_in("Adviseur")
    version = VersionFactory(media_type="text/html", agreement=AgreementFactory())

    room = client.get(version.get_absolute_url()).text

    assert 'id="page-view"' not in room
    assert 'id="view-switch"' not in room
