"""The file of a document and the places of its words are there for who may read its text, and for nobody else."""

import pytest
from django.urls import reverse

from tests.factories import CodingFactory, PassageFactory, VersionFactory, draft_of, published_of
from tests.scene import put_file


def addresses(version):
    coalition = version.agreement.coalition
    place = [coalition.term.start_year, coalition.municipality.slug, version.pk]
    return reverse("overview:document-file", args=place), reverse(
        "overview:document-words", args=[*place, 1]
    )


@pytest.fixture
def version(db, settings):
    put_file()
    return VersionFactory(file="agreements/aa/aa")


def test_a_reader_gets_the_file_of_what_is_published(client, sign_in, version):
    sign_in("Burgemeester")
    published_of(CodingFactory(passage=PassageFactory(version=version)))

    file, words = (client.get(address) for address in addresses(version))

    assert file.status_code == words.status_code == 200
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert version.original_name not in file.headers["Content-Disposition"]
    assert file.headers["Content-Type"] == "application/octet-stream"
    b"".join(file.streaming_content)  # closes it
    assert words.json()["number"] == 1


def test_nobody_gets_the_file_of_what_is_not(client, sign_in, version):
    sign_in("Burgemeester")
    draft_of(CodingFactory(passage=PassageFactory(version=version)))

    assert [client.get(address).status_code for address in addresses(version)] == [404, 404]


def test_a_newer_version_stays_away_until_something_rests_on_it(client, sign_in, version):
    sign_in("Burgemeester")
    published_of(CodingFactory(passage=PassageFactory(version=version)))
    newer = VersionFactory(agreement=version.agreement, number=9999, file="agreements/aa/aa")

    assert [client.get(address).status_code for address in addresses(newer)] == [404, 404]


def test_a_version_of_another_municipality_is_not_at_this_address(client, sign_in, version):
    sign_in("Burgemeester")
    published_of(CodingFactory(passage=PassageFactory(version=version)))
    other = VersionFactory(file="agreements/aa/aa")
    published_of(CodingFactory(passage=PassageFactory(version=other)))

    wrong = [
        address.replace(f"/documenten/{version.pk}/", f"/documenten/{other.pk}/")
        for address in addresses(version)
    ]

    assert [client.get(address).status_code for address in wrong] == [404, 404]
