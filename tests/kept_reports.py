"""Reports that are kept, as rows for tests that need one and don't care how it was frozen."""

from hashlib import sha256

from reports.document import Document, Paragraph, as_data
from reports.models import Bundle, Edition, EditionFile, Withdrawal
from tests.factories import UserFactory

FILE = b"%PDF-1.7 kept"


def kept_edition(coalition, *, number=1, withdrawn="", **fields):
    """An edition of a municipality's report with one file; withdrawn when there is a reason."""
    document = Document(
        title=str(coalition.municipality),
        subtitle="Veiligheid",
        kind="Gemeenterapport",
        lead="Zo was het.",
        standing=f"Editie {number}",
        made_at="2026-06-01T12:00:00+00:00",
        chapters=(Paragraph("Wat er toen stond."),),
    )
    editor = fields.pop("frozen_by", None) or UserFactory(role="Eindredacteur")
    edition = Edition.objects.create(
        kind=fields.pop("kind", "gemeente"),
        year=coalition.term.start_year,
        about=fields.pop("about", coalition.municipality.slug),
        number=number,
        title=str(coalition.municipality),
        content=as_data(document),
        frozen_by=editor,
        **fields,
    )
    EditionFile.objects.create(
        edition=edition, format="pdf", data=FILE, sha256=sha256(FILE).hexdigest()
    )
    if withdrawn:
        Withdrawal.objects.create(edition=edition, reason=withdrawn, withdrawn_by=editor)
    return edition


def kept_reports(rows, coalition):
    """This many editions of a report besides a withdrawn one, and a zip; gives the last edition and the zip."""
    editor = UserFactory(role="Eindredacteur")
    for number in range(1, rows + 2):
        edition = kept_edition(
            coalition,
            number=number,
            withdrawn="Er stond een fout in." if number == 1 else "",
            frozen_by=editor,
            note="Voor het overleg.",
        )
    bundle = Bundle.objects.create(
        term=coalition.term,
        state="klaar",
        done=1,
        total=1,
        size=8,
        file="agreements/aa/aa",
        asked_by=editor,
    )
    return edition, bundle
