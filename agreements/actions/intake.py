"""Taking in a file: kept at once, read by the worker, stored whole or refused with a reason."""

import hashlib
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from agreements.actions.anchoring import reanchor
from agreements.actions.suggestions import propose
from agreements.intake.filename import safe_name
from agreements.intake.refusal import Refused
from agreements.intake.sandbox import read_in_subprocess
from agreements.models import AgreementVersion, Page

MEGABYTE = 1024 * 1024
ATTEMPTS = 2  # a file that takes the worker down twice is refused instead of tried for ever


def upload(agreement, *, file, by):
    """Keep an uploaded file as the newest version of an agreement (saved here if it is new).

    `file` is a Django File. The version waits to be read; the caller defers that. Raises Refused, with
    nothing stored, when the file is empty, too large, or already here.
    """
    if not file.size:
        raise Refused("empty", "Dit bestand is leeg. Kies een bestand met inhoud.")
    if file.size > settings.MAX_UPLOAD_BYTES:
        limit = settings.MAX_UPLOAD_BYTES // MEGABYTE
        raise Refused(
            "too-large",
            f"Dit bestand is {-(-file.size // MEGABYTE)} MB. Een bestand mag hoogstens {limit} MB zijn. "
            "Maak het kleiner en probeer het opnieuw.",
        )
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    _refuse_a_second_copy(sha256)
    version = AgreementVersion(
        original_name=safe_name(file.name), sha256=sha256, size=file.size, uploaded_by=by
    )
    try:
        with transaction.atomic():
            agreement.save()
            version.agreement = agreement
            highest = agreement.versions.aggregate(highest=Max("number"))["highest"]
            version.number = (highest or 0) + 1
            version.file.save("", file, save=False)
            version.save()
    except BaseException as problem:
        if version.file:
            version.file.storage.delete(version.file.name)
        if isinstance(problem, IntegrityError):  # someone else uploaded it at this very moment
            _refuse_a_second_copy(sha256)
        raise
    return version


def _refuse_a_second_copy(sha256):
    there = (
        AgreementVersion.objects.without_text()
        .exclude(state=AgreementVersion.State.REFUSED)
        .filter(sha256=sha256)
        .select_related("agreement__coalition__municipality", "agreement__coalition__term")
        .first()
    )
    if there:
        raise Refused(
            "already-here",
            f"Dit bestand staat er al: “{there.agreement}” van {there.agreement.coalition}. "
            "U hoeft het niet opnieuw te uploaden.",
        )


def read(version):
    """Read a waiting version in a subprocess with limits, and store its text whole or not at all.

    Returns the version, which is then ready or refused with a reason. A version that is read somewhere
    else at this moment, or is finished, is returned as it is.
    """
    with _only_reader_of(version) as mine:
        version.refresh_from_db()
        if not mine or version.state in {version.State.READY, version.State.REFUSED}:
            return version
        if version.attempts >= ATTEMPTS:
            return _refuse(
                version,
                "Het verwerken van dit bestand brak twee keer af. "
                "Sla het document opnieuw op als PDF en upload het nog een keer.",
            )
        version.state = version.State.READING
        version.attempts += 1
        version.save(update_fields=["state", "attempts"])
        try:
            document = read_in_subprocess(
                Path(version.file.path), version.original_name, on_progress=_progress_of(version)
            )
        except Refused as refusal:
            return _refuse(version, refusal.reason)
        return _store(version, document)


@contextmanager
def _only_reader_of(version):
    """Hold a lock of the database session, which a killed worker can't leave behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_READING, version.pk])
        (mine,) = cursor.fetchone()
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_READING, version.pk])


_READING = 4711  # the first half of the advisory locks that guard reading


def _progress_of(version):
    def tell(done, of):
        AgreementVersion.objects.filter(pk=version.pk).update(pages_read=done, page_count=of)

    return tell


@transaction.atomic
def _store(version, document):
    version.text = document.text
    version.media_type = document.media_type
    version.sections = [
        {
            "title": section.title,
            "level": section.level,
            "start": section.start,
            "page": section.page,
        }
        for section in document.sections
    ]
    version.page_count = version.pages_read = len(document.pages)
    version.has_text = document.has_text
    version.state = version.State.READY
    version.read_at = timezone.now()
    version.save()
    Page.objects.bulk_create(
        Page(
            version=version,
            number=page.number,
            start=page.start,
            end=page.end,
            width=page.width,
            height=page.height,
            words=[
                [word.start, word.end, word.x0, word.y0, word.x1, word.y1] for word in page.words
            ],
        )
        for page in document.pages
    )
    reanchor(version)
    propose(version)
    return version


def _refuse(version, reason):
    """Refuse a version: the reason stays, the file goes."""
    file = version.file.name
    version.state = version.State.REFUSED
    version.reason = reason
    version.file = ""
    version.pages_read = version.page_count = 0
    version.save()
    transaction.on_commit(lambda: version._meta.get_field("file").storage.delete(file))
    return version
