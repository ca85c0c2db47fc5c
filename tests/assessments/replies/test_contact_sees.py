"""What a contact sees of a judgement before it is published, and what nobody else does."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Remark
from tests.assessments.replies.rounds import PAGE, TEXT, ask, fields, given, send
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    PassageFactory,
    UserFactory,
    VersionFactory,
    any_word,
    draft_of,
)


def test_vrt_keeps_its_own_side_to_itself(client, contact, coalition):
    """Note, remark, author, reviewer, reason: never; the control: an advisor reads them."""
    note, remark, author, editor = (any_word() for _ in range(4))
    reply = ask(coalition, by=UserFactory(role="Adviseur", last_name=author), note=note)
    Remark.objects.create(
        assessment=reply.assessment,
        text=remark,
        author=UserFactory(role="Eindredacteur", last_name=editor),
    )
    document = reverse(
        "assessments:reply-document", args=[reply.assessment.codings.get().passage.version_id]
    )

    shown = client.get(PAGE).text + client.get(document).text

    assert not [word for word in (note, remark, author, editor) if word in shown]
    client.force_login(UserFactory(role="Adviseur"))
    address = reverse(
        "assessments:assess", args=[coalition.municipality.slug, 2026, "ondermijning"]
    )
    of_vrt = client.get(address).text
    assert [word for word in (note, remark, author, editor) if word in of_vrt] == [
        note,
        remark,
        author,
        editor,
    ]


def test_another_municipality_sees_and_changes_nothing(client, sign_in, coalition):
    word = any_word()
    reply = ask(coalition, summary=word)
    version = reply.assessment.codings.get().passage.version
    neighbour = CoalitionFactory()
    ask(neighbour, "brandweer")
    sign_in("Gemeentecontact", municipality=neighbour.municipality)

    assert word not in client.get(PAGE).text
    document = client.get(reverse("assessments:reply-document", args=[version.pk]))
    missing = client.get(reverse("assessments:reply-document", args=[10**6]))
    assert document.status_code == missing.status_code == 404
    send(client, fields(reply, position="agree"))
    send(client, fields(reply), address="assessments:agree")

    reply.refresh_from_db()
    assert reply.position == ""


def test_a_contact_without_anything_asked_finds_an_empty_page_and_no_round(
    client, sign_in, coalition
):
    draft_of(CodingFactory(passage__version__agreement__coalition=coalition))
    sign_in("Gemeentecontact", municipality=coalition.municipality)

    assert "Er ligt nu niets voor u klaar" in client.get(PAGE).text
    assert client.post(reverse("assessments:reply", args=[2026])).status_code == 404


def test_the_document_opens_at_the_quote_and_shows_only_what_is_asked(client, contact, coalition):
    reply = ask(coalition)
    coding = reply.assessment.codings.get()
    version = coding.passage.version
    hidden = CodingFactory(
        passage=PassageFactory(version=version, start=29, end=62), theme__key="brandweer"
    )

    address = reverse("assessments:reply-document", args=[version.pk])
    text = client.get(f"{address}?passage={coding.passage_id}").text

    assert f'id="passage-{coding.passage_id}"' in text
    assert "lit" in text
    assert f'id="passage-{hidden.passage_id}"' not in text


def test_a_document_on_which_nothing_asked_rests_is_not_there(client, contact, coalition):
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition))
    address = reverse("assessments:reply-document", args=[version.pk])
    assert client.get(address).status_code == 404

    ask(coalition)

    assert client.get(address).status_code == 200  # the control: to reply from


def test_the_question_is_told_at_the_contacts_home_and_to_nobody_else(
    client, sign_in, contact, coalition
):
    ask(coalition)
    asked = "VRT vraagt uw reactie op 1 thema"

    assert asked in client.get("/").text
    sign_in("Burgemeester", municipality=coalition.municipality)
    assert asked not in client.get("/").text
    sign_in("Gemeentecontact", municipality=CoalitionFactory().municipality)
    assert asked not in client.get("/").text


def test_the_page_asks_as_often_for_six_themes_as_for_one(client, contact, coalition):
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition), text=TEXT)

    def queries():
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    given(ask(coalition, version=version), by=contact, quote="")
    few = queries()
    for number in range(5):
        ask(coalition, f"thema-{number}")

    assert queries() == few
