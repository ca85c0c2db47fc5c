"""A report as HTML: a part of a page of the portal, and a file that stands on its own. Its house style is static/report.css."""

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from reports.document import Heading

_SHEETS = ("tokens.css", "report.css")


def pieces(document):
    """What a template draws: per block its kind, the block, and of a chapter its number."""
    return {
        "document": document,
        "cover": [(type(block).__name__, block, 0) for block in document.cover],
        "chapters": list(_numbered(document.chapters)),
    }


def _numbered(blocks):
    number = 0
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            number += 1
        yield type(block).__name__, block, number


def render(document):
    """The bytes of a file that brings its own style along and asks nothing of any other place."""
    style = "\n".join(_sheet(name) for name in _SHEETS)
    file = render_to_string("reports/file.html", pieces(document))
    # Its place stands before the first word of the report, so no word can be taken for it.
    return file.replace("/* report.css */", style, 1).encode()


def _sheet(name):
    with open(finders.find(name), encoding="utf-8") as sheet:
        text = sheet.read()
    # The letters themselves stay at home: a file of one piece takes those of its reader.
    start = text.find("@font-face")
    while start != -1:
        text = text[:start] + text[text.index("}", start) + 1 :]
        start = text.find("@font-face")
    return text
