"""One published edition of a regional input, to be taken along."""

from django.utils.dateparse import parse_date

from reports.content import parts
from reports.content.made import in_words
from reports.document import Document, Heading, Item, Items, Paragraph
from themes.chapters import chapters


def input_report(edition, *, term, themes, address):
    """Put the document of an edition together; `address` is the path where it is read in the portal."""
    content = edition.content
    dated = parse_date(content["dated"]) if content["dated"] else None
    return Document(
        title=content["title"],
        subtitle=f"Wat de regio vraagt aan nieuwe coalities, {term}",
        kind="Regionale inbreng",
        lead="",
        standing=f"Editie {edition.number}, gepubliceerd op {in_words(edition.published_at)}",
        made_at=edition.published_at.isoformat(),
        flows=True,
        chapters=(
            *(block for chapter in chapters(content, themes) for block in _chapter(*chapter)),
            Heading("Over deze inbreng", 1),
            *([Paragraph(f"Gedateerd {in_words(dated)}.")] if dated else []),
            *([Paragraph(f"Bron: {content['source']}")] if content["source"] else []),
            Paragraph("In het portaal staat ook de nieuwste editie:"),
            Paragraph(parts.absolute(address), address=parts.absolute(address)),
        ),
    )


def _chapter(theme, part, partners):
    yield Heading(theme.name, 1)
    yield Paragraph(
        part.get("ambition") or "Voor dit thema staat nog geen ambitie in de inbreng.", "lead"
    )
    points = part.get("focus_points", [])
    if points:
        yield Heading("Aandachtspunten")
        yield Items(tuple(Item(point["description"], f"{point['name']}.") for point in points))
    if partners:
        yield Heading("Partners")
        yield Items(tuple(Item(name) for name in partners))
