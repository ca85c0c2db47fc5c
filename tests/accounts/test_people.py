"""Inviting people, and keeping their accounts."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, User
from tests.accounts.conftest import code, give_app, sign_in_by_form
from tests.factories import (
    PASSWORD,
    CouncilTermFactory,
    InvitationFactory,
    MunicipalityFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NEW = "een-lang-wachtwoord-7"
CHOSEN = {"new_password1": NEW, "new_password2": NEW}


def role(name):
    return Group.objects.get(name=name).pk


def someone(**changes):
    return {
        "first_name": "Nieuwe",
        "last_name": "Mens",
        "email": "Nieuw@Example.org",
        "role": role("Adviseur"),
    } | changes


def link(mail):
    return re.search(r"http://testserver(/\S+)", mail.body)[1]


def invite(client, mailoutbox, **changes):
    response = client.post(reverse("accounts:invite"), someone(**changes))
    assert response.status_code == 302
    return link(mailoutbox[-1])


def change(user, **changes):
    return {
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "role": user.groups.get().pk,
        "is_active": "on",
        "seen": user.edit_number,
    } | changes


def user_page(user):
    return reverse("accounts:user-change", args=[user.pk])


def test_an_invited_person_chooses_a_password_and_comes_in(
    client, elsewhere, sign_in, mailoutbox, settings
):
    settings.MFA_REQUIRED = True
    CouncilTermFactory()
    give_app(sign_in("Beheerder"))
    address = invite(client, mailoutbox)
    assert mailoutbox[0].to == ["nieuw@example.org"]
    assert not User.objects.get(username="nieuw@example.org").is_active

    response = elsewhere.post(address, CHOSEN)

    user = User.objects.get(username="nieuw@example.org")
    assert user.is_active
    assert user.role == "Adviseur"
    assert user.check_password(NEW)
    assert elsewhere.get(response.url, follow=True).redirect_chain[-1][0] == reverse(
        "accounts:second-step"
    )


def test_an_invitation_works_once(client, elsewhere, sign_in, mailoutbox):
    sign_in("Beheerder")
    address = invite(client, mailoutbox)
    elsewhere.post(address, CHOSEN)

    response = Client().post(address, {"new_password1": "x" * 20, "new_password2": "x" * 20})

    assert response.status_code == 410
    assert User.objects.get(username="nieuw@example.org").check_password(NEW)


def test_an_invitation_is_over_after_seven_days(client, elsewhere, sign_in, mailoutbox):
    sign_in("Beheerder")
    address = invite(client, mailoutbox)
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=7, minutes=1))

    assert elsewhere.get(address).status_code == 410
    assert elsewhere.post(address, CHOSEN).status_code == 410


def test_sending_again_replaces_the_link(client, elsewhere, sign_in, mailoutbox):
    sign_in("Beheerder")
    first = invite(client, mailoutbox)
    user = User.objects.get(username="nieuw@example.org")

    client.post(reverse("accounts:invitation-send", args=[user.pk]))

    assert elsewhere.get(first).status_code == 410
    assert elsewhere.get(link(mailoutbox[-1])).status_code == 200


def test_a_withdrawn_invitation_works_no_more(client, elsewhere, sign_in, mailoutbox):
    sign_in("Beheerder")
    address = invite(client, mailoutbox)
    user = User.objects.get(username="nieuw@example.org")

    client.post(reverse("accounts:invitation-withdraw", args=[user.pk]))

    assert elsewhere.post(address, CHOSEN).status_code == 410
    user.refresh_from_db()
    assert not user.is_active


def test_who_has_access_is_not_invited_again(client, sign_in, mailoutbox):
    sign_in("Beheerder")
    user = UserFactory(role="Adviseur", email="a@example.org")

    client.post(reverse("accounts:invitation-send", args=[user.pk]))

    assert not mailoutbox
    assert not Invitation.objects.exists()


def test_the_token_is_not_readable_in_the_database(client, sign_in, mailoutbox):
    sign_in("Beheerder")
    address = invite(client, mailoutbox)

    assert Invitation.objects.get().token_hash not in address
    assert address.split("/")[-2] not in str(Invitation.objects.values().get())


def test_a_weak_password_is_refused(client, elsewhere, sign_in, mailoutbox):
    sign_in("Beheerder")
    address = invite(client, mailoutbox)

    response = elsewhere.post(address, {"new_password1": "kort", "new_password2": "kort"})

    assert response.status_code == 200
    assert "Dit wachtwoord is te kort. Gebruik minstens 12 tekens." in response.text
    assert Invitation.objects.exists()


def test_a_mayor_needs_a_municipality(client, sign_in, mailoutbox):
    sign_in("Beheerder")

    response = client.post(reverse("accounts:invite"), someone(role=role("Burgemeester")))
    assert "Kies de gemeente" in response.text

    place = MunicipalityFactory()
    invite(client, mailoutbox, role=role("Burgemeester"), municipality=place.pk)
    assert User.objects.get(username="nieuw@example.org").municipality == place


def test_a_form_can_not_make_a_superuser(client, sign_in, mailoutbox):
    sign_in("Beheerder")

    invite(client, mailoutbox, is_superuser="on", is_staff="on", is_active="on", password="x")

    user = User.objects.get(username="nieuw@example.org")
    assert not user.is_superuser
    assert not user.is_staff
    assert not user.is_active


def test_the_same_address_is_not_invited_twice(client, sign_in, mailoutbox):
    sign_in("Beheerder")
    invite(client, mailoutbox)

    response = client.post(reverse("accounts:invite"), someone(email="NIEUW@example.org"))

    assert "al een account" in response.text


def test_an_invited_account_can_not_be_switched_on_by_hand(client, sign_in, db):
    sign_in("Beheerder")
    user = InvitationFactory().user

    client.post(user_page(user), change(user))

    user.refresh_from_db()
    assert not user.is_active


def test_an_administrator_changes_an_account(client, sign_in, db):
    sign_in("Beheerder")
    user = UserFactory(role="Adviseur")

    client.post(user_page(user), change(user, last_name="Anders", role=role("Eindredacteur")))

    user = User.objects.get(pk=user.pk)
    assert (user.last_name, user.role) == ("Anders", "Eindredacteur")


def test_two_administrators_at_one_account(client, sign_in, db):
    sign_in("Beheerder")
    user = UserFactory(role="Adviseur", last_name="Eerst")
    mine = change(user, last_name="Mijn")
    client.post(user_page(user), change(user, last_name="Hun"))

    response = client.post(user_page(user), mine)

    assert response.status_code == 409
    assert "Hun" in response.text
    assert "Mijn" in response.text
    user.refresh_from_db()
    assert user.last_name == "Hun"


@pytest.mark.parametrize("changes", [{"role": "Adviseur"}, {"is_active": ""}])
def test_nobody_changes_their_own_role_or_access(client, sign_in, db, changes):
    UserFactory(role="Beheerder")
    me = sign_in("Beheerder")
    if "role" in changes:
        changes = {"role": role(changes["role"])}

    client.post(user_page(me), change(me, **changes))

    me = User.objects.get(pk=me.pk)
    assert me.is_active
    assert me.role == "Beheerder"


def test_the_last_administrator_stays(client, db):
    last = UserFactory(role="Beheerder")
    client.force_login(UserFactory(is_superuser=True))

    response = client.post(user_page(last), change(last, role=role("Adviseur")))
    assert "enige actieve beheerder" in response.text
    client.post(user_page(last), change(last, is_active=""))
    last = User.objects.get(pk=last.pk)
    assert last.is_active
    assert last.role == "Beheerder"

    UserFactory(role="Beheerder")
    client.post(user_page(last), change(last, role=role("Adviseur")))
    assert User.objects.get(pk=last.pk).role == "Adviseur"


def test_two_at_once_can_not_take_away_the_last_two(committed):
    admins = [UserFactory(role="Beheerder") for _ in range(2)]
    start = Barrier(2)

    def demote(me, other):
        try:
            browser = Client()
            browser.force_login(me)
            start.wait()
            browser.post(user_page(other), change(other, is_active=""))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(demote, admins, reversed(admins)))

    assert User.objects.administrators().count() == 1


def test_the_list_tells_how_someone_stands(client, sign_in, db):
    sign_in("Beheerder")
    give_app(UserFactory(role="Adviseur"))
    InvitationFactory()
    locked = UserFactory(role="Adviseur")
    for _ in range(5):
        sign_in_by_form(Client(), locked, password="fout")

    page = client.get(reverse("accounts:users")).text

    assert "uitgenodigd" in page
    assert "wacht na foute pogingen" in page
    assert ">ja</td>" in page


def test_an_administrator_unlocks_an_account(client, elsewhere, sign_in, db):
    sign_in("Beheerder")
    user = UserFactory(role="Adviseur")
    for _ in range(5):
        sign_in_by_form(elsewhere, user, password="fout")
    assert sign_in_by_form(elsewhere, user).status_code == 429

    client.post(reverse("accounts:user-unlock", args=[user.pk]))

    assert sign_in_by_form(elsewhere, user).status_code == 302


def test_a_taken_away_second_step_must_be_set_anew(client, elsewhere, sign_in, settings):
    settings.MFA_REQUIRED = True
    give_app(sign_in("Beheerder"))
    user = UserFactory(role="Adviseur")
    give_app(user)
    sign_in_by_form(elsewhere, user)
    elsewhere.post("/aanmelden/tweede-stap/", {"code": code()})
    assert elsewhere.get(reverse("accounts:mine")).status_code == 200

    client.post(reverse("accounts:second-step-reset", args=[user.pk]))

    assert not Authenticator.objects.filter(user=user).exists()
    assert elsewhere.get(reverse("accounts:mine")).url.startswith("/aanmelden/")
    sign_in_by_form(elsewhere, user)
    assert elsewhere.get(reverse("accounts:mine")).url == reverse("accounts:second-step")


def test_nobody_takes_away_their_own_second_step_there(client, sign_in, db):
    me = sign_in("Beheerder")
    give_app(me)

    client.post(reverse("accounts:second-step-reset", args=[me.pk]))

    assert Authenticator.objects.filter(user=me).exists()


def test_the_history_tells_who_changed_what(client, sign_in, db):
    admin = sign_in("Beheerder", first_name="Rik", last_name="Scholten")
    user = UserFactory(role="Adviseur", last_name="Eerst", email="oud@example.org")

    client.post(
        user_page(user), change(user, email="nieuw@example.org", role=role("Eindredacteur"))
    )

    page = client.get(user_page(user))
    lines = [(line.what, line.by) for line in page.context["record"]]
    assert ("e-mailadres: oud@example.org → nieuw@example.org", admin) in lines
    assert ("rol Adviseur kwijt", admin) in lines
    assert ("rol Eindredacteur gekregen", admin) in lines
    assert "door Rik Scholten" in page.text


def test_a_bulk_change_is_in_the_history_too(client, sign_in, db):
    sign_in("Beheerder")
    user = UserFactory(role="Adviseur")

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert "toegang: ja → nee" in client.get(user_page(user)).text


def test_no_password_and_no_secret_is_in_the_history(db):
    user = UserFactory(role="Adviseur")
    give_app(user)
    columns = {f.name for f in User.pgh_event_model._meta.fields}

    assert not {"password", "last_login"} & columns


def test_a_technical_account_is_out_of_reach(client, sign_in, db):
    sign_in("Beheerder")
    technical = UserFactory(is_superuser=True)

    for name in ("user-change", "user-unlock", "second-step-reset", "invitation-send"):
        response = client.post(reverse(f"accounts:{name}", args=[technical.pk]))
        assert response.status_code == 404


def test_a_forgotten_password_is_chosen_anew(client, db, mailoutbox):
    CouncilTermFactory()
    user = UserFactory(role="Burgemeester", email="iemand@example.org")
    client.post("/wachtwoord-vergeten/", {"email": "iemand@example.org"})
    page = client.get(link(mailoutbox[0]), follow=True)

    client.post(page.redirect_chain[-1][0], CHOSEN)

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert sign_in_by_form(client, user, password=NEW).status_code == 302
    assert "werkt niet meer" in client.get(link(mailoutbox[0]), follow=True).text


def test_a_new_password_by_mail_does_not_replace_the_second_step(client, db, mailoutbox):
    user = UserFactory(role="Burgemeester", email="iemand@example.org")
    give_app(user)
    client.post("/wachtwoord-vergeten/", {"email": "iemand@example.org"})
    page = client.get(link(mailoutbox[0]), follow=True)
    client.post(page.redirect_chain[-1][0], CHOSEN)

    response = sign_in_by_form(client, user, password=NEW)

    assert response.url == "/aanmelden/tweede-stap/"


def test_an_address_that_nobody_has_gets_the_same_answer(client, elsewhere, db, mailoutbox):
    UserFactory(email="iemand@example.org")
    UserFactory(email="weg@example.org", is_active=False)

    answers = [
        Client().post("/wachtwoord-vergeten/", {"email": f"{who}@example.org"}, follow=True)
        for who in ("iemand", "niemand", "weg")
    ]

    token = re.compile(r'value="\w{64}"')
    assert len({token.sub("", answer.text) for answer in answers}) == 1
    assert len(mailoutbox) == 1


def test_a_name_leads_to_one_s_own_account(client, sign_in, db):
    me = sign_in("Burgemeester", email="ik@example.org")

    page = client.get(reverse("accounts:mine"))

    assert f'href="{reverse("accounts:mine")}">{me}' in page.text
    assert "ik@example.org" in page.text
    assert PASSWORD not in page.text
