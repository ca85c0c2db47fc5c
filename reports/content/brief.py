"""The mayor's brief: one municipality on two pages at most, for a meeting."""

from django.urls import reverse

from overview import sentences
from overview.content import municipality_page
from overview.measures import published_measures
from overview.places import neighbours_of
from overview.then_and_now import previous, then_and_now
from overview.treatment import Treatment
from overview.white_spots import rows_for, white_spots_of_region
from reports.content import parts
from reports.content.literal import demand_literal
from reports.document import Document, Heading, Item, Items, Paragraph, Table
from reports.formats import pdf

PAGES = 2
MOST = 6  # quotes, and lines in each list
MOST_OF_A_QUOTE = 260  # characters: a longer one isn't cut but left to the report
MOST_OF_A_SENTENCE = 220


def brief(coalition, made):
    """Put the brief of one coalition together: as much as two pages of PDF can hold.

    Raises NotLiteral (checked at export, ADR 2).
    """
    page = municipality_page(coalition, has_quotes=False)
    earlier = previous(coalition)
    changes = then_and_now(coalition, earlier)
    measures = published_measures(coalition)
    wanting = _wanting(coalition)
    chosen = _strongest(changes)
    demand_literal({quote.passage for _, quote in chosen})
    for most in range(MOST, -1, -1):
        document = _document(
            coalition, page, changes, earlier, measures, wanting, chosen, most, made
        )
        if pdf.pages_of(document) <= PAGES:
            break
    return document


def _document(coalition, page, changes, earlier, measures, wanting, chosen, most, made):
    """The brief with at most so many quotes, and so many lines in each list."""
    place = [coalition.term.start_year, coalition.municipality.slug]
    address = parts.absolute(reverse("overview:municipality", args=place))
    return Document(
        title=str(coalition.municipality),
        subtitle=f"Veiligheid in het coalitieakkoord, {coalition.term}",
        kind="Kort overzicht voor de burgemeester",
        lead=sentences.of_municipality(page.levels),
        about=parts.FICTION if page.is_fiction else "",
        has_cover=False,
        flows=True,
        chapters=(
            _themes(page, changes, earlier),
            *_quotes(chosen[:most]),
            *_lacks(coalition, wanting, most),
            *_money(measures, most),
            *_advice(page, most),
            *_replies(page),
            Heading("Meer"),
            Paragraph(
                "Alle citaten, het advies en de reacties staan in het gemeenterapport en op deze bladzijde:"
            ),
            Paragraph(address, address=address),
        ),
        **made.for_document,
    )


def _themes(page, changes, earlier):
    """Per theme the level, what it was, and the first sentence of the summary."""
    heads = ("Thema", "Oordeel", *([f"Toen, {earlier.term}"] if earlier else []), "In één zin")
    rows = []
    for row, change in zip(page.rows, changes, strict=True):
        said = (
            row.assessment.summary
            if row.assessment
            else "VRT heeft hierover nog niets gepubliceerd."
        )
        cells = [str(row.theme), parts.level(row.assessment and row.assessment.level)]
        if earlier:
            cells.append(parts.level(change.then and change.then.level))
        rows.append((*cells, _short(said)))
    widths = (21, 17, 17, 45) if earlier else (24, 18, 58)
    return Table("De zes thema’s", heads, tuple(rows), widths)


def _short(text):
    first = sentences.first(text)
    return (
        first
        if len(first) <= MOST_OF_A_SENTENCE
        else f"{first[: MOST_OF_A_SENTENCE - 1].rstrip()}…"
    )


def _strongest(changes):
    """Of each theme the strongest quote that is short enough, the strongest themes first."""
    found = []
    for change in changes:
        short = [q for q in change.quotes if len(q.quote) <= MOST_OF_A_QUOTE]
        found += [(change.theme, short[0])] if short else []
    found.sort(key=lambda pair: -pair[1].treatment)
    return found


def _quotes(chosen):
    if chosen:
        yield Heading("Sterkste citaten")
        for theme, quote in chosen:
            yield parts.quote(quote, str(theme), quote.focus_point)


def _wanting(coalition):
    """The focus points that the own agreement doesn't or hardly names, most silence first."""
    key = coalition.municipality_id
    spots = white_spots_of_region(coalition.term)
    rows = rows_for(spots, municipality=key, neighbours=neighbours_of(key))
    return [row for row in rows if row.is_wanting]


def _lacks(coalition, wanting, most):
    if not wanting[:most]:
        return
    yield Heading(f"Wat {coalition.municipality} niet of nauwelijks noemt")
    yield Items(
        tuple(
            Item(
                f"{row.allies.sentence or 'Niemand werkt eraan.'}",
                f"{row.spot.point.name} ({row.spot.point.theme}), {_how_little(row)}.",
            )
            for row in wanting[:most]
        )
    )
    yield from _and_more(len(wanting) - most, "aandachtspunt", "aandachtspunten")


def _how_little(row):
    return "niet genoemd" if row.own == Treatment.SILENT.label else "alleen genoemd"


def _money(measures, most):
    promised = [each for found in measures.per_theme.values() for each in found]
    # One under two themes is there twice; two from one quote are two.
    unique = list(dict.fromkeys(each for each in promised if each.amount))
    unique.sort(key=lambda each: -each.amount)
    if unique[:most]:
        yield Heading("Maatregelen met geld")
        yield Items(
            tuple(
                Item(parts.measure_in_words(each), "", each.pages, parts.absolute(each.address))
                for each in unique[:most]
            )
        )
        yield from _and_more(len(unique) - most, "maatregel", "maatregelen")


def _advice(page, most):
    found = [
        Item(_short(row.assessment.advice), f"{row.theme}:")
        for row in page.rows
        if row.assessment and row.assessment.advice
    ]
    if found[:most]:
        yield Heading("Advies van VRT")
        yield Items(tuple(found[:most]))
        yield from _and_more(len(found) - most, "advies", "adviezen")


def _replies(page):
    given = [row for row in page.rows if row.reply and row.reply.given_at]
    if given:
        yield Heading("Reacties van de gemeente")
        yield Items(tuple(Item(row.reply.get_position_display(), f"{row.theme}:") for row in given))


def _and_more(number, one, more):
    if number > 0:
        yield Paragraph(f"En nog {number} {one if number == 1 else more}.", "soft")
