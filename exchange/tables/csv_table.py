"""One sheet as CSV: UTF-8, commas, line ends as RFC 4180 has them (ADR 45). No Django inside."""

import csv
import io
from datetime import date
from typing import IO

from exchange.tables.cells import for_csv, plain
from exchange.tables.sheets import Sheet, Value

MEDIA_TYPE = "text/csv; charset=utf-8"


def write(sheet: Sheet, file: IO[bytes]) -> None:
    """Write the sheet to the file. Numbers have a point, dates are of ISO 8601, and nothing is a formula."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([column.title for column in sheet.columns])
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    text.detach()


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return for_csv(plain(value))
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
