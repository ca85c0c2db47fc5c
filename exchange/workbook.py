"""What goes into one file: the tables, and the sheet that says what they are."""

import tempfile

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from exchange import judgements, quotes
from exchange.tables import csv_table, ods, xlsx
from exchange.tables.sheets import Column, Sheet

TITLE = "Veiligheid in coalitieakkoorden van Twente"
PUBLISHER = "Veiligheidsregio Twente"
TABLES = {
    "citaten": quotes.quotes,
    "beoordelingen": judgements.judgements,
    "maatregelen": quotes.measures,
}
WHOLE = "alles"
_BOOKS = {"ods": ods, "xlsx": xlsx}
# What there is, as the words of an address: all tables in one file, or one table as CSV.
FILES = {(WHOLE, kind): book.MEDIA_TYPE for kind, book in _BOOKS.items()} | {
    (table, "csv"): csv_table.MEDIA_TYPE for table in TABLES
}
_IN_MEMORY = 1_000_000  # bytes; a larger file goes by way of the disk


def write(scope, *, table, kind, address_of):
    """A file with what the scope holds, ready to be read from its beginning.

    `table` and `kind` are a key of FILES; `address_of` makes a whole address of a path. The caller
    closes the file, and then it is gone.
    """
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    if kind == "csv":
        csv_table.write(TABLES[table](scope, address_of=address_of), file)
    else:
        sheets = [make(scope, address_of=address_of) for make in TABLES.values()]
        sheets.append(explanation(scope, sheets, address=address_of("/")))
        _BOOKS[kind].write(sheets, file, title=TITLE)
    file.seek(0)
    return file


def explanation(scope, sheets, *, address):
    """The sheet Toelichting: what this is, when it was made, and what each column means."""
    now = timezone.localtime()
    made = date_format(now, "j F Y, H:i")
    licence = (
        settings.OPEN_DATA_LICENCE
        or "Niet bepaald. Vraag het na voordat u de gegevens verder verspreidt."
    )
    about = [
        ("Wat dit is", f"{TITLE}: citaten uit coalitieakkoorden over zes veiligheidsthema’s, met de beoordelingen."),
        ("Keuze", scope.in_words),
        ("Gemaakt op", made),
        ("Bron", f"{PUBLISHER}, {address}"),
        ("Licentie", licence),
        ("Zo verwijst u", f"{PUBLISHER}, {TITLE}, {made}, {address}"),
        ("Oordeel", f"{judgements.LEVELS}. Een leeg oordeel is nog niet beoordeeld, en telt niet mee als 0."),
        ("Fictie", "Staat er ‘ja’, dan is het akkoord verzonnen. Woorden en oordelen daaruit zijn niet echt."),
        ("Tekens", "Elk regeleinde is één teken. Een stuurteken dat een bestand niet kan bevatten, staat er als afbeelding (zoals ␛). Begin en einde tellen tekens van Unicode."),
    ]  # fmt: skip
    rows = [("", what, text) for what, text in about]
    rows += [
        (sheet.name, column.title, column.meaning) for sheet in sheets for column in sheet.columns
    ]
    columns = [
        Column("blad", "", width=14),
        Column("onderwerp", "", width=26),
        Column("uitleg", "", width=90),
    ]
    return Sheet("Toelichting", columns, rows)
