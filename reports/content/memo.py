"""The regional memo: all themes of one council term, the white spots, and the advice."""

from django.urls import reverse

from assessments.models import Assessment
from municipalities.models import Coalition
from overview import sentences
from overview.drawing import OF_FILE
from overview.pictures import rests_on_fiction, spread_of
from overview.region import region_of
from overview.theme_content import theme_page
from reports.content import parts
from reports.content.literal import demand_literal
from reports.document import Document, Heading, Item, Items, Paragraph, Table
from themes.models import Theme

QUOTES = 3  # per theme, where the editor chose none


def memo(term, before, made):
    """Put the memo of a term together; `before` is the term before, or None. Raises NotLiteral."""
    region = region_of(term, {})
    themes = list(Theme.objects.all())
    pages = [(theme, theme_page(theme, term, before=before)) for theme in themes]
    quotes = {theme.pk: page.strongest or _first(page) for theme, page in pages}
    demand_literal({quote.passage_id for found in quotes.values() for quote in found})
    published = Assessment.objects.published().for_term(term)
    return Document(
        title="Veiligheid in de coalitieakkoorden",
        subtitle=f"Veertien gemeenten in Twente, {term}"
        if Coalition.objects.filter(term=term).count() == 14
        else f"De gemeenten in Twente, {term}",
        kind="Regionale memo",
        lead=region.sentence,
        about=parts.FICTION if rests_on_fiction(published) else "",
        flows=True,
        cover=(
            Paragraph(
                f"Er zijn {region.published} van de {region.total} oordelen gepubliceerd. "
                "Wie nog niet is beoordeeld, telt nergens mee."
            ),
        ),
        chapters=(
            Heading("De regio in één oogopslag", 1),
            _matrix(region),
            *(
                block
                for theme, page in pages
                for block in _chapter(theme, page, quotes[theme.pk], term, before)
            ),
            *_white_spots(pages),
            *_advice(pages),
            Heading("Over deze memo", 1),
            *parts.how_made(reverse("overview:matrix", args=[term.start_year])),
        ),
        **made.for_document,
    )


def _first(page):
    """The strongest quote of each municipality, the highest levels first."""
    rows = sorted(page.rows, key=lambda row: -row.assessment.level)
    return [row.quotes[0] for row in rows if row.quotes][:QUOTES]


def _matrix(region):
    return Table(
        "Oordeel per gemeente en thema",
        ("Gemeente", *(str(theme) for theme in region.themes)),
        tuple(
            (row.municipality.name, *(parts.level(cell.level) for cell in row.cells))
            for row in region.all_rows
        ),
        (17, *[14] * len(region.themes)),
    )


def _chapter(theme, page, quotes, term, before):
    yield Heading(str(theme), 1)
    yield Paragraph(sentences.of_theme(page.levels), "lead")
    yield parts.picture(spread_of(theme, term, width=OF_FILE)[0])
    if page.ambition:
        yield Heading("Wat de regio vraagt")
        yield Paragraph(page.ambition)
    if page.changes:
        yield Heading(f"Sinds {before}")
        yield Items(tuple(Item(sentence) for sentence in page.changes))
    if quotes:
        yield Heading("Citaten")
        for quote in quotes:
            yield parts.quote(quote, quote.place.name, quote.focus_point)


def _white_spots(pages):
    rows = [(theme, row) for theme, page in pages for row in page.white_spots if row.spot.judged]
    if not rows:
        return
    yield Heading("Witte vlekken", 1)
    yield Paragraph(
        "Per aandachtspunt hoeveel gemeenten wat ermee doen. Wie nog niet is beoordeeld, telt niet mee."
    )
    for theme, page in pages:
        found = [row for row in page.white_spots if row.spot.judged]
        if not found:
            continue
        yield Heading(str(theme))
        yield parts.white_spots(theme, found)
    silent = sorted(rows, key=lambda pair: -len(pair[1].spot.silent) / pair[1].spot.judged)[:8]
    yield Heading("Waarover de meeste gemeenten zwijgen")
    yield Items(tuple(Item(row.spot.named_sentence) for _, row in silent if row.spot.silent))


def _advice(pages):
    given = [(theme, [row for row in page.rows if row.assessment.advice]) for theme, page in pages]
    if any(rows for _, rows in given):
        yield Heading("Advies van VRT", 1)
    for theme, rows in given:
        if rows:
            yield Heading(str(theme))
            yield Items(tuple(Item(row.assessment.advice, f"{row.place.name}:") for row in rows))
