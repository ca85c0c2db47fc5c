"""Signing in as a person does: with an app, with a security key, and after the session has ended."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session
from assessments.models import Assessment
from tests.accounts.conftest import code
from tests.factories import PASSWORD, CodingFactory, CouncilTermFactory, UserFactory, draft_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(reference, settings):
    settings.MFA_REQUIRED = True
    CouncilTermFactory()
    return UserFactory(role="Burgemeester", username="lezer")


def type_password(page, live_server, user):
    page.goto(f"{live_server.url}/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(user.username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


def sign_out(page):
    page.get_by_role("button", name="Afmelden", exact=True).first.click()
    page.get_by_role("heading", name="Aanmelden").wait_for()


def test_an_app_is_set_up_and_used(page, live_server, reader, complaints):
    type_password(page, live_server, reader)
    page.get_by_role("link", name="App instellen").click()
    page.get_by_role("img", name="QR-code voor de app").wait_for()
    page.get_by_text("Scannen lukt niet").click()
    secret = page.locator("details code").inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(code(secret))
    page.get_by_role("button", name="App instellen").click()
    page.get_by_role("heading", name="Uw herstelcodes").wait_for()
    assert len(re.findall(r"\b\d{8}\b", page.locator("main").inner_text())) == 10

    sign_out(page)
    type_password(page, live_server, reader)
    page.get_by_role("heading", name="De tweede stap").wait_for()
    page.get_by_role("textbox", name="Code").fill(code(secret, ahead=1))
    page.get_by_role("button", name="Verder").click()

    page.get_by_role("link", name="Overzicht").wait_for()
    assert complaints == []


@pytest.fixture
def key(page):
    """A security key in the browser, which is touched as soon as it blinks."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_security_key_is_set_up_and_used(page, live_server, reader, key, complaints):
    type_password(page, live_server, reader)
    page.get_by_role("link", name="Sleutel instellen").click()
    page.get_by_label("Naam van de sleutel").fill("sleutelbos")
    page.get_by_role("button", name="Sleutel instellen").click()
    page.get_by_role("heading", name="Uw herstelcodes").wait_for()

    page.goto(f"{live_server.url}/mijn-account/")
    page.get_by_text("sleutelbos").first.wait_for()
    sign_out(page)
    type_password(page, live_server, reader)
    page.get_by_role("button", name="Sleutel gebruiken").click()

    page.get_by_role("link", name="Overzicht").wait_for()
    assert complaints == []


def test_without_that_key_nobody_comes_in(page, live_server, reader, key):
    type_password(page, live_server, reader)
    page.get_by_role("link", name="Sleutel instellen").click()
    page.get_by_role("button", name="Sleutel instellen").click()
    page.get_by_role("heading", name="Uw herstelcodes").wait_for()
    sign_out(page)
    session, authenticator = key
    session.send("WebAuthn.clearCredentials", authenticator)

    type_password(page, live_server, reader)
    page.get_by_role("button", name="Sleutel gebruiken").click()

    page.get_by_text("De sleutel is niet gebruikt").wait_for()
    page.goto(live_server.url)
    page.get_by_role("heading", name="Aanmelden").wait_for()


def test_what_was_typed_survives_an_expired_session(page, live_server, reference, enter):
    coding = CodingFactory()
    draft = draft_of(coding)
    advisor = UserFactory(role="Adviseur")
    enter(advisor)
    page.goto(
        live_server.url
        + reverse(
            "assessments:assess",
            args=[
                draft.coalition.municipality.slug,
                draft.coalition.term.start_year,
                draft.theme.slug,
            ],
        )
    )
    page.get_by_label("Samenvatting").fill("Een lange samenvatting,\nover twee regels.")
    Session.objects.update(last_used_at=timezone.now() - timedelta(minutes=31))
    page.get_by_role("button", name="Opslaan").first.click()

    page.get_by_label("Gebruikersnaam").fill(advisor.username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    page.get_by_role("heading", name="Uw tekst is bewaard").wait_for()
    text = page.get_by_label("Samenvatting").input_value()
    assert text == "Een lange samenvatting,\nover twee regels."
    page.get_by_role("button", name="Opnieuw versturen").click()

    page.get_by_label("Samenvatting").wait_for()
    saved = Assessment.objects.get(pk=draft.pk)
    assert saved.summary.splitlines() == ["Een lange samenvatting,", "over twee regels."]
