"""A reader sees what is published and not a word more."""

import pytest
from django.urls import reverse

from assessments.models import Assessment
from municipalities.models import Coalition
from tests.factories import (
    AgreementFactory,
    CodingFactory,
    PassageFactory,
    VersionFactory,
    any_word,
    draft_of,
    published_of,
)
from tests.test_access import PAGES
from tests.world import make_world
from themes.models import Theme

FILES = {"overview:document-file"}  # the document itself; who may have it: test_readable_file.py
READ = [
    name
    for name in PAGES
    if name.split(":")[0] in {"overview", "reports", "search"} and name not in FILES
]


@pytest.fixture
def world(db):
    return make_world()


def page(client, world, name):
    return client.get(reverse(name, args=world.arguments[name])).content.decode("latin-1")


def canaries(world):
    """Put a word that stands nowhere else in a draft, a note, an unpublished quote and document."""
    words = [any_word() for _ in range(4)]
    Assessment.objects.filter(pk=world.draft.pk).update(summary=words[0])
    version = world.published.codings.get().passage.version
    CodingFactory(
        passage=PassageFactory(version=version, start=29, end=57), theme=world.theme, note=words[1]
    )
    agreement = AgreementFactory(coalition=world.coalition, title=words[2])
    hidden = VersionFactory(agreement=agreement, state="geweigerd", reason=words[3], text="")
    return [*words, hidden.original_name + "geheim"]


@pytest.mark.parametrize("name", READ)
def test_no_page_of_a_reader_holds_unpublished_words(client, sign_in, world, name):
    sign_in("Burgemeester")
    words = canaries(world)

    text = page(client, world, name)

    assert not [word for word in words if word in text]


def test_the_words_would_be_found_where_they_may_stand(client, sign_in, world):
    sign_in("Adviseur")
    words = canaries(world)

    text = "".join(
        page(client, world, name)
        for name in ("assessments:assess", "agreements:passages", "agreements:list")
    )

    assert [word for word in words[:4] if word in text] == words[:4]


def test_the_document_marks_only_published_passages(client, sign_in, world):
    sign_in("Burgemeester")
    version = world.published.codings.get().passage.version
    hidden = CodingFactory(passage=PassageFactory(version=version, start=29, end=57))

    text = page(client, world, "overview:document")

    assert f'id="passage-{world.published.codings.get().passage_id}"' in text
    assert f'id="passage-{hidden.passage_id}"' not in text


def test_a_document_without_published_work_is_not_there(client, sign_in, db):
    sign_in("Burgemeester")
    coding = CodingFactory()
    draft_of(coding)
    coalition = coding.passage.version.agreement.coalition

    response = client.get(
        reverse(
            "overview:document",
            args=[
                coalition.term.start_year,
                coalition.municipality.slug,
                coding.passage.version_id,
            ],
        )
    )

    assert response.status_code == 404


def test_not_yet_judged_is_no_level(client, sign_in, world):
    sign_in("Burgemeester")

    text = page(client, world, "overview:matrix")

    total = Coalition.objects.for_term(world.coalition.term).count() * Theme.objects.count()
    published = Assessment.objects.published().for_term(world.coalition.term).count()
    assert f"{published} van de {total} beoordelingen" in text
    assert "nog niet" in text


def test_a_quote_leads_to_its_place_in_the_document(client, sign_in, world):
    sign_in("Burgemeester")
    passage = world.published.codings.get().passage
    target = f"?passage={passage.pk}#passage-{passage.pk}"

    assert target in page(client, world, "overview:municipality")
    assert target in page(client, world, "overview:theme")


def test_invented_agreements_say_so_on_every_page(client, sign_in, db):
    sign_in("Burgemeester")
    coding = CodingFactory(
        passage=PassageFactory(version=VersionFactory(agreement=AgreementFactory(is_fiction=True)))
    )
    published_of(coding)

    response = client.get(reverse("overview:matrix"))

    assert "Voorbeeldomgeving" in response.text


def test_without_invented_agreements_nothing_says_so(client, sign_in, world):
    sign_in("Burgemeester")

    assert "Voorbeeldomgeving" not in client.get(reverse("overview:home")).text
