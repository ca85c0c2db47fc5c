"""An edition of years ago can still be read: one of each block, as the first editions wrote it down (ADR 42).

Never change these; a test that fails here says that old editions would be unreadable.
"""

import json

from reports.document import (
    Document,
    Heading,
    Item,
    Items,
    Level,
    Paragraph,
    Picture,
    Quote,
    Table,
    from_data,
)
from reports.models import Format
from reports.rendering import render

FIRST = """
{"is": "document", "title": "Enschede", "subtitle": "Veiligheid", "kind": "Gemeenterapport", "lead": "Alle thema’s.",
 "standing": "Editie 1, vastgesteld op 1 december 2026", "made_at": "2026-12-01T09:00:00+00:00", "about": "Voorbeeld.",
 "has_cover": true, "flows": false,
 "cover": [
  {"is": "table", "title": "Oordelen", "heads": ["Thema", "Oordeel"],
   "rows": [["Brandweer", {"is": "level", "level": 3, "word": "concreet", "aside": ""}]], "widths": [60, 40]}],
 "chapters": [
  {"is": "heading", "text": "Brandweer", "level": 1},
  {"is": "level", "level": null, "word": "nog niet beoordeeld", "aside": ""},
  {"is": "paragraph", "text": "Een zin.", "look": "body", "address": ""},
  {"is": "quote", "text": "Er komt een kazerne.", "source": "Samen, blz. 4", "address": "https://example.org/", "detail": "concreet"},
  {"is": "items", "items": [{"is": "item", "text": "een kazerne", "lead": "", "source": "blz. 4", "address": "https://example.org/"}]},
  {"is": "picture", "name": "spreiding", "title": "Spreiding", "alt": "1 concreet.", "width": 320, "height": 40, "shapes": [
   {"is": "shape", "tag": "rect", "kind": "level-3", "x": 1, "y": 2, "width": 9, "height": 9, "radius": 0, "path": "", "text": "",
    "anchor": "start", "is_dashed": false}]}]}
"""


def test_the_first_editions_can_be_read():
    document = from_data(json.loads(FIRST))

    assert isinstance(document, Document)
    kinds = {type(block) for block in document.blocks}
    assert kinds == {Table, Heading, Level, Paragraph, Quote, Items, Picture}
    assert isinstance(document.blocks[5].items[0], Item)
    assert "“Er komt een kazerne.”" in document.said()


def test_the_first_editions_can_be_laid_out_in_every_form():
    document = from_data(json.loads(FIRST))

    assert all(render(document, format) for format in Format)
