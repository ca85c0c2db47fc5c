"""The same rows as data, for programs and for spreadsheets."""

import csv
import io
import json

from exchange.tables.cells import for_csv, plain


def write_table(archive, stem, found):
    """Add rows (label and words) to the archive as JSON Lines and CSV, with every label of any row as a column.

    The CSV is for people here: with a mark and semicolons, as a Dutch spreadsheet reads it. No cell is a formula (ADR 45).
    """
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
    archive.add(f"{stem}.jsonl", [lines.encode()])
    columns = list(dict.fromkeys(name for one in found for name in one))
    text = io.StringIO()
    table = csv.DictWriter(text, columns, delimiter=";", restval="")
    table.writeheader()
    table.writerows(
        {name: for_csv(plain(str(value))) for name, value in one.items()} for one in found
    )
    archive.add(f"{stem}.csv", [text.getvalue().encode("utf-8-sig")])
