"""The report of one theme in one council term: what the region asks, and what every municipality has."""

from django.urls import reverse

from agreements.models import Measure
from assessments.models import Assessment, PublishedAdvice
from overview import sentences
from overview.content import outcomes, readable_versions
from overview.drawing import OF_FILE
from overview.pictures import rests_on_fiction, spread_of
from overview.theme_content import theme_page
from reports.content import parts
from reports.content.literal import demand_literal
from reports.document import Document, Heading, Item, Items, Paragraph, Table
from themes.models import Partner


def theme_report(theme, term, before, made):
    """Put the report of one theme together; `before` is the term before, or None. Raises NotLiteral."""
    page = theme_page(theme, term, before=before)
    judged = [row.assessment.pk for row in page.rows]
    replies = outcomes(judged)
    quotes = [*page.strongest, *(quote for row in page.rows for quote in row.quotes)]
    passages = {quote.passage_id for quote in quotes}
    demand_literal(passages, [reply.pk for reply in replies.values()])
    readable = set(
        readable_versions().filter(agreement__coalition__term=term).values_list("pk", flat=True)
    )
    promised = _measures(passages)
    published = Assessment.objects.filter(pk__in=judged)
    return Document(
        title=str(theme),
        subtitle=f"Wat de coalitieakkoorden erover zeggen, {term}",
        kind="Themarapport",
        lead=sentences.of_theme(page.levels),
        about=parts.FICTION if rests_on_fiction(published) else "",
        flows=True,
        cover=(parts.picture(spread_of(theme, term, width=OF_FILE)[0]),),
        chapters=(
            Heading("Oordeel per gemeente", 1),
            _levels(page, before),
            *(Paragraph(sentence) for sentence in page.changes),
            *_asked(theme, page),
            *_strongest(page),
            Heading("De gemeenten", 1),
            *(
                block
                for row in page.rows
                for block in _municipality(
                    row, replies.get(row.assessment.pk), promised, readable, term
                )
            ),
            *_white_spots(theme, page),
            *_advice(theme),
            Heading("Over dit rapport", 1),
            *parts.how_made(reverse("overview:theme", args=[term.start_year, theme.slug])),
        ),
        **made.for_document,
    )


def _measures(passages):
    """Per passage its measures in words, in one query."""
    found = {}
    for measure in Measure.objects.filter(passage__in=passages).order_by("pk"):
        found.setdefault(measure.passage_id, []).append(parts.measure_in_words(measure))
    return found


def _levels(page, before):
    heads = ("Gemeente", "Oordeel") + ((f"Toen, {before}",) if before else ())
    rows = [
        (row.place.name, parts.level(row.assessment.level))
        + ((_then(page, row.place),) if before else ())
        for row in page.rows
    ]
    rows += [
        (place.name, parts.level(None)) + ((_then(page, place),) if before else ())
        for place in page.waiting
    ]
    rows.sort(key=lambda row: row[0])
    widths = (40, 30, 30) if before else (60, 40)
    return Table("Oordeel per gemeente", heads, tuple(rows), widths)


def _then(page, place):
    return parts.level(page.before.get(place.municipality))


def _asked(theme, page):
    if page.ambition or page.focus_points:
        yield Heading("Wat de regio vraagt", 1)
    if page.ambition:
        yield Paragraph(page.ambition, "lead")
    if page.focus_points:
        yield Heading("Aandachtspunten")
        yield Items(tuple(Item(point.description, f"{point.name}.") for point in page.focus_points))
    partners = list(Partner.objects.filter(themes=theme).values_list("name", flat=True))
    if partners:
        yield Heading("Partners")
        yield Paragraph(sentences.begin(sentences.listing(partners)) + ".")


def _strongest(page):
    if page.strongest:
        yield Heading("Sterkste citaten", 1)
        yield Paragraph("Door de eindredacteur gekozen uit wat is gepubliceerd.", "soft")
        for quote in page.strongest:
            yield parts.quote(quote, quote.place.name, quote.focus_point)


def _municipality(row, reply, promised, readable, term):
    yield Heading(row.place.name)
    yield parts.level(row.assessment.level, f"Toen: {row.before}." if row.before else "")
    yield from parts.revised(row.assessment)
    yield from parts.judged(row.assessment)
    yield from parts.footing(row.footing)
    for quote in row.quotes:
        yield parts.quote(quote, quote.focus_point, *promised.get(quote.passage_id, ()))
    if row.total > len(row.quotes):
        more = row.total - len(row.quotes)
        yield Paragraph(
            f"Nog {more} {'citaat staat' if more == 1 else 'citaten staan'} in het rapport van {row.place.name}.",
            "soft",
        )
    if row.assessment.advice:
        yield Heading("Advies van VRT", 3)
        yield Paragraph(row.assessment.advice)
    yield from parts.reply(
        reply, row.assessment, readable=readable, place=[term.start_year, row.place.slug], level=3
    )


def _white_spots(theme, page):
    if not page.white_spots:
        return
    yield Heading("Witte vlekken", 1)
    yield Paragraph(
        "Per aandachtspunt hoeveel gemeenten wat ermee doen. Wie nog niet is beoordeeld, telt niet mee."
    )
    yield parts.white_spots(theme, page.white_spots)
    yield Items(tuple(Item(row.spot.named_sentence) for row in page.white_spots if row.spot.judged))


def _advice(theme):
    advice = PublishedAdvice.objects.public().filter(theme=theme)
    found = list(advice.values_list("title", "is_fiction"))
    if found:
        yield Heading("Advies voor iedereen", 1)
        yield Items(
            tuple(
                Item(
                    f"{title} (verzonnen)" if is_fiction else title,
                    "",
                    "lees het advies",
                    parts.absolute(reverse("assessments:published-advice")),
                )
                for title, is_fiction in found
            )
        )
