"""Nothing typed is lost when the sign-in has expired (ADR 25)."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import clearing
from accounts.models import KeptForm, Session, User
from agreements.models import Coding
from assessments.models import Assessment
from tests.accounts.conftest import LOGIN, code, give_app, grow_old, sign_in_by_form
from tests.conftest import HTMX
from tests.factories import CodingFactory, UserFactory, VersionFactory, draft_of

KEPT = "/bewaard/"
TYPED = "Het akkoord zegt weinig over ondermijning.\nWel over ‘handhaving’ & <boa’s>."
ORIGIN = {"Origin": "http://testserver"}


@pytest.fixture
def advisor(client, db):
    user = UserFactory(role="Adviseur")
    sign_in_by_form(client, user)
    return user


@pytest.fixture
def draft(db):
    return draft_of(CodingFactory())


def address(draft):
    coalition = draft.coalition
    return reverse(
        "assessments:assess",
        args=[coalition.municipality.slug, coalition.term.start_year, draft.theme.slug],
    )


def typed(draft, **changes):
    codings = [coding.pk for coding in draft.codings.all()]
    return {"level": 2, "summary": TYPED, "seen": draft.edit_number, "codings": codings} | changes


def expire():
    grow_old(minutes=31)


def end_elsewhere():
    Session.objects.all().end()


def new_password():
    for user in User.objects.all():
        user.set_password("geheim-in-de-test")
        user.save()


def too_long():
    grow_old(hours=13, field="started_at")


@pytest.mark.parametrize("over", [expire, too_long, end_elsewhere, new_password])
def test_what_was_typed_waits_after_signing_in(client, advisor, draft, over):
    over()
    response = client.post(address(draft), typed(draft))
    assert response.url.startswith(LOGIN)

    response = sign_in_by_form(client, advisor, follow=True)

    assert response.redirect_chain[-1][0] == KEPT
    assert "Het akkoord zegt weinig over ondermijning." in response.text
    assert "&lt;boa’s&gt;" in response.text
    assert "Samenvatting" in response.text


def test_also_when_another_tab_asked_something_first(client, advisor, draft):
    expire()
    client.get("/")
    client.get(LOGIN)

    client.post(address(draft), typed(draft))

    assert KeptForm.objects.get().user == advisor


def send_again(client, page):
    """Press the button: send every field of that form to its address."""
    form = page.text.split('class="actions"')[1].split("</form>")[0]
    action = re.search(r'action="([^"]+)"', form)[1]
    form_fields = {}
    kept = KeptForm.objects.get()
    for name, values in kept.fields:
        assert f'name="{name}"' in form
        form_fields[name] = values
    assert action == kept.address
    return client.post(action, form_fields | {"bewaard": kept.pk})


def test_one_button_sends_it_again_and_it_arrives_whole(client, advisor, draft):
    expire()
    client.post(address(draft), typed(draft))
    page = sign_in_by_form(client, advisor, follow=True)

    response = send_again(client, page)

    assert response.status_code == 302
    saved = Assessment.objects.get(pk=draft.pk)
    assert saved.summary.replace("\r\n", "\n") == TYPED
    assert not KeptForm.objects.exists()


def test_it_stays_when_sending_again_fails(client, advisor, draft):
    expire()
    client.post(address(draft), typed(draft))
    page = sign_in_by_form(client, advisor, follow=True)
    advisor.groups.clear()

    assert send_again(client, page).status_code == 404

    assert KeptForm.objects.count() == 1


def test_it_can_be_thrown_away(client, advisor, draft):
    expire()
    client.post(address(draft), typed(draft))
    sign_in_by_form(client, advisor)

    client.post(reverse("accounts:kept-discard"), {"number": KeptForm.objects.get().pk})

    assert not KeptForm.objects.exists()


def test_another_person_who_signs_in_sees_nothing_of_it(client, advisor, draft):
    other = UserFactory(role="Adviseur")
    expire()
    client.post(address(draft), typed(draft))

    response = sign_in_by_form(client, other, follow=True)
    assert response.redirect_chain[-1][0] != KEPT
    assert "weinig over ondermijning" not in client.get(KEPT).text
    client.post(reverse("accounts:kept-discard"), {"number": KeptForm.objects.get().pk})
    client.post(LOGIN, {"bewaard": KeptForm.objects.get().pk})

    assert KeptForm.objects.get().user == advisor


def test_it_also_waits_behind_a_second_step(client, advisor, draft):
    give_app(advisor)
    expire()
    client.post(address(draft), typed(draft))

    sign_in_by_form(client, advisor)
    response = client.post("/aanmelden/tweede-stap/", {"code": code()})

    assert response.url == KEPT


def test_a_part_of_a_page_is_kept_too(client, advisor, draft):
    coding = Coding.objects.get()
    expire()

    response = client.post(
        reverse("agreements:coding-change", args=[coding.pk]),
        {"theme": coding.theme_id, "strength": 3, "note": TYPED, "seen": coding.edit_number},
        headers=HTMX | {"HX-Current-URL": "http://testserver/akkoorden/"},
    )

    assert response.headers["HX-Redirect"].startswith(LOGIN)
    page = sign_in_by_form(client, advisor, follow=True)
    assert "weinig over ondermijning" in page.text
    assert send_again(client, page).status_code in {200, 302}
    coding.refresh_from_db()
    assert coding.note.replace("\r\n", "\n") == TYPED


def test_a_stranger_makes_no_rows(client, db, draft):
    client.post(address(draft), typed(draft))
    client.cookies["session"] = "x" * 32
    client.post(address(draft), typed(draft))

    assert not KeptForm.objects.exists()


def test_who_signed_out_leaves_nothing(client, advisor, draft):
    cookie = client.cookies["session"].value
    client.post(reverse("accounts:logout"))
    assert client.cookies["session"].value == ""
    assert cookie

    client.post(address(draft), typed(draft))

    assert not KeptForm.objects.exists()


def test_who_signed_out_in_another_tab_still_sees_what_they_typed(client, advisor, draft):
    client.post(reverse("accounts:logout"))

    response = client.post(
        address(draft), typed(draft), headers=ORIGIN | {"Referer": "http://testserver/mijn-werk/"}
    )

    assert response.status_code == 403
    assert "weinig over ondermijning" in response.text
    assert "Kopieer eerst wat u typte" in response.text
    assert f'href="{LOGIN}?next=/mijn-werk/"' in response.text
    assert not KeptForm.objects.exists()


def test_what_another_site_sends_to_who_signed_out_is_not_shown(client, db, draft):
    response = client.post(
        address(draft), typed(draft), headers={"Origin": "https://elders.example"}
    )

    assert response.url.startswith(LOGIN)


def test_signing_in_after_a_button_leads_to_its_page_and_not_to_the_button(client, db, draft):
    response = client.post(
        reverse("assessments:submit", args=[draft.pk]),
        headers=ORIGIN | {"Referer": f"http://testserver{address(draft)}"},
    )

    assert response.url == f"{LOGIN}?next={address(draft)}"


def test_it_is_shown_in_the_words_of_the_page_and_without_the_marks_of_the_portal(
    client, advisor, draft
):
    expire()
    fields = {
        "reply": "7",
        "r7-seen": "1",
        "r7-position": "disagree",
        "r7-text": "Bewaar mij",
        "r7-place": "Een citaat",
        "r7-version": "2",
        "initial-r7-version": "2",
        "r8-text": "Zo was het al",
        "initial-r8-text": "Zo was het al",
        "at": "digitale-kwetsbaarheid",
    }
    client.post(reverse("assessments:reply", args=[2026]), fields)

    page = sign_in_by_form(client, advisor, follow=True).text

    shown = page.split('class="actions"')[0]
    assert "oneens" in shown
    assert "Bewaar mij" in shown
    assert "<dt>Uw tekst</dt><dd>Een citaat</dd>" in shown
    for mark in ["disagree", "R7", "r7-seen", "Initial", "Zo was het al", "digitale-kwetsbaarheid"]:
        assert mark not in shown
    sent = page.split('class="actions"')[1].split("</form>")[0]
    assert all(f'name="{name}"' in sent for name in fields)


def test_a_disabled_account_keeps_nothing(client, advisor, draft):
    expire()
    advisor.is_active = False
    advisor.save()

    client.post(address(draft), typed(draft))

    assert not KeptForm.objects.exists()


def test_passwords_and_files_are_not_kept(client, advisor, draft):
    expire()
    file = SimpleUploadedFile("akkoord.txt", b"geheim")

    client.post(address(draft), typed(draft, password="geheim", new_password1="x", file=file))
    client.post(reverse("accounts:password"), {"old_password": "x", "anders": "y"})

    names = {name for form in KeptForm.objects.all() for name, _ in form.fields}
    assert names == {"level", "summary", "seen", "codings"}


def test_too_much_is_not_kept(client, advisor, draft):
    expire()

    client.post(address(draft), typed(draft, summary="é" * 99_000))
    assert KeptForm.objects.count() == 1
    client.post(address(draft), typed(draft, summary="é" * 101_000))

    assert KeptForm.objects.count() == 1


def test_only_the_last_ten_are_kept(client, advisor, draft):
    expire()
    for number in range(12):
        client.post(address(draft), typed(draft, summary=f"tekst {number}"))

    assert KeptForm.objects.count() == 10
    assert dict(KeptForm.objects.first().fields)["summary"] == ["tekst 11"]


def test_the_same_sent_twice_is_kept_once(client, advisor, draft):
    expire()
    for _ in range(3):
        client.post(address(draft), typed(draft))

    assert KeptForm.objects.count() == 1


def test_after_a_day_it_is_gone(client, advisor, draft):
    expire()
    client.post(address(draft), typed(draft))
    KeptForm.objects.update(kept_at=timezone.now() - timedelta(hours=25))

    page = sign_in_by_form(client, advisor, follow=True)
    assert page.redirect_chain[-1][0] != KEPT
    clearing.clear()

    assert not KeptForm.objects.exists()


def test_a_null_character_does_no_harm(client, advisor, draft):
    expire()

    response = client.post(address(draft), typed(draft, summary="a\x00b"))

    assert response.status_code == 302
    assert dict(KeptForm.objects.get().fields)["summary"] == ["ab"]


def strict(user):
    """A browser whose CSRF tokens are checked."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    return browser


def test_a_stale_token_offers_the_same_text(db, advisor, draft):
    browser = strict(advisor)

    response = browser.post(address(draft), typed(draft), headers=ORIGIN)

    assert response.status_code == 403
    assert "nog niet opgeslagen" in response.text
    assert "weinig over ondermijning" in response.text
    assert "Opnieuw versturen" in response.text
    assert KeptForm.objects.get().user == advisor


def test_a_stale_token_in_a_part_leads_to_the_kept_page(db, advisor, draft):
    browser = strict(advisor)

    response = browser.post(address(draft), typed(draft), headers=HTMX | ORIGIN)

    assert response.headers["HX-Redirect"] == KEPT


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elders.example"}, {"Origin": "null"}])
def test_what_another_site_sends_is_not_kept(db, advisor, draft, headers):
    browser = strict(advisor)

    response = browser.post(address(draft), typed(draft), headers=headers)

    assert response.status_code == 403
    assert "weinig over ondermijning" not in response.text
    assert not KeptForm.objects.exists()


def test_a_stranger_with_a_stale_token_keeps_nothing_but_sees_it(db, draft):
    response = Client(enforce_csrf_checks=True).post(address(draft), typed(draft), headers=ORIGIN)

    assert response.status_code == 403
    assert "weinig over ondermijning" in response.text
    assert not KeptForm.objects.exists()


def test_a_page_that_asks_by_itself_does_not_leave_what_is_being_typed(client, advisor):
    version = VersionFactory()
    address = reverse("agreements:news", args=[version.pk])
    expire()

    response = client.get(address, headers=HTMX)

    assert response.status_code == 204
    assert "HX-Redirect" not in response.headers
    assert client.get(address).url.startswith(LOGIN)
