"""The second step: obligatory, asked at sign-in, changed with care."""

import re
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import Session, SignInTry
from tests.accounts.conftest import code, give_app, grow_old, sign_in_by_form
from tests.conftest import HTMX
from tests.factories import CouncilTermFactory, UserFactory

SET_UP = "/mijn-account/tweede-stap/"
STEP = "/aanmelden/tweede-stap/"


@pytest.fixture
def required(settings):
    settings.MFA_REQUIRED = True


def app_secret(page):
    return re.search(r'<code class="long">([A-Z2-7 ]+)</code>', page.text)[1].replace(" ", "")


def set_up_app(client):
    page = client.get(reverse("mfa_activate_totp"))
    return client.post(reverse("mfa_activate_totp"), {"code": code(app_secret(page))})


@pytest.mark.parametrize(
    ("demo", "given", "expected"), [("0", None, "True"), ("1", None, "False"), ("0", "0", "False")]
)
def test_outside_the_demo_a_second_step_is_the_default(demo, given, expected):
    env = {"DEMO": demo, "PATH": "/usr/bin:/bin", "DATABASE_URL": "postgresql://nobody@127.0.0.1/x"}
    if given:
        env["MFA_REQUIRED"] = given
    program = "from vrt_portal import settings; print(settings.MFA_REQUIRED)"

    told = subprocess.run(
        [sys.executable, "-c", program],
        env=env,
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
    )

    assert told.stdout.strip() == expected


@pytest.mark.parametrize("kwargs", [{}, {"is_superuser": True}])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_none_gets_only_the_page_to_set_it_up(client, db, required, method, kwargs):
    CouncilTermFactory()
    client.force_login(UserFactory(role="Beheerder", **kwargs))

    for name in (
        "overview:matrix",
        "accounts:users",
        "accounts:invite",
        "accounts:mine",
        "mfa_index",
    ):
        response = getattr(client, method)(reverse(name))
        assert response.status_code == 302, name
        assert response.url == SET_UP
    response = client.get(reverse("overview:matrix"), headers=HTMX)
    assert response.headers["HX-Redirect"] == SET_UP


def test_who_need_not_have_one_goes_on(client, sign_in, db):
    CouncilTermFactory()
    sign_in("Beheerder")

    assert client.get(reverse("overview:matrix")).status_code == 200


def test_after_setting_up_an_app_a_person_goes_on(client, db, required):
    CouncilTermFactory()
    user = UserFactory(role="Burgemeester")
    sign_in_by_form(client, user)
    assert client.get("/", follow=True).redirect_chain[-1][0] == SET_UP

    response = set_up_app(client)

    assert response.url == reverse("mfa_view_recovery_codes")
    assert client.get("/").status_code == 200


def test_a_wrong_code_sets_up_nothing(client, sign_in, db):
    sign_in("Burgemeester")
    client.get(reverse("mfa_activate_totp"))

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "Deze code klopt niet" in response.text
    assert not Authenticator.objects.exists()


def test_the_password_alone_is_not_enough(client, db):
    CouncilTermFactory()
    user = UserFactory(role="Burgemeester")
    give_app(user)

    response = sign_in_by_form(client, user)

    assert response.url == STEP
    assert client.get("/").status_code == 302
    assert not Session.objects.filter(user=user).exists()


def test_a_code_from_the_app_finishes_the_sign_in(client, db, required):
    CouncilTermFactory()
    user = UserFactory(role="Burgemeester")
    give_app(user)
    sign_in_by_form(client, user)

    client.post(STEP, {"code": code()})

    assert client.get("/").status_code == 200


def test_a_code_works_once(client, elsewhere, db):
    user = UserFactory(role="Burgemeester")
    give_app(user)
    sign_in_by_form(client, user)
    client.post(STEP, {"code": code()})
    sign_in_by_form(elsewhere, user)

    response = elsewhere.post(STEP, {"code": code()})

    assert response.status_code == 200
    assert "al gebruikt" in response.text
    assert elsewhere.post(STEP, {"code": code(ahead=1)}).status_code == 302


def test_a_code_works_once_also_in_another_process(client, elsewhere, db):
    """allauth remembers used codes in the memory of one process; the database is for all."""
    user = UserFactory(role="Burgemeester")
    give_app(user)
    sign_in_by_form(client, user)
    used = code()
    client.post(STEP, {"code": used})
    sign_in_by_form(elsewhere, user)

    cache.clear()  # another process has nothing in its memory
    response = elsewhere.post(STEP, {"code": used})

    assert "al gebruikt" in response.text


def test_a_recovery_code_works_once(client, elsewhere, db):
    user = UserFactory(role="Burgemeester")
    give_app(user)
    recovery = RecoveryCodes.activate(user).generate_codes()[0]
    sign_in_by_form(client, user)
    assert client.post(STEP, {"code": recovery}).status_code == 302

    sign_in_by_form(elsewhere, user)
    response = elsewhere.post(STEP, {"code": recovery})

    assert response.status_code == 200


def test_the_second_step_is_limited_too(client, db):
    user = UserFactory(role="Burgemeester")
    give_app(user)
    sign_in_by_form(client, user)
    for _ in range(5):
        assert "klopt niet" in client.post(STEP, {"code": "000000"}).text

    response = client.post(STEP, {"code": code()})

    assert "te vaak" in response.text
    assert not Session.objects.filter(user=user).exists()


def test_a_secret_is_not_readable_in_the_database(client, sign_in, db):
    sign_in("Burgemeester")
    secret = app_secret(page := client.get(reverse("mfa_activate_totp")))
    assert page.status_code == 200
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})

    stored = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in stored


def test_a_changed_second_step_ends_the_other_sessions(client, elsewhere, db):
    CouncilTermFactory()
    user = UserFactory(role="Burgemeester")
    sign_in_by_form(client, user)
    sign_in_by_form(elsewhere, user)
    assert elsewhere.get("/").status_code == 200

    set_up_app(client)

    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


@pytest.mark.parametrize(
    "name",
    ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"],
)
def test_changing_it_asks_for_a_recent_sign_in(client, sign_in, db, name):
    sign_in("Burgemeester")
    assert client.get(reverse(name)).status_code == 200
    grow_old(minutes=11, field="started_at")

    response = client.get(reverse(name))

    assert response.url.startswith(reverse("account_reauthenticate"))


def test_a_wrong_password_does_not_confirm(client, sign_in, db):
    sign_in("Burgemeester")
    grow_old(minutes=11, field="started_at")
    address = reverse("account_reauthenticate") + "?next=" + reverse("mfa_activate_totp")

    client.post(address, {"password": "fout"})
    assert client.get(reverse("mfa_activate_totp")).status_code == 302

    client.post(address, {"password": "geheim-in-de-test"})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_guessing_there_is_limited(client, sign_in, db):
    sign_in("Burgemeester")
    grow_old(minutes=11, field="started_at")
    for _ in range(5):
        client.post(reverse("account_reauthenticate"), {"password": "fout"})

    response = client.post(reverse("account_reauthenticate"), {"password": "geheim-in-de-test"})

    assert "te vaak" in response.text
    assert SignInTry.objects.count() == 5


def test_the_last_second_step_stays_where_it_is_required(client, db, required):
    user = UserFactory(role="Burgemeester")
    give_app(user)
    client.force_login(user)

    page = client.post(reverse("mfa_deactivate_totp"))

    assert "enige tweede stap" in page.text
    assert Authenticator.objects.filter(user=user).exists()


def test_recovery_codes_are_made_anew(client, sign_in, db):
    sign_in("Burgemeester")
    set_up_app(client)
    before = client.get(reverse("mfa_view_recovery_codes")).text

    client.post(reverse("mfa_generate_recovery_codes"))

    after = client.get(reverse("mfa_view_recovery_codes")).text
    assert re.findall(r"<code>(\d+)</code>", before) != re.findall(r"<code>(\d+)</code>", after)
    assert len(re.findall(r"<code>(\d+)</code>", after)) == 10


def test_a_command_takes_it_away_when_nobody_else_can(db, capsys):
    user = UserFactory(is_superuser=True)
    give_app(user)

    call_command("drop_second_step", user.username)

    assert not Authenticator.objects.filter(user=user).exists()
    with pytest.raises(CommandError, match="geen account"):
        call_command("drop_second_step", "niemand")


def test_with_another_secret_key_a_second_step_is_refused_and_not_broken(client, db, settings):
    user = UserFactory(role="Burgemeester")
    give_app(user)
    sign_in_by_form(client, user)
    Authenticator.objects.update(data={"secret": "gAAAAABonleesbaar"})

    response = client.post(STEP, {"code": code()})

    assert response.status_code == 200
    assert "niet meer worden gelezen" in response.text
