"""Uploading a file, from the form to a version that can be read."""

import io
import threading

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from agreements import actions
from agreements.intake.refusal import Refused
from agreements.models import Agreement, AgreementVersion
from agreements.tasks import read_version, resume_reading
from tests.factories import AgreementFactory, CoalitionFactory, UserFactory, VersionFactory

TEXT = "Wij pakken ondermijning aan.\n\nEr komt een team."


def text_file(content=TEXT, name="akkoord.txt"):
    return SimpleUploadedFile(name, content.encode())


def upload(client, coalition, file, **extra):
    data = {"coalition": coalition.pk, "title": "Samen", "kind": "coalitieakkoord", "file": file}
    return client.post(reverse("agreements:create"), data | extra)


def test_keeps_what_was_typed_with_the_file(client, sign_in, db):
    user = sign_in("Adviseur")
    coalition = CoalitionFactory()

    upload(
        client,
        coalition,
        text_file(),
        adopted_on="2026-06-01",
        source_url="https://www.voorbeeld.nl/akkoord",
        parties="Lokaal, CDA",
    )

    agreement = Agreement.objects.get()
    assert (agreement.title, agreement.coalition) == ("Samen", coalition)
    assert agreement.coalition.parties == ["Lokaal", "CDA"]
    version = agreement.versions.get()
    assert (version.state, version.uploaded_by) == ("wacht", user)


def test_the_worker_makes_it_readable(client, sign_in, db):
    sign_in("Adviseur")
    upload(client, CoalitionFactory(), text_file())
    version = AgreementVersion.objects.get()

    read_version(pk=version.pk)

    response = client.get(version.get_absolute_url())
    assert "Wij pakken ondermijning aan." in response.text


def test_shows_that_it_waits_until_it_is_read(client, sign_in, db):
    sign_in("Adviseur")
    upload(client, CoalitionFactory(), text_file())

    response = client.get(AgreementVersion.objects.get().get_absolute_url())

    assert "Wacht op verwerking" in response.text


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("leeg.pdf", b""), "Dit bestand is leeg"),
        (SimpleUploadedFile("groot.pdf", b"x" * 2000), "mag hoogstens"),
    ],
)
def test_refuses_at_once_and_stores_nothing(client, sign_in, db, settings, file, message):
    sign_in("Adviseur")
    settings.MAX_UPLOAD_BYTES = 1000

    response = upload(client, CoalitionFactory(), file)

    assert message in response.text
    assert "Samen" in response.text
    assert not Agreement.objects.exists()


def test_says_where_the_same_file_already_is(client, sign_in, db):
    sign_in("Adviseur")
    first = CoalitionFactory()
    upload(client, first, text_file(), title="Eerste")

    response = upload(client, CoalitionFactory(), text_file(name="anders.txt"), title="Tweede")

    assert f"Dit bestand staat er al: “Eerste” van {first}" in response.text
    assert Agreement.objects.count() == 1


def test_a_file_that_was_refused_may_come_again(db):
    agreement = AgreementFactory()
    bad = actions.read(
        actions.upload(agreement, file=text_file("Gewone tekst", "nep.pdf"), by=UserFactory())
    )

    again = actions.upload(agreement, file=text_file("Gewone tekst", "nep.txt"), by=UserFactory())

    assert bad.is_refused
    assert actions.read(again).is_ready


def test_a_refusal_keeps_the_reason_and_not_the_file(db, settings):
    agreement = AgreementFactory()

    version = actions.read(
        actions.upload(agreement, file=text_file("Gewone tekst", "nep.pdf"), by=UserFactory())
    )

    assert version.reason
    assert not version.file
    assert not version.pages.exists()


@pytest.mark.django_db(transaction=True)
def test_the_file_of_a_refusal_leaves_the_disk(settings):
    actions.read(
        actions.upload(AgreementFactory(), file=text_file("Tekst", "nep.pdf"), by=UserFactory())
    )

    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "a\x00b.txt", "😀" * 1000 + ".txt", "..txt"]
)
def test_a_name_is_data_and_never_a_path(db, settings, name):
    file = text_file()
    file._name = name

    version = actions.upload(AgreementFactory(), file=file, by=UserFactory())

    assert "/" not in version.original_name
    assert "\x00" not in version.original_name
    assert len(version.original_name) <= 150
    outside = settings.MEDIA_ROOT.parent
    files = [path for path in outside.rglob("*") if path.is_file()]
    assert [path.relative_to(outside).parts[0] for path in files] == ["files"]


def test_a_scan_is_accepted_and_says_that_it_has_no_text(client, sign_in, db):
    sign_in("Adviseur")
    pdf, buffer = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(buffer)
    upload(client, CoalitionFactory(), SimpleUploadedFile("scan.pdf", buffer.getvalue()))
    version = AgreementVersion.objects.get()

    read_version(pk=version.pk)

    assert "Geen tekst gevonden" in client.get(version.get_absolute_url()).text


def test_a_killed_worker_leaves_work_for_the_next(db):
    version = actions.upload(AgreementFactory(), file=text_file(), by=UserFactory())
    AgreementVersion.objects.filter(pk=version.pk).update(state="bezig", attempts=1)

    version = actions.read(version)

    assert version.is_ready


def test_a_file_that_kills_the_worker_twice_is_refused(db):
    version = actions.upload(AgreementFactory(), file=text_file(), by=UserFactory())
    AgreementVersion.objects.filter(pk=version.pk).update(state="bezig", attempts=2)

    version = actions.read(version)

    assert version.is_refused
    assert "twee keer" in version.reason


def test_resuming_asks_for_every_unfinished_version(db):
    version = actions.upload(AgreementFactory(), file=text_file(), by=UserFactory())

    resume_reading()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'agreements.read_version'"
        )
        assert [args for (args,) in cursor.fetchall()] in (
            [{"pk": version.pk}],
            [f'{{"pk": {version.pk}}}'],
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_upload_the_same_file_at_once_get_one_version_and_one_message():
    agreements = [AgreementFactory(), AgreementFactory()]
    barrier, answers = threading.Barrier(2), []

    def send(agreement):
        barrier.wait()
        try:
            answers.append(actions.upload(agreement, file=text_file(), by=None))
        except Refused as refusal:
            answers.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=send, args=[agreement]) for agreement in agreements]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers.count("already-here") == 1
    assert AgreementVersion.objects.count() == 1


def test_a_file_comes_out_as_a_download_that_runs_nothing(client, sign_in, db):
    sign_in("Adviseur")
    version = actions.upload(
        AgreementFactory(), file=text_file("<script>alert(1)</script>", "a.html"), by=None
    )

    response = client.get(reverse("agreements:version-file", args=[version.pk]))

    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"


def test_a_newer_file_becomes_a_newer_version(client, sign_in, db):
    sign_in("Adviseur")
    version = VersionFactory(number=1)

    client.post(
        reverse("agreements:version-create", args=[version.agreement_id]), {"file": text_file()}
    )

    assert [v.number for v in version.agreement.versions.all()] == [2, 1]
