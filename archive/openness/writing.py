"""Writes the dossiers of a municipality: pages to read, the same as data, the files, and the list of contents."""

import mimetypes
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from agreements.models import AgreementVersion
from archive import rows
from archive.openness import editions
from archive.openness.gathering import gather
from archive.openness.kinds import KINDS
from archive.openness.standing import DRAFT
from archive.openness.tables import write_table
from archive.openness.words import in_words
from archive.sealed import Writer

STYLE = Path(__file__).with_name("opmaak.css")
_PIECE = 1024 * 1024

NOT_IN_IT = (
    "Namen van mensen. Bij elke handeling staat de rol, met een nummer: Adviseur 1 is overal dezelfde persoon.",
    "Wat over alle gemeenten tegelijk gaat: de regionale inbreng, de termen, de lotingen, en de keuze van citaten per thema.",
    "Wat niet over de inhoud gaat: accounts, aanmeldingen, verstuurde mail, de zoekindex en bewaarde zoekopdrachten.",
    "Waar elk woord op het papier staat. Dat is af te leiden uit het bestand.",
    "Concepten en beoordelingen van andere gemeenten.",
    "Vastgestelde rapporten over meer gemeenten samen. Die staan in het portaal.",
    "Wat buiten het portaal is bewaard, zoals e-mail en gesprekken.",
)


@dataclass(frozen=True)
class Item:
    """One line of the list of contents."""

    title: str
    date: date | None
    kind: str
    standing: str
    is_invented: bool
    pages: int | None
    address: str
    sha256: str = ""
    holds_drafts: bool = False


@transaction.atomic(durable=True)
def export_openness(path, *, municipality, term=None, replace=False, say=lambda line: None):
    """Write everything about one municipality to a file; gives the list of contents.

    Raises Refused when the file can't be written. Of one moment, as export_all.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        rows.settle(cursor)
    dossiers, people = gather(municipality, term)
    reports = editions.files_of(municipality, term)
    facts_of_reports = editions.as_rows(reports, people)
    about = {
        "municipality": municipality,
        "term": term,
        "made_at": timezone.now(),
        "version": settings.VERSION,
    }
    with Writer(path, replace=replace) as archive:
        archive.add("opmaak.css", [STYLE.read_bytes()])
        items = []
        for dossier in dossiers:
            items.append(_write_dossier(archive, dossier, about))
            items += _write_files(archive, dossier, say)
        items += _write_editions(archive, reports, facts_of_reports)
        _write_data(archive, dossiers)
        _write_list(archive, items, about)
        _write_index(archive, dossiers, items, about)
    records = [record for dossier in dossiers for record in dossier.records]
    say(f"{len(dossiers)} dossiers, {len(items)} documenten, {len(records)} rijen")
    say(
        f"{sum(record.standing is DRAFT for record in records)} rijen zijn een concept, en zo gemerkt"
    )
    for where in [*_with_names(dossiers, people), *_reports_with_names(facts_of_reports, people)]:
        say(f"LET OP: kijk na of hier een naam in vrije tekst staat: {where}")
    return items


def _address(dossier):
    return f"{dossier.kind.opens}/{dossier.pk}-{slugify(dossier.title)[:60].strip('-')}.html"


def _write_dossier(archive, dossier, about):
    address = _address(dossier)
    for record in dossier.records:
        record.files = _files_of(dossier, record)
    page = render_to_string(
        "archive/openness/dossier.html",
        about | {"dossier": dossier, "root": "../"},
    )
    return Item(
        title=dossier.title,
        date=dossier.date,
        kind=f"dossier: {dossier.kind.name}",
        standing=dossier.standing,
        is_invented=dossier.is_invented,
        pages=None,
        address=address,
        sha256=archive.add(address, [page.encode()]),
        holds_drafts=dossier.holds_drafts,
    )


def _files_of(dossier, record):
    """Where the file of a version stands, and its text; nothing for other rows."""
    if record.kind.model is not AgreementVersion:
        return ()
    version = record.row
    ending = mimetypes.guess_extension(version.media_type) or ""
    stem = f"akkoorden/{dossier.pk}-versie-{version.number}"
    names = [f"{stem}{ending}"] if _stored(version) else []
    return (*names, f"{stem}-tekst.txt") if version.text else tuple(names)


def _stored(version):
    file = Path(settings.MEDIA_ROOT, version.file.name) if version.file else None
    return file if file and file.is_file() else None


def _write_files(archive, dossier, say):
    for record in dossier.records:
        if record.kind.model is not AgreementVersion:
            continue
        version = record.row
        item = Item(
            title=str(version),
            date=version.agreement.adopted_on or timezone.localtime(version.uploaded_at).date(),
            kind=version.agreement.get_kind_display(),
            standing=record.standing,
            is_invented=record.is_invented,
            pages=version.page_count or None,
            address="",
        )
        if file := _stored(version):
            name, *_ = record.files
            with file.open("rb") as stream:
                found = archive.add(name, iter(partial(stream.read, _PIECE), b""), is_packed=False)
            yield changed(item, address=name, sha256=found)
        else:
            say(f"LET OP: het bestand van {version} is er niet.")
            yield item
        if version.text:
            head = _marks(record) + f"{version}. De tekst zoals het portaal die las.\n\n"
            found = archive.add(record.files[-1], [(head + version.text + "\n").encode()])
            yield changed(
                item, kind="tekst van een document", address=record.files[-1], sha256=found
            )


def _write_editions(archive, files, facts):
    for file, row in zip(files, facts, strict=True):
        edition, name = file.edition, row["bestand"]
        yield Item(
            title=str(edition),
            date=timezone.localtime(edition.frozen_at).date(),
            kind=f"vastgesteld rapport ({file.get_format_display()})",
            standing=row["status"],
            is_invented=edition.is_fiction,
            pages=None,
            address=name,
            sha256=archive.add(name, [bytes(file.data)]),
        )
    if files:
        write_table(archive, "gegevens/rapporten", facts)


def _marks(part):
    """What stands above a text that isn't a page."""
    marks = ["CONCEPT\n"] if part.standing is DRAFT else []
    return "".join(
        [
            *marks,
            *(["VERZONNEN VOORBEELD: dit akkoord bestaat niet.\n"] if part.is_invented else []),
        ]
    )


def _write_data(archive, dossiers):
    """Every row and every change as data, per kind: JSON Lines and CSV, with the same words as on the pages."""
    for kind in KINDS:
        found = [
            _flat(dossier, record)
            for dossier in dossiers
            for record in dossier.records
            if record.kind is kind
        ]
        if found:
            write_table(archive, f"gegevens/{slugify(kind.plural)}", found)
    history = [
        {
            "dossier": _address(dossier),
            "status": str(event.standing),
            "verzonnen voorbeeld": in_words(event.is_invented),
            "moment": in_words(event.at),
            "door": event.who,
            "wat": event.what,
            "waarvan": event.about,
            "veld": name,
            "voor": before,
            "na": after,
        }
        for dossier in dossiers
        for event in dossier.events
        for name, before, after in event.changes or [("", "", "")]
    ]
    if history:
        write_table(archive, "gegevens/geschiedenis", history)


def _flat(dossier, record):
    return {
        "dossier": _address(dossier),
        "soort": record.kind.name,
        "nummer": record.pk,
        "status": str(record.standing),
        "verzonnen voorbeeld": in_words(record.is_invented),
        **record.values,
    }


def _status(item):
    is_more = item.holds_drafts and item.standing is not DRAFT
    return f"{item.standing}, bevat CONCEPT" if is_more else str(item.standing)


def _write_list(archive, items, about):
    lines = [
        {
            "nummer": number,
            "titel": item.title,
            "datum": in_words(item.date) if item.date else "",
            "soort": item.kind,
            "status": _status(item),
            "verzonnen voorbeeld": in_words(item.is_invented),
            "bladzijden": "" if item.pages is None else item.pages,
            "bestand": item.address or "ontbreekt",
            "sha256": item.sha256,
        }
        for number, item in enumerate(items, start=1)
    ]
    write_table(archive, "inventarislijst", lines)
    page = render_to_string("archive/openness/list.html", about | {"items": items, "root": ""})
    archive.add("inventarislijst.html", [page.encode()])


def _write_index(archive, dossiers, items, about):
    groups = [
        (kind, [(dossier, _address(dossier)) for dossier in dossiers if dossier.kind is kind])
        for kind in KINDS
        if kind.opens
    ]
    counts = {}
    for dossier in dossiers:
        for record in dossier.records:
            counts.setdefault(record.kind, {}).setdefault(record.standing, 0)
            counts[record.kind][record.standing] += 1
    table = [
        (kind, [found.get(standing, 0) for standing in type(DRAFT)])
        for kind, found in ((kind, counts[kind]) for kind in KINDS if kind in counts)
    ]
    context = about | {
        "groups": groups,
        "table": table,
        "number": len(items),
        "not_in_it": NOT_IN_IT,
        "is_invented": any(dossier.is_invented for dossier in dossiers),
        "root": "",
    }
    page = render_to_string("archive/openness/index.html", context)
    archive.add("index.html", [page.encode()])
    readme = render_to_string("archive/openness/LEESMIJ.txt", context)
    archive.add("LEESMIJ.txt", [readme.encode()])


def _with_names(dossiers, people):
    """Where a name of someone with an account stands in a text; to look at before anything leaves the house.

    The history too: a text that was mended, or deleted, still stands there.
    """
    now = [
        f"{_address(dossier)}#{record.anchor}"
        for dossier in dossiers
        for record in dossier.records
        if any(people.is_named_in(words) for words in record.values.values())
    ]
    then = [
        f"{_address(dossier)}#history ({event.about})"
        for dossier in dossiers
        for event in dossier.events
        if any(people.is_named_in(text) for change in event.changes for text in change[1:])
    ]
    return [*now, *dict.fromkeys(then)]


def _reports_with_names(facts, people):
    return [
        row["bestand"]
        for row in facts
        if any(
            people.is_named_in(row[name]) for name in ("titel", "waarvoor", "reden van intrekking")
        )
    ]
