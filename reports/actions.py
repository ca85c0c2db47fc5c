"""Writes that touch more than one row, each whole or not at all."""

import hashlib
import tempfile
import zipfile
from contextlib import contextmanager
from datetime import timedelta

from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone

from municipalities.models import Coalition, CouncilTerm
from reports.content.made import Made
from reports.differences import differences
from reports.document import as_data
from reports.models import Bundle, Edition, EditionFile, Format, Kind, Withdrawal
from reports.rendering import render
from reports.subjects import filename, subject_at

ATTEMPTS = 2
KEPT = timedelta(days=7)  # a bundle; it can always be made again


class NothingNew(Exception):
    """A report says what its last edition says; freezing it again would add nothing."""

    def __init__(self, edition):
        super().__init__(edition)
        self.edition = edition


@transaction.atomic
def freeze(subject, *, by, note=""):
    """Keep a report as its next edition, with a file in every format.

    Raises NothingNew when the last edition that stands says the same, and NotLiteral.
    """
    # One at a time, so that numbers follow each other.
    CouncilTerm.objects.select_for_update().get(start_year=subject.year)
    earlier = Edition.objects.of(subject).order_by("-number").first()
    number = earlier.number + 1 if earlier else 1
    document = subject.document(Made(timezone.now(), number))
    if earlier and not earlier.is_withdrawn and not differences(earlier.document, document):
        raise NothingNew(earlier)
    edition = Edition.objects.create(
        kind=subject.kind,
        year=subject.year,
        about=subject.about,
        number=number,
        title=subject.title,
        note=note,
        content=as_data(document),
        is_fiction=bool(document.about),
        frozen_by=by,
    )
    for format in Format:
        data = render(document, format)
        EditionFile.objects.create(
            edition=edition, format=format, data=data, sha256=hashlib.sha256(data).hexdigest()
        )
    return edition


@transaction.atomic
def withdraw(edition, *, by, reason):
    """Say that an edition doesn't count any more. Raises IntegrityError when that was said before."""
    return Withdrawal.objects.create(edition=edition, withdrawn_by=by, reason=reason)


@transaction.atomic
def ask_bundle(term, *, format, by):
    """Have all municipality reports of a term made as one zip; gives the Bundle that will hold it.

    Who asks again while one is being made gets that one.
    """
    CouncilTerm.objects.select_for_update().get(pk=term.pk)  # two who ask at once get the same one
    unfinished = Bundle.objects.filter(
        term=term, format=format, state__in=[Bundle.State.WAITING, Bundle.State.BUSY]
    ).first()
    return unfinished or Bundle.objects.create(term=term, format=format, asked_by=by)


def make_bundle(bundle):
    """Make the reports of a bundle one by one and put them in its file, whole or not at all.

    One that is made somewhere else at this moment, or is finished, is left as it is.
    """
    with _only_maker_of(bundle) as mine:
        bundle.refresh_from_db()
        if not mine or bundle.is_finished:
            return
        coalitions = list(Coalition.objects.for_term(bundle.term).order_by("municipality__name"))
        bundle.state = Bundle.State.BUSY if bundle.attempts < ATTEMPTS else Bundle.State.FAILED
        bundle.attempts, bundle.done, bundle.total = bundle.attempts + 1, 0, len(coalitions)
        bundle.save()
        if bundle.is_finished:
            return
        with tempfile.TemporaryFile() as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for number, coalition in enumerate(coalitions, start=1):
                    _add_report(archive, coalition, bundle.format)
                    Bundle.objects.filter(pk=bundle.pk).update(done=number)
            bundle.refresh_from_db()
            bundle.size = out.tell()
            out.seek(0)
            bundle.sha256 = hashlib.file_digest(out, "sha256").hexdigest()
            bundle.state = Bundle.State.READY
            name = f"gemeenterapporten-{bundle.term.start_year}-{bundle.pk}-{bundle.format}.zip"
            bundle.file.save(name, File(out))


def _add_report(archive, coalition, format):
    subject = subject_at(Kind.MUNICIPALITY, coalition.term.start_year, coalition.municipality.slug)
    data = render(subject.document(Made(timezone.now())), format)
    archive.writestr(filename(subject, format), data)


@contextmanager
def _only_maker_of(bundle):
    """Hold a lock of the database session, which a killed worker can't leave behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_MAKING, bundle.pk])
        (mine,) = cursor.fetchone()
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_MAKING, bundle.pk])


_MAKING = 4713  # the first half of the advisory locks that guard the making of bundles


def clear_bundles():
    """Forget bundles that are old: they can be made again."""
    for bundle in Bundle.objects.filter(asked_at__lt=timezone.now() - KEPT):
        bundle.file.delete(save=False)
        bundle.delete()
