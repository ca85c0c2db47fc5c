"""Who may open which address: one table, and no address outside it."""

import re

import pytest
from django.urls import get_resolver, reverse

from tests.conftest import HTMX
from tests.factories import MunicipalityFactory, UserFactory
from tests.world import make_world

READER = {"Burgemeester", "Gemeentecontact", "Adviseur", "Eindredacteur", "Beheerder"}
SEES_WORK = {"Adviseur", "Eindredacteur", "Beheerder"}
OF_A_MUNICIPALITY = {"Burgemeester", "Gemeentecontact"}
EVERYONE = READER | {"no role", "anonymous"}
SIGNED_IN = EVERYONE - {"anonymous"}
SIGN_IN_PAGE = {"accounts:login", "account_login"}  # django-allauth has its own name for it

# Per address who may, and the answer to a GET by who may (405: it only takes POST).
TABLE = {
    "overview:home": (READER, 200),
    "overview:matrix": (READER, 200),
    "overview:themes": (READER, 200),
    "overview:theme": (READER, 200),
    "overview:municipalities": (READER, 200),
    "overview:municipality": (READER, 200),
    "overview:document": (READER, 200),
    "overview:accessibility": (EVERYONE, 200),
    "reports:municipality": (READER, 200),
    "agreements:list": (SEES_WORK, 200),
    "agreements:create": ({"Adviseur"}, 200),
    "agreements:agreement": (SEES_WORK, 200),
    "agreements:version-create": ({"Adviseur"}, 405),
    "agreements:assign": ({"Adviseur"}, 405),
    "agreements:unassign": ({"Adviseur"}, 405),
    "agreements:version": (SEES_WORK, 200),
    "agreements:version-file": (SEES_WORK, 200),
    "agreements:page-words": (SEES_WORK, 200),
    "agreements:passages": (SEES_WORK, 200),
    "agreements:page-read": ({"Adviseur"}, 405),
    "agreements:passage-create": ({"Adviseur"}, 405),
    "agreements:passage": (SEES_WORK, 302),
    "agreements:suggestions": (SEES_WORK, 302),
    "agreements:suggestion": (SEES_WORK, 302),
    "agreements:suggestion-accept": ({"Adviseur"}, 405),
    "agreements:suggestion-reject": ({"Adviseur"}, 405),
    "agreements:undo": ({"Adviseur"}, 405),
    "agreements:news": (SEES_WORK, 302),
    "agreements:terms": ({"Adviseur", "Beheerder"}, 200),
    "agreements:theme-terms": ({"Adviseur", "Beheerder"}, 200),
    "agreements:measure-create": ({"Adviseur"}, 200),
    "agreements:measure-change": ({"Adviseur"}, 200),
    "agreements:measure-delete": ({"Adviseur"}, 405),
    "agreements:anchoring": (SEES_WORK, 200),
    "agreements:anchoring-keep": ({"Adviseur"}, 405),
    "agreements:anchoring-adapt": ({"Adviseur"}, 405),
    "agreements:anchoring-drop": ({"Adviseur"}, 405),
    "agreements:anchoring-reconsider": ({"Adviseur"}, 405),
    "agreements:coding-change": ({"Adviseur"}, 200),
    "agreements:coding-delete": ({"Adviseur"}, 405),
    "assessments:my-work": (SEES_WORK, 200),
    "assessments:list": (SEES_WORK, 200),
    "assessments:assess": (SEES_WORK, 200),
    "assessments:judge-hits": ({"Adviseur"}, 405),
    "assessments:coalition": (SEES_WORK, 200),
    "assessments:readability": ({"Adviseur"}, 405),
    "assessments:submit": ({"Adviseur"}, 405),
    "assessments:take-back": ({"Adviseur"}, 405),
    "assessments:remark": ({"Eindredacteur"}, 405),
    "assessments:answer-remark": ({"Adviseur"}, 405),
    "assessments:resolve-remark": ({"Eindredacteur"}, 405),
    "assessments:send-back": ({"Eindredacteur"}, 405),
    "assessments:ask-reply": ({"Eindredacteur"}, 405),
    "assessments:ask-replies": ({"Eindredacteur"}, 405),
    "assessments:replies": ({"Gemeentecontact"}, 200),
    "assessments:reply": ({"Gemeentecontact"}, 405),
    "assessments:agree": ({"Gemeentecontact"}, 405),
    "assessments:reply-document": ({"Gemeentecontact"}, 200),
    "assessments:answer-reply": ({"Adviseur"}, 405),
    "assessments:close-reply": ({"Adviseur", "Eindredacteur"}, 405),
    "assessments:clear": ({"Eindredacteur"}, 405),
    "assessments:publish": ({"Eindredacteur"}, 405),
    "reports:regional-input": (READER, 200),
    "municipalities:formation": (READER, 200),
    "municipalities:formation-change": ({"Adviseur"}, 200),
    "municipalities:list": ({"Beheerder"}, 200),
    "municipalities:municipality": ({"Beheerder"}, 200),
    "municipalities:coalition": ({"Beheerder"}, 200),
    "themes:inputs": (READER, 200),
    "themes:input-begin": ({"Adviseur"}, 405),
    "themes:input": (READER, 200),
    "themes:edition": (READER, 200),
    "themes:input-edit": ({"Adviseur"}, 200),
    "themes:input-theme": ({"Adviseur"}, 200),
    "themes:input-draft": ({"Adviseur", "Eindredacteur"}, 200),
    "themes:input-discard": ({"Adviseur"}, 405),
    "themes:input-publish": ({"Eindredacteur"}, 405),
    "themes:list": ({"Beheerder"}, 200),
    "themes:theme": ({"Beheerder"}, 200),
    "themes:theme-move": ({"Beheerder"}, 405),
    "assessments:advice-list": (READER - {"Beheerder"}, 200),
    "assessments:advice-ask": ({"Burgemeester", "Gemeentecontact"}, 200),
    "assessments:advice-request": (READER - {"Beheerder"}, 200),
    "assessments:advice-assign": ({"Adviseur"}, 405),
    "assessments:advice-answer": ({"Adviseur"}, 405),
    "assessments:advice-close": ({"Burgemeester", "Gemeentecontact", "Adviseur"}, 405),
    "assessments:advice-follow-up": ({"Burgemeester", "Gemeentecontact"}, 405),
    "assessments:advice-publish": ({"Eindredacteur"}, 200),
    "assessments:published-advice": (READER, 200),
    "assessments:advice": (READER, 200),
    "assessments:advice-withdraw": ({"Eindredacteur"}, 405),
    "assessments:withdraw": ({"Eindredacteur"}, 405),
    "assessments:second-readings": ({"Adviseur", "Eindredacteur"}, 200),
    "assessments:ask-second-readings": ({"Eindredacteur"}, 405),
    "assessments:second-reading": ({"Adviseur", "Eindredacteur"}, 200),
    "assessments:give-second-reading": ({"Adviseur"}, 405),
    "assessments:settle-second-reading": ({"Adviseur", "Eindredacteur"}, 405),
    "assessments:cancel-second-reading": ({"Eindredacteur"}, 405),
    "accounts:login": (EVERYONE, 200),
    "accounts:logout": (EVERYONE - {"anonymous"}, 405),
    "accounts:oidc": (set(), 405),  # without settings there is nothing here
    "accounts:oidc-callback": (EVERYONE, 404),
    "accounts:forgotten-password": (EVERYONE, 200),
    "accounts:new-password": (EVERYONE, 200),
    "accounts:invited": (EVERYONE, 200),
    "accounts:kept": (SIGNED_IN, 200),
    "accounts:kept-discard": (SIGNED_IN, 405),
    "accounts:mine": (SIGNED_IN, 200),
    "accounts:password": (SIGNED_IN, 200),
    "accounts:session-end": (SIGNED_IN, 405),
    "accounts:identity-remove": (SIGNED_IN, 405),
    "accounts:second-step": (SIGNED_IN, 200),
    "accounts:sign-in-again": (SIGNED_IN, 200),
    "accounts:users": ({"Beheerder"}, 200),
    "accounts:invite": ({"Beheerder"}, 200),
    "accounts:user-change": ({"Beheerder"}, 200),
    "accounts:user-unlock": ({"Beheerder"}, 405),
    "accounts:second-step-reset": ({"Beheerder"}, 405),
    "accounts:invitation-send": ({"Beheerder"}, 405),
    "accounts:invitation-withdraw": ({"Beheerder"}, 405),
    "account_login": (EVERYONE, 200),
    "account_reauthenticate": (SIGNED_IN, 200),
    "mfa_authenticate": (EVERYONE, 302),  # only between a password and the second step
    "mfa_reauthenticate": (SIGNED_IN, 302),
    "mfa_reauthenticate_webauthn": (SIGNED_IN, 302),
    "mfa_index": (SIGNED_IN, 200),
    "mfa_activate_totp": (SIGNED_IN, 200),
    "mfa_deactivate_totp": (SIGNED_IN, 404),  # nobody here has one
    "mfa_add_webauthn": (SIGNED_IN, 200),
    "mfa_remove_webauthn": (SIGNED_IN, 404),
    "mfa_view_recovery_codes": (SIGNED_IN, 404),
    "mfa_generate_recovery_codes": (SIGNED_IN, 200),
    "mail:messages": ({"Beheerder"}, 200),
    "mail:try-again": ({"Beheerder"}, 405),
    "health": (EVERYONE, 503),  # no worker runs beside the tests
}


def all_names():
    """Every URL name in the portal, with its namespace."""
    for resolver in get_resolver().url_patterns:
        if hasattr(resolver, "url_patterns"):
            for pattern in resolver.url_patterns:
                yield f"{resolver.namespace}:{pattern.name}"
        else:
            yield resolver.name


@pytest.fixture
def world(db, settings):
    world = make_world()
    file = settings.MEDIA_ROOT / "agreements/aa/aa"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"%PDF-1.7")
    return world


def someone(role, world):
    """A person of this role; who belongs to a municipality belongs to the world's."""
    return UserFactory(
        role=None if role == "no role" else role,
        municipality=world.coalition.municipality if role in OF_A_MUNICIPALITY else None,
    )


def test_every_address_stands_in_the_table():
    assert set(all_names()) == set(TABLE)


@pytest.mark.parametrize("role", sorted(EVERYONE))
@pytest.mark.parametrize("name", TABLE)
def test_only_who_may_opens_an_address(client, world, name, role):
    allowed, answer = TABLE[name]
    address = reverse(name, args=world.arguments[name])
    if role != "anonymous":
        client.force_login(someone(role, world))

    response = client.get(address)
    response.close()

    if role in allowed:
        # Someone who is signed in has nothing to do at the sign-in page; an advisor begins at work.
        sent_on = (name in SIGN_IN_PAGE and role != "anonymous") or (
            name == "overview:home" and role == "Adviseur"
        )
        assert response.status_code == (302 if sent_on else answer)
    elif role == "anonymous":
        assert response.status_code in {302, 405}
        assert response.status_code == 405 or response.url.startswith(reverse("accounts:login"))
    elif answer == 405:
        assert response.status_code == 405
    else:
        assert response.status_code == 404


BEFORE_ONE = ["assessments:reply-document", "assessments:reply", "assessments:agree"]


@pytest.mark.parametrize("name", BEFORE_ONE)
def test_what_lies_before_one_municipality_does_not_exist_for_another(client, world, name):
    address = reverse(name, args=world.arguments[name])
    method = client.post if TABLE[name][1] == 405 else client.get
    client.force_login(someone("Gemeentecontact", world))
    assert method(address).status_code != 404  # the control

    client.force_login(UserFactory(role="Gemeentecontact", municipality=MunicipalityFactory()))
    hidden = method(address)
    missing = method(reverse(name, args=[10**6]))

    assert hidden.status_code == missing.status_code == 404
    assert TOKEN.sub("", hidden.text) == TOKEN.sub("", missing.text)


WRITES = [
    name for name, (_, answer) in TABLE.items() if answer == 405 and name != "accounts:logout"
]


@pytest.mark.parametrize("role", sorted(EVERYONE - {"anonymous"}))
@pytest.mark.parametrize("name", WRITES)
def test_only_who_may_writes(client, world, name, role):
    client.force_login(someone(role, world))

    response = client.post(reverse(name, args=world.arguments[name]))

    assert (response.status_code == 404) == (role not in TABLE[name][0])


@pytest.mark.parametrize("role", ["Eindredacteur", "Beheerder"])
def test_who_reads_an_assessment_does_not_write_it(client, world, role):
    client.force_login(UserFactory(role=role))
    before = world.draft.summary

    response = client.post(
        reverse("assessments:assess", args=world.arguments["assessments:assess"]),
        {"level": 1, "summary": "Anders", "seen": world.draft.edit_number},
    )

    world.draft.refresh_from_db()
    assert response.status_code == 404
    assert world.draft.summary == before


def test_what_you_may_not_see_looks_like_what_does_not_exist(client, world, sign_in):
    sign_in("Burgemeester")

    hidden = client.get(
        reverse("agreements:agreement", args=world.arguments["agreements:agreement"])
    )
    missing = client.get(reverse("agreements:agreement", args=[10**6]))

    assert hidden.status_code == missing.status_code == 404
    assert TOKEN.sub("", hidden.text) == TOKEN.sub("", missing.text)
    assert without_token(hidden.headers) == without_token(missing.headers)


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')  # differs at every request


def without_token(headers):
    return {name: value for name, value in headers.items() if name != "Set-Cookie"}


PAGES = [name for name, (_, answer) in TABLE.items() if answer == 200 and "file" not in name]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole_for_a_browser_without_javascript(client, world, name):
    allowed = TABLE[name][0]
    if name not in SIGN_IN_PAGE:
        client.force_login(someone(sorted(allowed & READER)[0], world))

    response = client.get(reverse(name, args=world.arguments[name]), follow=True)

    if response["Content-Type"].startswith("text/html"):
        assert response.text.count("<h1") == 1
        assert "</html>" in response.text
        # Every request by HTMX stands on a real form or link with the same address.
        for line in response.text.splitlines():
            assert ("hx-post=" in line) <= ("action=" in line)
    else:
        assert response["Content-Type"] in {"application/pdf", "application/json"}


@pytest.mark.parametrize("name", PAGES)
def test_every_answer_carries_the_strict_headers(client, world, name):
    if name not in SIGN_IN_PAGE:
        client.force_login(someone(sorted(TABLE[name][0] & READER)[0], world))

    response = client.get(reverse(name, args=world.arguments[name]))

    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]


def test_an_expired_session_inside_htmx_gets_the_whole_sign_in_page(client, world):
    address = reverse("agreements:coding-change", args=world.arguments["agreements:coding-change"])

    response = client.get(address, headers=HTMX, follow=True)

    assert response.headers["HX-Redirect"].startswith(reverse("accounts:login"))
