"""Sheets as XLSX, row by row. No Django inside."""

from collections.abc import Iterable
from datetime import date
from typing import IO, Any

import xlsxwriter

from exchange.tables.cells import for_xlsx, plain
from exchange.tables.sheets import Kind, Sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS = {Kind.NUMBER: "0", Kind.MONEY: "#,##0.00", Kind.DATE: "yyyy-mm-dd"}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(sheets: Iterable[Sheet], file: IO[bytes], *, title: str) -> None:
    """Write the sheets to the file, with a frozen head, a filter and widths. A text is always a text."""
    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties({"title": title})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {
        kind: book.add_format(
            {"valign": "top", "text_wrap": kind is Kind.TEXT}
            | ({"num_format": _FORMATS[kind]} if kind in _FORMATS else {})
        )
        for kind in Kind
    }
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, head, formats)
    book.close()


def _write_sheet(page: Any, sheet: Sheet, head: Any, formats: dict[Kind, Any]) -> None:
    page.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.title, head)
    kinds = [formats[column.kind] for column in sheet.columns]
    number = 0
    for number, row in enumerate(sheet.rows, start=1):
        for at, value in enumerate(row):
            if value is None or value == "":
                continue
            # Each by its own method: `write` would guess.
            if isinstance(value, str):
                page.write_string(number, at, for_xlsx(plain(value)), kinds[at])
            elif isinstance(value, date):
                page.write_datetime(number, at, value, kinds[at])
            else:
                page.write_number(number, at, value, kinds[at])
    page.autofilter(0, 0, number, len(sheet.columns) - 1)
