"""All municipality reports in one zip, made in the background."""

import hashlib
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import actions
from reports.models import Bundle
from tests.factories import CoalitionFactory, CouncilTermFactory, MunicipalityFactory, UserFactory


@pytest.fixture
def term(db):
    for name in ("Oost", "West"):
        CoalitionFactory(municipality=MunicipalityFactory(name=name, slug=name.lower()))
    return CouncilTermFactory()


def asked(term, format="pdf"):
    return actions.ask_bundle(term, format=format, by=UserFactory(role="Adviseur"))


def page(client, bundle, **headers):
    return client.get(reverse("reports:bundle", args=[bundle.pk]), headers=headers).text


def test_who_asks_sees_how_far_it_is_and_then_the_zip(client, sign_in, term):
    sign_in("Adviseur")

    response = client.post(reverse("reports:bundle-create", args=[2026]), {"format": "odt"})

    bundle = Bundle.objects.get()
    assert response.url == reverse("reports:bundle", args=[bundle.pk])
    assert "<progress" in page(client, bundle)
    actions.make_bundle(bundle)
    assert "2 rapporten in één zip" in page(client, bundle)
    made = client.get(reverse("reports:bundle-file", args=[bundle.pk])).getvalue()
    assert zipfile.ZipFile(io.BytesIO(made)).namelist() == [
        "veiligheid-gemeente-oost-2026.odt",
        "veiligheid-gemeente-west-2026.odt",
    ]
    bundle.refresh_from_db()
    assert bundle.sha256 == hashlib.sha256(made).hexdigest()


def test_a_zip_is_found_again_with_the_reports(client, sign_in, term):
    sign_in("Adviseur")
    bundle = asked(term)
    address = reverse("reports:bundle", args=[bundle.pk])
    assert f'href="{address}"' not in client.get(reverse("reports:list", args=[2026])).text

    actions.make_bundle(bundle)

    assert f'href="{address}"' in client.get(reverse("reports:list", args=[2026])).text


def test_a_form_that_there_is_not_is_refused_in_words(client, sign_in, term):
    sign_in("Adviseur")

    address = reverse("reports:bundle-create", args=[2026])
    text = client.post(address, {"format": "exe"}, follow=True).text

    assert "Kies een vorm uit de lijst." in text
    assert not Bundle.objects.exists()


def test_asks_for_itself_until_it_is_done(client, sign_in, term):
    sign_in("Adviseur")
    bundle = asked(term)
    Bundle.objects.update(state="bezig", done=1, total=2)

    text = page(client, bundle, hx_request="true")

    assert "Rapport 1 van 2 is klaar." in text
    assert 'hx-trigger="every 700ms"' in text
    assert "<html" not in text


def test_who_asks_again_gets_the_one_that_is_being_made(term):
    assert asked(term) == asked(term)
    assert asked(term, "docx") != asked(term)


def test_what_a_killed_worker_left_behind_is_picked_up(term):
    bundle = asked(term)
    Bundle.objects.update(state="bezig", done=1, total=2, attempts=1)

    actions.make_bundle(Bundle.objects.get())

    bundle.refresh_from_db()
    assert (bundle.state, bundle.done) == ("klaar", 2)


def test_after_two_attempts_it_has_failed_and_says_so(client, sign_in, term):
    sign_in("Adviseur")
    bundle = asked(term)
    Bundle.objects.update(state="bezig", attempts=2)

    actions.make_bundle(bundle)

    assert "Het maken brak twee keer af." in page(client, bundle)
    assert client.get(reverse("reports:bundle-file", args=[bundle.pk])).status_code == 404


def test_an_unknown_form_makes_nothing(client, sign_in, term):
    sign_in("Adviseur")

    client.post(reverse("reports:bundle-create", args=[2026]), {"format": "exe"})

    assert not Bundle.objects.exists()


def test_after_a_week_it_is_gone_with_its_file(term):
    old, new = asked(term), asked(term, "odt")
    for bundle in (old, new):
        actions.make_bundle(bundle)
    Bundle.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=8))
    path = Bundle.objects.get(pk=old.pk).file.path

    actions.clear_bundles()

    assert Bundle.objects.get() == new
    assert not Path(path).exists()
