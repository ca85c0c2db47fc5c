"""The frozen reports about one municipality alone, the withdrawn too: their files, and what was decided about them."""

from django.utils.text import slugify

from archive.openness.words import in_words
from reports.models import EditionFile


def files_of(municipality, term):
    """The files of these reports with their editions, the newest edition first."""
    return list(EditionFile.objects.about(municipality, term))


def address_of(file):
    """Numbers count per subject, and what that is may differ in signs alone: only the key is certainly its own."""
    edition = file.edition
    about = slugify(edition.about.replace("+", "-"))[:60].strip("-")
    return f"rapporten/{edition.pk}-{edition.kind}-{edition.year}-{about}-editie-{edition.number}.{file.format}"


def standing_of(edition):
    return "ingetrokken" if edition.is_withdrawn else "vastgesteld"


def as_rows(files, people):
    """What is known of each file and its edition, as label and words: who froze and who withdrew it by role."""
    return [_row(file, people) for file in files]


def _row(file, people):
    edition = file.edition
    row = {
        "bestand": address_of(file),
        "soort": edition.get_kind_display(),
        "nummer": edition.pk,
        "status": standing_of(edition),
        "verzonnen voorbeeld": in_words(edition.is_fiction),
        "titel": edition.title,
        "raadsperiode vanaf": edition.year,
        "editie": edition.number,
        "waarvoor": edition.note,
        "vastgesteld op": in_words(edition.frozen_at),
        "vastgesteld door": people.role(edition.frozen_by_id),
        "ingetrokken op": "",
        "ingetrokken door": "",
        "reden van intrekking": "",
        "sha256": file.sha256,
    }
    if edition.is_withdrawn:
        withdrawal = edition.withdrawal
        row |= {
            "ingetrokken op": in_words(withdrawal.withdrawn_at),
            "ingetrokken door": people.role(withdrawal.withdrawn_by_id),
            "reden van intrekking": withdrawal.reason,
        }
    return row
