"""Tokens: made, shown once, of use within their reach, and gone when they are revoked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Barrier

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.record import record_of
from api.models import Token
from tests.api.conftest import Program, token_of
from tests.factories import TokenFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGE = "/mijn-account/tokens/"


def new(client, **changes):
    about = {
        "name": "Dashboard",
        "scopes": ["lezen"],
        "expires_on": timezone.localdate() + timedelta(days=90),
    }
    return client.post(PAGE, about | changes)


def secret_in(response):
    return response.context["secret"]


def test_a_token_is_shown_once_and_stored_as_a_hash(client, sign_in):
    owner = sign_in("Burgemeester")

    response = new(client)

    secret = secret_in(response)
    assert secret in response.text
    assert response["Cache-Control"] == "no-store"
    assert len(secret) == len("vrt_") + 43  # 256 bits
    token = Token.objects.get(owner=owner)
    assert token.digest == sha256(secret.encode()).hexdigest()
    assert secret not in str(vars(token))
    assert secret not in client.get(PAGE).text
    assert token.prefix in client.get(PAGE).text
    assert Program(secret).get("gemeenten").status_code == 200


def test_a_token_is_not_in_the_history_either(client, sign_in):
    sign_in("Burgemeester")

    secret = secret_in(new(client))

    (event,) = Token.pgh_event_model.objects.all()
    assert secret not in str(vars(event))
    assert not hasattr(event, "digest")


@pytest.mark.parametrize(
    ("scopes", "path", "status"),
    [
        (["lezen"], "gemeenten", 200),
        (["lezen"], "zoekresultaten?q=team", 403),
        (["zoeken"], "zoekresultaten?q=team", 200),
        (["zoeken"], "gemeenten", 403),
        (["zoeken"], "wijzigingen", 403),
    ],
)
def test_a_token_does_what_it_may_and_no_more(db, scopes, path, status):
    _, secret = token_of(UserFactory(role="Burgemeester"), *scopes)

    assert Program(secret).get(path).status_code == status


def test_a_refusal_says_which_scope_is_needed(db):
    _, secret = token_of(UserFactory(role="Burgemeester"), "lezen")

    response = Program(secret).get("zoekresultaten?q=team")

    assert "het bereik “zoeken”" in response.json()["detail"]
    assert response["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="zoeken"'


def _disable(token):
    type(token.owner).objects.filter(pk=token.owner_id).update(is_active=False)


def _take_role(token):
    token.owner.groups.clear()


def _end(token):
    Token.objects.filter(pk=token.pk).update(expires_on=timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize("end", [_disable, _take_role, _end, Token.revoke])
def test_a_token_ends_with_its_owner_its_role_its_day_or_by_hand(db, end):
    token, secret = token_of(UserFactory(role="Adviseur"))
    assert Program(secret).get("gemeenten").status_code == 200

    end(token)

    response = Program(secret).get("gemeenten")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_who_may_not_come_in_any_more_has_no_token_where_reading_is_public(db, settings):
    settings.PUBLIC_READING = True
    token, secret = token_of(UserFactory(role="Adviseur"))
    _disable(token)

    assert Program(secret).get("gemeenten").status_code == 401


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", "Basic {}", "{}", "Bearer  x {}", "Token {}", "Bearer {}x"]
)
def test_only_a_whole_token_in_its_own_header_will_do(db, given):
    _, secret = token_of(UserFactory(role="Burgemeester"))

    response = Program().get("gemeenten", Authorization=given.format(secret))

    assert response.status_code == 401


def test_a_token_in_an_address_is_refused(anyone):
    _, secret = token_of(UserFactory(role="Burgemeester"))

    assert anyone.get("gemeenten", {"token": secret}).status_code == 401
    assert Program(secret).get("gemeenten", {"token": secret}).status_code == 400


def test_revoking_is_by_a_button_and_for_oneself(client, sign_in):
    mine, secret = token_of(sign_in("Burgemeester"))
    theirs, _ = token_of(UserFactory(role="Adviseur"))

    response = client.post(reverse("api:token-revoke", args=[mine.pk]), follow=True)
    elsewhere = client.post(reverse("api:token-revoke", args=[theirs.pk]))

    assert "is ingetrokken" in response.text
    assert Program(secret).get("gemeenten").status_code == 401
    assert elsewhere.status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_live


def test_the_page_shows_only_ones_own(client, sign_in):
    sign_in("Burgemeester")
    token_of(UserFactory(role="Adviseur"), name="Van een ander")

    assert "Van een ander" not in client.get(PAGE).text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"scopes": []}, "Kies ten minste één ding"),
        ({"scopes": ["schrijven"]}, "geen beschikbare keuze"),
        ({"expires_on": timezone.localdate() + timedelta(days=366)}, "hoogstens een jaar"),
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, "Deze dag is voorbij"),
        ({"expires_on": ""}, "Kies tot en met welke dag het token werkt"),
        ({"expires_on": "morgen"}, "Schrijf een dag als 31-12-2026"),
        ({"name": "  "}, "Geef het token een naam"),
    ],
)
def test_a_token_that_can_not_be_says_why(client, sign_in, changes, says):
    sign_in("Burgemeester")

    response = new(client, **changes)

    assert says in response.text
    assert "<title>Fout – Tokens" in response.text
    assert "Er is geen token gemaakt. Kijk bij: <a href=" in response.text
    assert not Token.objects.exists()


def test_a_scope_that_is_sent_twice_counts_once(client, sign_in):
    sign_in("Burgemeester")

    response = new(client, scopes=["zoeken", "lezen", "lezen", "zoeken"])

    assert Token.objects.get().scopes == ["lezen", "zoeken"]
    assert "Mag: lezen en zoeken." in response.text


def test_sending_the_form_again_makes_no_second_token(client, sign_in):
    owner = sign_in("Burgemeester")
    new(client)

    again = new(client, name=" Dashboard ")

    assert "U hebt al een token dat “Dashboard” heet" in again.text
    assert not secret_in(again)
    assert Token.objects.get().owner == owner


def test_a_name_is_free_again_for_others_and_once_its_token_ended(client, sign_in):
    TokenFactory(name="Dashboard")
    owner = sign_in("Burgemeester")
    token_of(owner, name="Dashboard")[0].revoke()
    _end(token_of(owner, name="Dashboard")[0])

    assert secret_in(new(client))


def test_there_is_an_end_to_how_many_one_has(client, sign_in):
    owner = sign_in("Burgemeester")
    for n in range(Token.MOST):
        token, _ = token_of(owner, name=f"Dashboard {n}")

    assert "Trek er eerst een in" in new(client).text
    token.revoke()
    assert secret_in(new(client))


@pytest.mark.django_db(transaction=True)
def test_nobody_passes_that_end_by_asking_at_the_same_moment(committed):
    owner = UserFactory(role="Burgemeester")
    for n in range(Token.MOST - 1):
        token_of(owner, name=f"Dashboard {n}")
    start = Barrier(4)

    def ask(n):
        client = Client()
        client.force_login(owner)
        start.wait()
        try:
            return "Uw nieuwe token" in new(client, name=f"Programma {n}").text
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = sum(pool.map(ask, range(4)))

    assert made == 1
    assert Token.objects.live().filter(owner=owner).count() == Token.MOST


def test_the_page_asks_for_the_second_step_as_every_page(client, sign_in, settings):
    settings.MFA_REQUIRED = True
    sign_in("Burgemeester")

    assert client.get(PAGE)["Location"] == reverse("accounts:second-step")
    assert new(client)["Location"] == reverse("accounts:second-step")


def test_making_and_revoking_is_on_record(client, sign_in):
    owner = sign_in("Burgemeester")
    new(client)
    client.post(reverse("api:token-revoke", args=[Token.objects.get().pk]))

    lines = {line.what: line.by for line in record_of(owner)}

    assert lines["token “Dashboard” gemaakt"] == owner
    assert lines["token “Dashboard” ingetrokken"] == owner


def test_the_day_of_use_is_noted_and_is_no_history(db):
    token, secret = token_of(UserFactory(role="Burgemeester"))

    Program(secret).get("gemeenten")

    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()
    assert Token.pgh_event_model.objects.count() == 1


def test_a_refused_token_is_not_noted_as_used(db):
    token, secret = token_of(UserFactory(role="Burgemeester"))
    token.revoke()

    Program(secret).get("gemeenten")

    token.refresh_from_db()
    assert token.last_used_on is None


def test_what_is_revoked_stays_so(db):
    token, _ = token_of(UserFactory())
    token.revoke()

    with pytest.raises(ProgrammingError), transaction.atomic():
        Token.objects.filter(pk=token.pk).update(revoked_at=None)


def test_the_database_knows_no_other_scopes(db):
    for scopes in (["alles"], []):
        with pytest.raises(IntegrityError), transaction.atomic():
            TokenFactory(scopes=scopes)
