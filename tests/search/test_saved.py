"""A saved search: one's own, and a mail when something new can be found by it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from search import actions
from search.models import SavedSearch
from tests.factories import CodingFactory, PassageFactory, UserFactory, VersionFactory, draft_of
from tests.search.conftest import published

SAVE = {"name": "Mijn wijkagent", "query": "q=wijkagent"}


@pytest.fixture
def saved(client, sign_in, db):
    """A search of a mayor, saved a week ago."""
    owner = sign_in("Burgemeester")
    client.post(reverse("search:save"), SAVE)
    SavedSearch.objects.update(seen_at=timezone.now() - timedelta(days=7))
    return SavedSearch.objects.get(owner=owner)


def test_keeps_what_the_address_holds_and_nothing_else(client, sign_in, db):
    sign_in("Burgemeester")

    client.post(
        reverse("search:save"),
        {
            "name": "Eigen",
            "query": "q=wijkagent&soort=citaat&gemeente=nergens&volgende=//kwaad&bladzijde=7",
        },
    )

    assert SavedSearch.objects.get().query == "q=wijkagent&soort=citaat"


def test_the_page_shows_ones_own_and_what_is_new(client, saved):
    SavedSearch.objects.create(owner=UserFactory(), name="Van een ander", query="q=wijkagent")
    published(summary="Er komt een wijkagent.")

    text = client.get(reverse("search:saved")).text

    assert "Mijn wijkagent" in text
    assert "1 nieuw" in text
    assert "Van een ander" not in text


def test_mails_when_something_new_is_published(saved):
    published(summary="Er komt een wijkagent.")

    actions.tell_of_news()

    (message,) = mail.outbox
    assert message.to == [saved.owner.email]
    assert "“Mijn wijkagent” vindt 1 nieuwe plaats." in message.body
    assert reverse("search:saved") in message.body
    assert "Er komt" not in message.body


def test_does_not_mail_twice_of_the_same(saved):
    published(summary="Er komt een wijkagent.")
    actions.tell_of_news()
    SavedSearch.objects.update(mailed_at=timezone.now() - timedelta(hours=25))
    mail.outbox.clear()
    SavedSearch.objects.update(mailed_at=timezone.now())

    actions.tell_of_news()

    assert mail.outbox == []


def test_mails_at_most_once_a_day(saved):
    published(summary="Er komt een wijkagent.")
    SavedSearch.objects.update(mailed_at=timezone.now() - timedelta(minutes=1))

    actions.tell_of_news()
    assert mail.outbox == []

    SavedSearch.objects.update(mailed_at=timezone.now() - timedelta(days=1))
    actions.tell_of_news()
    assert len(mail.outbox) == 1


def test_does_not_mail_of_a_draft_or_of_something_else(saved):
    version = VersionFactory(text="Wij pakken ondermijning aan met een wijkagent.")
    draft_of(CodingFactory(passage=PassageFactory(version=version)), summary="Een wijkagent.")
    published(summary="Een ander onderwerp.")

    actions.tell_of_news()

    assert mail.outbox == []


def test_does_not_mail_of_what_was_there_at_the_last_look(client, saved):
    published(summary="Er komt een wijkagent.")
    response = client.post(reverse("search:look", args=[saved.pk]))

    actions.tell_of_news()

    assert response.url == reverse("search:search") + "?q=wijkagent"
    assert mail.outbox == []


def test_a_page_and_a_quote_are_new_when_they_are_first_published(saved):
    published(text="Er komt een wijkagent in ieder dorp.", quote=(0, 21), summary="Niets.")

    actions.tell_of_news()

    assert "vindt 2 nieuwe plaatsen" in mail.outbox[0].body


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_does_not_mail_who_left_or_has_no_address(saved, change):
    type(saved.owner).objects.filter(pk=saved.owner_id).update(**change)
    published(summary="Er komt een wijkagent.")

    actions.tell_of_news()

    assert mail.outbox == []


def test_does_not_mail_who_may_not_read_any_more(saved):
    saved.owner.groups.clear()
    published(summary="Er komt een wijkagent.")

    actions.tell_of_news()

    assert mail.outbox == []


def test_who_has_no_address_is_told_so(client, sign_in, db):
    sign_in("Burgemeester", email="")
    published(summary="Er komt een wijkagent.")

    for address in (reverse("search:saved"), reverse("search:search") + "?q=wijkagent"):
        assert "U krijgt dus geen mail." in client.get(address).text


def test_nobody_reaches_the_search_of_someone_else(client, sign_in, db):
    other = SavedSearch.objects.create(owner=UserFactory(), name="Van een ander", query="q=x")
    sign_in("Burgemeester")

    for name in ("search:look", "search:remove"):
        assert client.post(reverse(name, args=[other.pk])).status_code == 404
    assert SavedSearch.objects.filter(pk=other.pk).exists()


def test_removes_ones_own(client, saved):
    client.post(reverse("search:remove", args=[saved.pk]))

    assert not SavedSearch.objects.exists()


def test_the_same_search_is_saved_once(client, saved):
    response = client.post(reverse("search:save"), SAVE)

    assert "U hebt deze zoekopdracht al bewaard." in response.text
    assert SavedSearch.objects.count() == 1


def test_a_name_can_not_write_a_line_of_its_own(client, sign_in, db):
    sign_in("Burgemeester")

    client.post(reverse("search:save"), {"name": "Een\r\nBcc: x@y.nl", "query": "q=wijkagent"})

    assert "\n" not in "".join(SavedSearch.objects.values_list("name", flat=True))
