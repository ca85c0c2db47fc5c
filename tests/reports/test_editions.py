"""Frozen editions: numbered, for good, the same file later; what changed since; withdrawn with a reason."""

import hashlib

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from reports.actions import freeze, withdraw
from reports.models import Edition, EditionFile, Format, Withdrawal
from reports.rendering import render
from reports.subjects import subject_at
from tests.factories import UserFactory, published_of
from tests.kept_reports import kept_edition
from tests.reports.test_municipality import coalition, code

__all__ = ["coalition"]
HERE = [2026, "gemeente", "proefstad"]


@pytest.fixture
def published(coalition):
    return published_of(code(coalition, "Er komt een team."), summary="Proefstad wil een team.")


def frozen(by=None):
    return freeze(
        subject_at("gemeente", 2026, "proefstad"), by=by or UserFactory(role="Eindredacteur")
    )


def file_of(client, edition, format="pdf"):
    return client.get(reverse("reports:edition-file", args=[edition.pk, format]))


def page_of(client, edition):
    return client.get(reverse("reports:edition", args=[edition.pk])).text


def test_an_editor_freezes_a_report_as_the_next_edition(client, sign_in, published):
    editor = sign_in("Eindredacteur")

    response = client.post(reverse("reports:freeze", args=HERE), {"note": "Voor het overleg."})

    edition = Edition.objects.get()
    assert response.url == reverse("reports:edition", args=[edition.pk])
    assert (edition.number, edition.frozen_by, edition.note) == (1, editor, "Voor het overleg.")
    assert {file.format for file in edition.files.all()} == set(Format.values)
    assert "Editie 1, vastgesteld op" in file_of(client, edition, "html").content.decode()


def test_an_edition_keeps_its_words_and_bytes_after_the_judgement_changed(
    client, sign_in, published
):
    edition = frozen()
    sign_in("Burgemeester")
    before = {format: file_of(client, edition, format).content for format in Format}

    published_of(published.codings.get(), summary="Iets heel anders.")

    assert {format: file_of(client, edition, format).content for format in Format} == before
    assert "Iets heel anders." not in "".join(edition.document.said())


def test_the_kept_content_makes_the_same_file_again(published):
    edition = frozen()

    for file in Edition.objects.get(pk=edition.pk).files.all():
        assert render(edition.document, file.format) == bytes(file.data)
        assert file.sha256 == hashlib.sha256(file.data).hexdigest()


def test_nothing_new_makes_no_new_edition(client, sign_in, published):
    frozen()
    sign_in("Eindredacteur")

    address = reverse("reports:freeze", args=HERE)
    text = client.post(address, {"note": "Voor het overleg."}, follow=True).text

    assert "Er is niets gewijzigd sinds editie 1." in text
    assert "wat u bij “Waarvoor” schreef is niet bewaard" in text
    assert Edition.objects.count() == 1


def test_a_change_makes_the_next_edition_and_the_page_says_what_changed(client, sign_in, published):
    first = frozen()
    published_of(published.codings.get(), summary="Proefstad wil twee teams.")

    second = frozen()

    sign_in("Burgemeester")
    assert second.number == 2
    text = page_of(client, first)
    assert "<del>Proefstad wil een team.</del>" in text
    assert "<ins>" in text
    assert "Proefstad wil twee teams." in text
    assert "Niets: het rapport van nu zegt hetzelfde." in page_of(client, second)


def test_a_withdrawn_edition_stays_findable_with_its_reason_and_without_its_files(
    client, sign_in, published
):
    edition = frozen()
    sign_in("Eindredacteur")
    client.post(
        reverse("reports:withdraw", args=[edition.pk]), {"reason": "Het bedrag klopte niet."}
    )
    assert file_of(client, edition).status_code == 200
    sign_in("Burgemeester")

    assert "Het bedrag klopte niet." in page_of(client, edition)
    assert "Het bedrag klopte niet." in client.get(reverse("reports:editions")).text
    assert file_of(client, edition).url == reverse("reports:edition", args=[edition.pk])


def test_readers_do_not_see_the_words_of_a_withdrawn_edition(client, sign_in, published):
    edition = frozen()
    withdraw(edition, by=UserFactory(role="Eindredacteur"), reason="Niet waar.")
    published_of(published.codings.get(), summary="Iets heel anders.")

    sign_in("Burgemeester")
    assert "Proefstad wil een team." not in page_of(client, edition)
    assert "Het rapport van nu is anders dan deze editie." in page_of(client, edition)
    sign_in("Adviseur")
    assert "<del>Proefstad wil een team.</del>" in page_of(client, edition)


def test_what_was_withdrawn_and_still_stands_is_said(client, sign_in, published):
    edition = frozen()
    withdraw(edition, by=UserFactory(role="Eindredacteur"), reason="Niet waar.")

    for role in ("Burgemeester", "Eindredacteur"):
        sign_in(role)
        assert "Let op: het rapport van nu zegt nog hetzelfde." in page_of(client, edition)


def test_a_withdrawn_edition_leads_to_the_next(client, sign_in, published):
    edition = frozen()
    withdraw(edition, by=UserFactory(role="Eindredacteur"), reason="Niet waar.")
    sign_in("Burgemeester")
    assert "Ga naar editie" not in page_of(client, edition)

    later = frozen()

    assert f'href="{reverse("reports:edition", args=[later.pk])}"' in page_of(client, edition)


def test_two_who_withdraw_at_once_get_an_answer(client, sign_in, published, monkeypatch):
    edition = frozen()
    withdraw(edition, by=UserFactory(role="Eindredacteur"), reason="Niet waar.")
    # As for who looked just before the other withdrew it.
    monkeypatch.setattr(Edition, "is_withdrawn", False)
    sign_in("Eindredacteur")

    address = reverse("reports:withdraw", args=[edition.pk])
    text = client.post(address, {"reason": "Een fout."}, follow=True).text

    assert "Deze editie was al ingetrokken." in text
    assert Withdrawal.objects.get().reason == "Niet waar."


def test_a_withdrawal_without_a_reason_is_refused_in_words(client, sign_in, published):
    edition = frozen()
    sign_in("Eindredacteur")

    text = client.post(reverse("reports:withdraw", args=[edition.pk]), {"reason": " "}).text

    assert "Schrijf op waarom deze editie niet meer geldt." in text
    assert not Withdrawal.objects.exists()


def test_after_a_withdrawal_the_same_words_may_be_frozen_again(client, sign_in, published):
    edition = frozen()
    sign_in("Eindredacteur")
    client.post(reverse("reports:withdraw", args=[edition.pk]), {"reason": "Vergissing."})

    assert frozen().number == 2


@pytest.mark.parametrize("row", ["edition", "file", "withdrawal"])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_lets_nobody_change_or_remove_it(coalition, row, act):
    edition = kept_edition(coalition, withdrawn="Een fout.")
    model, change = {
        "edition": (Edition, {"title": "Anders"}),
        "file": (EditionFile, {"data": b"anders"}),
        "withdrawal": (Withdrawal, {"reason": "Anders"}),
    }[row]
    rows = model.objects.filter(**{"pk" if model is Edition else "edition": edition.pk})

    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        rows.update(**change) if act == "update" else rows._raw_delete("default")


def test_a_file_with_another_checksum_is_refused(coalition):
    edition = kept_edition(coalition)

    with pytest.raises(IntegrityError, match="a_file_has_its_own_checksum"):
        EditionFile.objects.create(edition=edition, format="odt", data=b"x", sha256="0" * 64)


def test_a_number_is_given_once(coalition):
    kept_edition(coalition)

    with pytest.raises(IntegrityError, match="one_report_edition_per_number"):
        kept_edition(coalition)


def test_an_advisor_freezes_nothing(client, sign_in, published):
    sign_in("Adviseur")

    assert client.post(reverse("reports:freeze", args=HERE)).status_code == 404
    assert not Edition.objects.exists()
