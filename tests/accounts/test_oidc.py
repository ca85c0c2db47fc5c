"""The organisation's own sign-in: what is believed, and whose account it opens (ADR 26)."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import Identity, Session, User
from tests.accounts.conftest import give_app, grow_old
from tests.accounts.provider import CLIENT, SECRET, Provider
from tests.factories import (
    CouncilTermFactory,
    InvitationFactory,
    MunicipalityFactory,
    UserFactory,
)

BEGIN = "/aanmelden/dienst/"
BACK = "/aanmelden/dienst/terug/"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running():
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running, settings):
    running.claims, running.lie, running.codes = {"sub": "persoon-1"}, {}, {}
    settings.OIDC = {
        "ISSUER": running.issuer,
        "CLIENT_ID": CLIENT,
        "CLIENT_SECRET": SECRET,
        "NAME": "Gemeentenet",
        "ROLE_CLAIM": "",
        "ROLES": "",
        "MUNICIPALITY_CLAIM": "",
        "AMR": "",
    }
    CouncilTermFactory()
    return running


@pytest.fixture
def known(provider):
    user = UserFactory(role="Adviseur")
    Identity.objects.create(user=user, issuer=provider.issuer, subject="persoon-1")
    return user


@pytest.fixture
def by_claim(settings):
    settings.OIDC = settings.OIDC | {
        "ROLE_CLAIM": "groepen",
        "ROLES": "vrt-adv=Adviseur,vrt-beheer=Beheerder,vrt-bm=Burgemeester",
    }


def go(client, provider, **posted):
    """To the provider and back, as a browser does."""
    return client.get(BACK, provider.consent(client.post(BEGIN, posted).url))


def is_in(client):
    return "_auth_user_id" in client.session


def test_without_settings_there_is_nothing(client):
    assert client.post(BEGIN).status_code == 404
    assert client.get(BACK).status_code == 404
    assert "dienst" not in client.get("/aanmelden/").text


def test_with_settings_there_is_a_button(client, provider):
    assert "Aanmelden met Gemeentenet" in client.get("/aanmelden/").text


def test_a_good_token_opens_the_account_of_its_subject(client, provider, known):
    response = go(client, provider)

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(known.pk)


def test_the_request_carries_pkce_state_and_nonce(client, provider):
    query = parse_qs(urlsplit(client.post(BEGIN).url).query)

    assert query["code_challenge_method"] == ["S256"]
    assert query["response_type"] == ["code"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(query[name][0]) >= 43
    assert client.session["oidc"]["verifier"] not in str(query)


LIES = {
    "alg none": {"signature": "none"},
    "HS256 with the public key": {"signature": "public key as secret"},
    "another key": {"signature": "other key"},
    "an unknown key": {"signature": "unknown kid"},
    "changed after signing": {"signature": "changed afterwards"},
    "another audience": {"claims": {"aud": "een-ander"}},
    "us among several audiences": {"claims": {"aud": [CLIENT, "een-ander"]}},
    "another party": {"claims": {"azp": "een-ander"}},
    "no audience": {"claims": {"aud": None}},
    "another issuer": {"claims": {"iss": "https://elders.example"}},
    "no issuer": {"claims": {"iss": None}},
    "another nonce": {"claims": {"nonce": "x" * 43}},
    "no nonce": {"claims": {"nonce": None}},
    "expired": {"claims": {"exp": time.time() - 60}},
    "no expiry": {"claims": {"exp": None}},
    "made in the future": {"claims": {"iat": time.time() + 3600, "exp": time.time() + 7200}},
    "no subject": {"claims": {"sub": None}},
    "an empty subject": {"claims": {"sub": ""}},
    "a number as subject": {"claims": {"sub": 7}},
    "a provider that calls itself otherwise": {"configured_issuer": "https://elders.example"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused(client, provider, known, by_claim, lie, caplog):
    provider.claims = {"sub": "persoon-1", "groepen": ["vrt-adv"]}
    # The configuration may lie only after the start, or there would be no start.
    address = client.post(BEGIN).url
    provider.lie = LIES[lie]
    before = User.objects.count()

    response = client.get(BACK, provider.consent(address))

    assert response.status_code == 403
    assert "klopt niet" in response.text
    assert not is_in(client)
    assert not Session.objects.exclude(user=None).exists()
    assert User.objects.count() == before
    assert "OIDC refused" in caplog.text


def test_a_swapped_state_is_refused(client, provider, known):
    answer = provider.consent(client.post(BEGIN).url)

    response = client.get(BACK, answer | {"state": "x" * 43})

    assert response.status_code == 403
    assert not is_in(client)


def test_the_answer_to_another_browser_is_refused(client, elsewhere, provider, known):
    """Or someone could sign a victim in as themselves, and read what is typed then."""
    answer = provider.consent(elsewhere.post(BEGIN).url)
    client.post(BEGIN)

    assert client.get(BACK, answer).status_code == 403
    assert Client().get(BACK, answer).status_code == 403
    assert not is_in(client)


def test_an_answer_works_once(client, provider, known):
    answer = provider.consent(client.post(BEGIN).url)
    assert client.get(BACK, answer).status_code == 302
    client.post(reverse("accounts:logout"))

    assert client.get(BACK, answer).status_code == 403
    assert not is_in(client)


def test_a_code_works_once(client, provider, known):
    answer = provider.consent(client.post(BEGIN).url)
    client.get(BACK, answer)
    client.post(reverse("accounts:logout"))
    fresh = provider.consent(client.post(BEGIN).url)

    response = client.get(BACK, answer | {"state": fresh["state"]})

    assert response.status_code == 403
    assert not is_in(client)


def test_a_code_of_another_sign_in_is_refused(client, elsewhere, provider, known):
    """Its challenge belongs to the verifier of the other browser, and its nonce too."""
    stolen = provider.consent(elsewhere.post(BEGIN).url)
    mine = provider.consent(client.post(BEGIN).url)

    response = client.get(BACK, {"code": stolen["code"], "state": mine["state"]})

    assert response.status_code == 403
    assert not is_in(client)


def test_an_answer_that_comes_too_late_is_refused(client, provider, known):
    answer = provider.consent(client.post(BEGIN).url)
    session = client.session
    session["oidc"] = session["oidc"] | {"at": time.time() - 601}
    session.save()

    assert client.get(BACK, answer).status_code == 403


def test_a_provider_that_is_down_is_said(client, settings, provider):
    settings.OIDC = settings.OIDC | {"ISSUER": "http://127.0.0.1:1"}

    response = client.post(BEGIN)

    assert response.status_code == 403
    assert "antwoordt niet goed" in response.text


def test_plain_http_elsewhere_is_refused(client, settings, provider):
    settings.OIDC = settings.OIDC | {"ISSUER": "http://elders.example"}

    assert client.post(BEGIN).status_code == 403


def test_someone_who_cancels_is_told(client, provider):
    state = provider.consent(client.post(BEGIN).url)["state"]

    response = client.get(BACK, {"error": "access_denied", "state": state})

    assert response.status_code == 403
    assert "niet gelukt" in response.text


@pytest.mark.parametrize("verified", [True, False])
def test_the_same_mail_address_opens_nobody_s_account(client, provider, verified):
    user = UserFactory(role="Beheerder", username="baas@example.org", email="baas@example.org")
    provider.claims = {"sub": "vreemde", "email": user.email, "email_verified": verified}

    response = go(client, provider)

    assert response.status_code == 403
    assert "Vraag de beheerder om een uitnodiging" in response.text
    assert not is_in(client)
    assert not Identity.objects.exists()
    assert User.objects.count() == 1


def test_the_same_subject_at_another_issuer_is_someone_else(client, provider):
    user = UserFactory(role="Adviseur")
    Identity.objects.create(user=user, issuer="https://elders.example", subject="persoon-1")

    assert go(client, provider).status_code == 403
    assert not is_in(client)


def test_a_disabled_account_stays_out(client, provider, known):
    known.is_active = False
    known.save()

    assert go(client, provider).status_code == 403
    assert not is_in(client)


def test_and_can_be_let_in_again(client, sign_in, provider, known):
    known.set_unusable_password()
    known.is_active = False
    known.save()
    sign_in("Beheerder")
    page = reverse("accounts:user-change", args=[known.pk])

    client.post(page, {"role": known.groups.get().pk, "is_active": "on", "seen": 0})

    assert User.objects.get(pk=known.pk).is_active


def test_an_invitation_ties_the_subject_to_the_account(client, provider):
    invitation = InvitationFactory()

    response = go(client, provider, invitation=invitation.token)

    assert response.status_code == 302
    user = User.objects.get(pk=invitation.user_id)
    assert user.is_active
    assert not user.has_usable_password()
    assert user.identities.get().subject == "persoon-1"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_used_invitation_ties_nothing(client, provider):
    invitation = InvitationFactory()
    invitation.delete()

    assert go(client, provider, invitation=invitation.token).status_code == 403
    assert not Identity.objects.exists()


def test_a_role_claim_makes_an_account(client, provider, by_claim):
    provider.claims = {
        "sub": "nieuw",
        "groepen": ["iets", "vrt-adv"],
        "given_name": "Anouk",
        "family_name": "Wolters",
        "email": "anouk@example.org",
    }

    assert go(client, provider).status_code == 302

    user = Identity.objects.get(subject="nieuw").user
    assert user.role == "Adviseur"
    assert str(user) == "Anouk Wolters"
    assert not user.is_superuser


def test_without_that_claim_no_account_is_made(client, provider, by_claim):
    provider.claims = {"sub": "nieuw", "groepen": ["iets"]}

    assert go(client, provider).status_code == 403
    assert not User.objects.exists()


def test_the_role_follows_the_claim_at_every_sign_in(client, provider, by_claim):
    UserFactory(role="Beheerder")
    provider.claims = {"sub": "nieuw", "groepen": ["vrt-adv"]}
    go(client, provider)
    client.post(reverse("accounts:logout"))

    provider.claims = {"sub": "nieuw", "groepen": ["vrt-beheer"]}
    go(client, provider)
    assert Identity.objects.get().user.role == "Beheerder"
    client.post(reverse("accounts:logout"))

    provider.claims = {"sub": "nieuw", "groepen": []}
    assert go(client, provider).status_code == 403


def test_an_invited_person_keeps_the_role_of_the_administrator(client, provider, known, by_claim):
    provider.claims = {"sub": "persoon-1", "groepen": ["vrt-beheer"]}

    go(client, provider)

    assert User.objects.get(pk=known.pk).role == "Adviseur"


def test_a_mayor_by_claim_needs_a_municipality(client, provider, by_claim, settings):
    place = MunicipalityFactory()
    provider.claims = {"sub": "bm", "groepen": ["vrt-bm"], "gemeente": place.slug}
    assert go(client, provider).status_code == 403
    assert not Identity.objects.exists()

    settings.OIDC = settings.OIDC | {"MUNICIPALITY_CLAIM": "gemeente"}
    assert go(client, provider).status_code == 302
    assert Identity.objects.get().user.municipality == place


def test_the_portal_s_own_second_step_is_asked(client, provider, known, settings):
    settings.MFA_REQUIRED = True
    give_app(known)

    assert go(client, provider).url == "/aanmelden/tweede-stap/"
    assert not is_in(client)


def test_who_has_none_must_set_one_up(client, provider, known, settings):
    settings.MFA_REQUIRED = True
    known.set_unusable_password()
    known.save()
    go(client, provider)

    assert client.get(reverse("accounts:mine")).url == reverse("accounts:second-step")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    grow_old(minutes=11, field="started_at")
    assert client.get(reverse("mfa_activate_totp")).url.startswith(
        reverse("accounts:sign-in-again")
    )


@pytest.mark.parametrize(("said", "expected"), [(["pwd", "mfa"], 200), (["pwd"], 302), (None, 302)])
def test_a_second_step_at_the_provider_counts_if_agreed(
    client, provider, known, settings, said, expected
):
    settings.MFA_REQUIRED = True
    settings.OIDC = settings.OIDC | {"AMR": "mfa"}
    provider.claims = {"sub": "persoon-1", "amr": said}
    go(client, provider)

    assert client.get(reverse("accounts:mine")).status_code == expected


def test_and_not_if_not_agreed(client, provider, known, settings):
    settings.MFA_REQUIRED = True
    provider.claims = {"sub": "persoon-1", "amr": ["mfa"]}
    go(client, provider)

    assert client.get(reverse("accounts:mine")).status_code == 302
    assert not Authenticator.objects.exists()


def test_someone_ties_their_own_account(client, sign_in, provider):
    me = sign_in("Adviseur")

    assert go(client, provider).url == reverse("accounts:mine")

    assert me.identities.get().subject == "persoon-1"
    assert "Ontkoppelen" in client.get(reverse("accounts:mine")).text


def test_that_asks_for_a_recent_sign_in(client, sign_in, provider):
    sign_in("Adviseur")
    grow_old(minutes=11, field="started_at")

    assert client.post(BEGIN).url.startswith(reverse("account_reauthenticate"))


def test_a_subject_of_another_is_not_taken_over(client, sign_in, provider, known):
    me = sign_in("Adviseur")

    assert go(client, provider).status_code == 403
    assert not me.identities.exists()


def test_a_tie_asked_by_one_is_not_made_for_another(client, sign_in, provider):
    sign_in("Adviseur")
    answer = provider.consent(client.post(BEGIN).url)
    waiting = client.session["oidc"]
    sign_in("Beheerder")
    session = client.session
    session["oidc"] = waiting
    session.save()

    assert client.get(BACK, answer).status_code == 403
    assert not Identity.objects.exists()


def test_the_only_way_in_is_not_removed(client, provider, known):
    known.set_unusable_password()
    known.save()
    go(client, provider)

    client.post(reverse("accounts:identity-remove"), {"number": known.identities.get().pk})
    assert known.identities.exists()

    known.set_password("een-lang-wachtwoord-7")
    known.save()
    client.force_login(known)
    client.post(reverse("accounts:identity-remove"), {"number": known.identities.get().pk})
    assert not known.identities.exists()


def test_the_last_administrator_is_not_demoted_by_a_claim(client, provider, by_claim):
    provider.claims = {"sub": "baas", "groepen": ["vrt-beheer"]}
    go(client, provider)
    client.post(reverse("accounts:logout"))

    provider.claims = {"sub": "baas", "groepen": ["vrt-adv"]}

    assert go(client, provider).status_code == 403
    assert Group.objects.get(name="Beheerder").user_set.count() == 1
