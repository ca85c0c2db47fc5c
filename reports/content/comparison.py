"""The report of a comparison: municipalities in one term, or two terms of one municipality."""

from dataclasses import dataclass

from agreements.models import Agreement
from overview.comparison import compare
from overview.sentences import listing
from overview.treatment import Treatment
from reports.content import parts
from reports.content.literal import demand_literal
from reports.document import Document, Heading, Paragraph, Table


@dataclass(frozen=True)
class Compared:
    """What is laid beside each other: coalitions under their names, on these themes or one focus point."""

    columns: list  # of overview.comparison
    themes: list
    title: str
    subtitle: str
    address: str  # of the comparison in the portal
    point: str = ""  # a slug
    by_term: bool = False


def comparison_report(compared, made):
    """Put the report of a comparison together. Raises NotLiteral (checked at export, ADR 2)."""
    groups = compare(compared.columns, compared.themes, point=compared.point)
    demand_literal(
        {
            quote.passage
            for group in groups
            for row in group.rows
            for _, cell in row.cells
            for quote in cell.quotes
        }
    )
    coalitions = [column.coalition.pk for column in compared.columns]
    is_fiction = Agreement.objects.filter(coalition__in=coalitions, is_fiction=True).exists()
    return Document(
        title=compared.title,
        subtitle=compared.subtitle,
        kind="Toen en nu" if compared.by_term else "Vergelijking",
        lead=_lead(compared),
        about=parts.FICTION if is_fiction else "",
        flows=True,
        cover=(_levels(groups, compared),),
        chapters=(
            *(block for group in groups for block in _group(group, compared)),
            Heading("Over dit rapport", 1),
            *parts.how_made(compared.address),
        ),
        **made.for_document,
    )


def _lead(compared):
    if compared.by_term:
        return "Twee raadsperioden naast elkaar, per thema en per aandachtspunt, met de letterlijke citaten."
    return f"{len(compared.columns)} gemeenten naast elkaar, per aandachtspunt, met de letterlijke citaten."


def _levels(groups, compared):
    if compared.by_term:
        heads = ("Thema", *(column.name for column in compared.columns), "Verschil")
        rows = [
            (
                str(group.theme),
                *(parts.level(found and found.level) for _, found in group.judgements),
                str(group.change),
            )
            for group in groups
        ]
        return Table("Oordeel per thema", heads, tuple(rows), (40, 20, 20, 20))
    rows = [
        (column.name, parts.level(found and found.level)) for column, found in groups[0].judgements
    ]
    return Table(
        f"{groups[0].theme}: oordeel per gemeente", ("Gemeente", "Oordeel"), tuple(rows), (60, 40)
    )


def _group(group, compared):
    if len(compared.themes) > 1:
        yield Heading(str(group.theme), 1)
        if compared.by_term:
            yield Paragraph(f"Verschil: {group.change}.", "soft")
    yield from _treatments(group, compared)
    is_chapter = len(compared.themes) == 1
    yield Heading("Samenvattingen", 1 if is_chapter else 2)
    for column, found in group.judgements:
        yield Heading(column.name, 2 if is_chapter else 3)
        yield parts.level(found and found.level)
        if found:
            yield Paragraph(found.summary)
    for row in group.rows:
        yield Heading(row.name or "Zonder aandachtspunt", 1 if is_chapter else 2)
        if compared.by_term and row.name:
            yield Paragraph(f"Verschil: {row.change}.", "soft")
        for column, cell in row.cells:
            if cell.quotes:
                yield Heading(column.name, 2 if is_chapter else 3)
            for quote in cell.quotes:
                # A quote says whose it is: its heading may stand on the page before.
                yield parts.quote(quote, column.name, quote.treatment.label if row.name else "")
        yield from _without_quotes(row)


def _treatments(group, compared):
    """Per column how it treats each focus point, where there are any."""
    points = [row for row in group.rows if row.name]
    if not points:
        return
    heading = "Toen en nu per aandachtspunt" if compared.by_term else "Wie doet wat"
    yield Heading(heading, 1 if len(compared.themes) == 1 else 2)
    yield Table(
        f"{group.theme} in twee raadsperioden"
        if compared.by_term
        else f"{group.theme}: wat elke gemeente met elk aandachtspunt doet",
        ("Raadsperiode" if compared.by_term else "Gemeente", *(row.name for row in points)),
        tuple(
            (column.name, *(_in_words(row.cells[n][1]) for row in points))
            for n, column in enumerate(compared.columns)
        ),
        (20, *[80 // len(points)] * len(points)),
    )


def _in_words(cell):
    if cell.assessment is None:
        return parts.NOT_YET
    if not cell.is_asked:
        return "niet gevraagd"
    return Treatment(cell.treatment).label


def _without_quotes(row):
    """Who has no quote here, together for each reason."""
    named = {}
    for column, cell in row.cells:
        if not cell.quotes:
            named.setdefault(_why_none(cell, row), []).append(column.name)
    for why, names in named.items():
        yield Paragraph(f"{why}: {listing(names)}.", "soft")


def _why_none(cell, row):
    if cell.assessment is None:
        return "Nog niet beoordeeld"
    if not cell.is_asked:
        return "Geen aandachtspunt in deze raadsperiode"
    return "Zwijgt" if row.name else "Geen citaat"
