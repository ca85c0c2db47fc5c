"""A municipality asks VRT for advice; the two of them alone see it, until an editor makes it public."""

import re

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assessments.actions import Refused, Stale
from assessments.actions import advice as actions
from assessments.advising import transitions
from assessments.models import AdviceMessage, AdviceRequest, PublishedAdvice
from tests.factories import (
    CouncilTermFactory,
    MunicipalityFactory,
    ThemeFactory,
    UserFactory,
    answered_advice,
    any_word,
    asked_advice,
    public_advice,
)

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def place(db):
    return MunicipalityFactory(name="Proefstad", slug="proefstad")


@pytest.fixture
def mayor(place):
    return UserFactory(role="Burgemeester", municipality=place, email="mayor@proefstad.example")


def address(name, *args):
    return reverse(f"assessments:{name}", args=args)


def taken(request, advisor):
    return actions.assign_advice(request, to=advisor, by=advisor, seen=request.edit_number)


def test_a_mayor_asks_and_the_advisors_get_a_mail_without_the_question(client, mayor):
    UserFactory(role="Adviseur", email="advisor@vrt.example")
    UserFactory(role="Adviseur", email="gone@vrt.example", is_active=False)
    UserFactory(role="Beheerder", email="manager@vrt.example")
    client.force_login(mayor)
    theme, canary = ThemeFactory(), any_word()

    client.post(address("advice-ask"), {"theme": theme.pk, "question": canary})

    asked = AdviceRequest.objects.get()
    assert (asked.municipality, asked.theme, asked.state) == (mayor.municipality, theme, "asked")
    assert [letter.to for letter in mail.outbox] == [["advisor@vrt.example"]]
    assert asked.get_absolute_url() in mail.outbox[0].body
    assert canary not in mail.outbox[0].body + mail.outbox[0].subject


def test_without_a_municipality_nobody_asks(client, sign_in, db):
    sign_in("Burgemeester")

    assert client.get(address("advice-ask")).status_code == 404
    assert client.post(address("advice-ask"), {"question": "Ja?"}).status_code == 404


def test_a_day_that_has_been_is_refused(client, mayor):
    client.force_login(mayor)

    response = client.post(
        address("advice-ask"), {"question": "Wat nu?", "wanted_before": "2020-01-01"}
    )

    assert "Kies een latere dag." in response.text
    assert "Wat nu?" in response.text
    assert not AdviceRequest.objects.exists()


def test_only_that_municipality_and_vrt_see_it(client, sign_in, mayor):
    canary = any_word()
    asked = asked_advice(mayor, question=canary)
    pages = [address("advice-list"), asked.get_absolute_url()]

    for role, municipality, sees in (
        ("Gemeentecontact", mayor.municipality, True),
        ("Adviseur", None, True),
        ("Eindredacteur", None, True),
        ("Burgemeester", MunicipalityFactory(), False),
        ("Gemeentecontact", MunicipalityFactory(), False),
        ("Burgemeester", None, False),
        ("Beheerder", None, False),
    ):
        sign_in(role, municipality=municipality)
        texts = [client.get(page).text for page in pages]
        assert [canary in text for text in texts] == [sees, sees]


def test_another_municipality_gets_what_does_not_exist(client, sign_in, mayor):
    asked = asked_advice(mayor)
    sign_in("Burgemeester", municipality=MunicipalityFactory())

    for name in ("advice-request", "advice-close", "advice-follow-up"):
        send = client.get if name == "advice-request" else client.post
        hidden = send(address(name, asked.pk), {"question": "x", "seen": 1})
        missing = send(address(name, 10**6), {"question": "x", "seen": 1})
        assert hidden.status_code == missing.status_code == 404
        assert TOKEN.sub("", hidden.text) == TOKEN.sub("", missing.text)
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_an_advisor_takes_it_or_gives_it_to_a_colleague(client, sign_in, mayor):
    asked = asked_advice(mayor)
    advisor = sign_in("Adviseur")
    colleague = UserFactory(role="Adviseur", email="colleague@vrt.example")
    mail.outbox.clear()

    client.post(address("advice-assign", asked.pk), {"to": advisor.pk, "seen": 1})
    assert mail.outbox == []
    client.post(address("advice-assign", asked.pk), {"to": colleague.pk, "seen": 2})

    asked.refresh_from_db()
    assert (asked.state, asked.assigned_to) == ("assigned", colleague)
    assert [letter.to for letter in mail.outbox] == [["colleague@vrt.example"]]


def test_only_an_advisor_can_be_given_it(client, sign_in, mayor):
    asked = asked_advice(mayor)
    sign_in("Adviseur")

    client.post(address("advice-assign", asked.pk), {"to": mayor.pk, "seen": 1})

    asked.refresh_from_db()
    assert asked.state == "asked"


def test_a_draft_answer_is_not_for_the_municipality(client, sign_in, mayor):
    canary = any_word()
    advisor = sign_in("Adviseur")
    asked = taken(asked_advice(mayor), advisor)
    mail.outbox.clear()

    client.post(address("advice-answer", asked.pk), {"text": canary, "seen": 2, "save": ""})

    assert canary in client.get(asked.get_absolute_url()).text
    assert mail.outbox == []
    client.force_login(mayor)
    assert canary not in client.get(asked.get_absolute_url()).text
    assert canary not in client.get(address("advice-list")).text


def test_a_sent_answer_is_read_and_mailed_without_its_words(client, sign_in, mayor):
    UserFactory(
        role="Gemeentecontact", municipality=mayor.municipality, email="contact@proefstad.example"
    )
    UserFactory(
        role="Gemeentecontact", municipality=MunicipalityFactory(), email="contact@elders.example"
    )
    canary = any_word()
    asked = taken(asked_advice(mayor), sign_in("Adviseur"))
    mail.outbox.clear()

    client.post(address("advice-answer", asked.pk), {"text": canary, "seen": 2, "send": ""})

    assert sorted(letter.to for letter in mail.outbox) == [
        ["contact@proefstad.example"],
        ["mayor@proefstad.example"],
    ]
    assert not any(canary in letter.body + letter.subject for letter in mail.outbox)
    client.force_login(mayor)
    assert canary in client.get(asked.get_absolute_url()).text


def test_a_closed_question_opens_again_with_a_follow_up(client, mayor):
    asked = answered_advice(mayor).request
    client.force_login(mayor)

    client.post(address("advice-close", asked.pk), {"seen": 3})
    asked.refresh_from_db()
    assert asked.state == "closed"
    client.post(address("advice-follow-up", asked.pk), {"question": "En dan?", "seen": 4})

    asked.refresh_from_db()
    assert asked.state == "asked"
    assert [message.text for message in asked.messages.all()][-1] == "En dan?"


def test_vrt_does_not_close_what_it_has_not_answered(client, sign_in, mayor):
    asked = taken(asked_advice(mayor), sign_in("Adviseur"))
    assert "Sluit deze vraag" not in client.get(asked.get_absolute_url()).text

    response = client.post(address("advice-close", asked.pk), {"seen": 2})

    assert response.status_code == 409
    asked.refresh_from_db()
    assert asked.state == "assigned"


def test_a_municipality_hears_what_happens_with_its_question_and_may_take_it_back(client, mayor):
    asked = asked_advice(mayor)
    client.force_login(mayor)

    page = client.get(asked.get_absolute_url()).text
    assert "U krijgt een mail als er antwoord is." in page
    assert "Niet meer nodig?" in page
    client.post(address("advice-close", asked.pk), {"seen": 1})

    asked.refresh_from_db()
    assert asked.state == "closed"


def test_who_comes_too_late_hears_it_and_keeps_the_text(client, sign_in, mayor):
    asked = taken(asked_advice(mayor), sign_in("Adviseur"))
    other = UserFactory(role="Adviseur")
    actions.save_answer(asked, text="Van een collega.", by=other, seen=2)

    response = client.post(
        address("advice-answer", asked.pk), {"text": "Van mij.", "seen": 2, "save": ""}
    )

    assert response.status_code == 409
    assert "Van een collega." in response.text
    assert "Van mij." in response.text
    assert AdviceMessage.objects.drafts().get().text == "Van een collega."


def test_an_answer_to_what_was_closed_meanwhile_is_not_lost(client, sign_in, mayor):
    asked = taken(asked_advice(mayor), sign_in("Adviseur"))
    actions.close_advice(asked, by=mayor, seen=2)

    response = client.post(
        address("advice-answer", asked.pk), {"text": "Net getypt.", "seen": 3, "send": ""}
    )

    assert response.status_code == 409
    assert "Deze vraag is gesloten." in response.text
    assert "Net getypt." in response.text


def test_what_the_table_does_not_allow_is_refused(mayor):
    asked = asked_advice(mayor)

    with pytest.raises(Refused):
        actions.save_answer(asked, text="Zo.", by=UserFactory(role="Adviseur"), seen=1)
    with pytest.raises(Refused):
        actions.follow_up(asked, question="En?", by=mayor, seen=1)
    with pytest.raises(Stale):
        actions.close_advice(asked, by=mayor, seen=9)


def test_the_database_knows_which_state_may_follow(mayor):
    asked = asked_advice(mayor)
    assert ("asked", "answered") not in transitions()

    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        AdviceRequest.objects.filter(pk=asked.pk).update(state="answered", assigned_to=mayor)
    AdviceRequest.objects.filter(pk=asked.pk).update(state="assigned", assigned_to=mayor)


def test_what_was_sent_never_changes(mayor):
    answer = answered_advice(mayor)

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        AdviceMessage.objects.filter(pk=answer.pk).update(text="Anders.")
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        AdviceMessage.objects.filter(pk=answer.pk).delete()


def test_who_did_what_can_be_read_by_both(client, mayor):
    advisor = UserFactory(role="Adviseur", first_name="Anouk", last_name="Wolters")
    asked = answered_advice(mayor, advisor=advisor).request
    client.force_login(mayor)

    text = client.get(asked.get_absolute_url()).text

    assert "gewijzigd door Anouk Wolters" in text
    assert "<del>gevraagd</del> <ins>in behandeling</ins>" in text


def test_an_editor_makes_an_answer_into_advice_for_everyone(client, sign_in, mayor):
    answer = answered_advice(mayor, question="Besloten vraag van ons.", text="Begin klein.")
    sign_in("Eindredacteur")
    term = CouncilTermFactory()

    client.post(
        address("advice-publish", answer.pk),
        {"title": "Begin", "text": "Begin klein.", "theme": "", "term": term.pk},
    )

    sign_in("Gemeentecontact", municipality=MunicipalityFactory())
    text = client.get(PublishedAdvice.objects.get().get_absolute_url()).text
    assert "Begin klein." in text
    assert "Besloten vraag" not in text
    assert "Proefstad" not in text
    assert "Begin klein." in client.get(address("published-advice")).text


def test_a_name_in_the_advice_needs_a_tick(client, sign_in, mayor):
    answer = answered_advice(mayor)
    sign_in("Eindredacteur")
    typed = {"title": "Voor proefstad", "text": "Zo.", "theme": "", "term": CouncilTermFactory().pk}

    refused = client.post(address("advice-publish", answer.pk), typed)
    assert "Haal de naam weg" in refused.text
    assert not PublishedAdvice.objects.exists()
    client.post(address("advice-publish", answer.pk), typed | {"names_municipality": "on"})

    advice = PublishedAdvice.objects.get()
    assert "vraag van Proefstad" in client.get(advice.get_absolute_url()).text


def test_nobody_publishes_own_advice(mayor):
    answer = answered_advice(mayor)

    with pytest.raises(Refused, match="zelf"):
        public_advice(answer, by=answer.author)
    with pytest.raises(IntegrityError, match="nobody_publishes_own_advice"), transaction.atomic():
        PublishedAdvice.objects.create(
            answer=answer,
            author=answer.author,
            published_by=answer.author,
            term=CouncilTermFactory(),
            title="Eigen werk",
            text="Zo.",
        )
    assert public_advice(answer).pk


def test_an_answer_is_published_once_and_can_be_withdrawn(client, sign_in, mayor):
    advice = public_advice(answered_advice(mayor))
    with pytest.raises(Refused, match="al gepubliceerd"):
        public_advice(advice.answer)
    sign_in("Eindredacteur")

    client.post(address("advice-withdraw", advice.pk))

    assert client.get(advice.get_absolute_url()).status_code == 404
    assert advice.title not in client.get(address("published-advice")).text
    assert public_advice(advice.answer).pk != advice.pk


def test_a_draft_answer_cannot_be_published(client, sign_in, mayor):
    asked = taken(asked_advice(mayor), UserFactory(role="Adviseur"))
    actions.save_answer(asked, text="Nog niet af.", by=UserFactory(role="Adviseur"), seen=2)
    sign_in("Eindredacteur")

    draft = AdviceMessage.objects.drafts().get()

    assert client.get(address("advice-publish", draft.pk)).status_code == 404


def test_public_advice_stands_on_the_page_of_its_theme(client, sign_in, db):
    mayor = sign_in("Burgemeester", municipality=MunicipalityFactory())
    theme = ThemeFactory()
    advice = public_advice(answered_advice(mayor, theme=theme), theme=theme)
    term = CouncilTermFactory()
    address = reverse("overview:theme", args=[term.start_year, theme.slug])
    assert str(advice) in client.get(address).text

    advice.withdrawn_at = timezone.now()
    advice.save()

    assert str(advice) not in client.get(address).text
