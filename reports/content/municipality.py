"""The report of one municipality in one council term."""

from django.urls import reverse

from overview import sentences
from overview.content import municipality_page
from overview.drawing import OF_FILE
from overview.measures import published_measures
from overview.pictures import per_year_of, then_and_now_of
from overview.then_and_now import previous, then_and_now
from reports.content import parts
from reports.content.literal import demand_literal
from reports.document import Document, Heading, Paragraph, Table


def municipality_report(coalition, made):
    """Put the report of one coalition together. Raises NotLiteral (checked at export, ADR 2)."""
    page = municipality_page(coalition, has_quotes=False)
    earlier = previous(coalition)
    changes = then_and_now(coalition, earlier)
    measures = published_measures(coalition)
    demand_literal(
        {quote.passage for change in changes for quote in _quotes(change)},
        [row.reply.pk for row in page.rows if row.reply],
    )
    place = [coalition.term.start_year, coalition.municipality.slug]
    return Document(
        title=str(coalition.municipality),
        subtitle=f"Veiligheid in het coalitieakkoord, {coalition.term}",
        kind="Gemeenterapport",
        lead=sentences.of_municipality(page.levels),
        about=parts.FICTION if page.is_fiction else "",
        cover=(_levels(page, changes, earlier),),
        chapters=(
            *_overall(coalition, earlier, changes),
            *(
                block
                for row, change in zip(page.rows, changes, strict=True)
                for block in _chapter(
                    row, change, earlier, measures.per_theme.get(row.theme.pk), page.readable, place
                )
            ),
            *_money(coalition, measures),
            Heading("Over dit rapport", 1),
            Heading("De coalitie"),
            Paragraph(f"Partijen: {', '.join(coalition.parties) or 'niet bekend'}."),
            Heading("De documenten"),
            *parts.documents(page.documents),
            *parts.how_made(reverse("overview:municipality", args=place)),
        ),
        **made.for_document,
    )


def _quotes(change):
    yield from change.quotes
    for point in change.points:
        if point.quote_then:
            yield point.quote_then


def _levels(page, changes, earlier):
    """The six themes at a glance: now, and then where there was a term before."""
    heads = ("Thema", "Oordeel") + ((f"Toen, {earlier.term}", "Verschil") if earlier else ())
    rows = []
    for row, change in zip(page.rows, changes, strict=True):
        cells = (str(row.theme), parts.level(row.assessment and row.assessment.level))
        if earlier:
            cells += (parts.level(change.then and change.then.level), str(change.change))
        rows.append(cells)
    widths = (31, 25, 25, 19) if earlier else (60, 40)
    return Table("De zes thema’s", heads, tuple(rows), widths)


def _overall(coalition, earlier, changes):
    if earlier is None or all(change.why_not for change in changes):
        return
    chart = then_and_now_of(coalition, earlier, changes, width=OF_FILE)
    yield Heading("Toen en nu", 1)
    yield Paragraph(
        f"Per thema het oordeel over {earlier.term} en over {coalition.term}. "
        "Bij elk thema hierna staat per aandachtspunt wat ervan is geworden."
    )
    yield parts.picture(chart)


def _chapter(row, change, earlier, measures, readable, place):
    assessment = row.assessment
    yield Heading(str(row.theme), 1)
    yield parts.level(
        assessment and assessment.level, "" if change.why_not else f"{change.in_words}."
    )
    if assessment is None:
        yield Paragraph(
            "Dit thema is voor deze raadsperiode nog niet beoordeeld, of nog niet gepubliceerd."
        )
    else:
        yield from parts.revised(assessment)
        yield from parts.judged(assessment)
        yield from parts.footing(row.footing)
    if row.ambition:
        yield Heading("Wat de regio vraagt")
        yield Paragraph(row.ambition)
    if assessment is None:
        return
    if change.quotes:
        yield Heading("Wat het akkoord zegt")
        for quote in change.quotes:
            yield parts.quote(quote, quote.treatment.label, quote.focus_point)
    yield from parts.measures(measures)
    yield from _then(change, earlier)
    if assessment.advice:
        yield Heading("Advies van VRT")
        yield Paragraph(assessment.advice)
    yield from parts.reply(row.reply, assessment, readable=readable, place=place)


def _then(change, earlier):
    """What became of each focus point, and what the agreement of then said of it."""
    if earlier is None:
        return
    yield Heading("Toen en nu")
    if change.why_not:
        yield Paragraph(change.why_not, "soft")
        return
    yield Paragraph(change.sentence)
    if change.points:
        yield Table(
            f"{change.theme}: toen en nu per aandachtspunt",
            ("Aandachtspunt", f"Toen, {earlier.term}", "Nu", "Verschil"),
            tuple(
                (point.name, point.then.label, point.now.label, str(point.change))
                for point in change.points
            ),
            (34, 23, 23, 20),
        )
    then = {p.quote_then.passage: p.quote_then for p in change.points if p.quote_then}
    if then:
        yield Heading(f"Wat het akkoord van {earlier.term} zei", 3)
        for quote in then.values():
            yield parts.quote(quote, quote.focus_point)


def _money(coalition, measures):
    if not measures.number:
        return
    totals = measures.totals
    yield Heading("Maatregelen en geld", 1)
    if totals.years:
        chart = per_year_of(coalition, totals, width=OF_FILE)
        yield parts.picture(chart)
        yield Table(
            chart.title,
            tuple(chart.heads),
            tuple(tuple(row) for row in chart.table),
            (20, *[80 // (len(chart.heads) - 1)] * (len(chart.heads) - 1)),
        )
    for sentence in parts.of_totals(totals):
        yield Paragraph(sentence)
