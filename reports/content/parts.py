"""The parts of a report that several reports have: a judgement, a quote, a reply, and how it was made."""

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from assessments.models import Level as LevelOf
from overview.charts import euros
from overview.white_spots import COLUMNS
from reports.content.made import in_words
from reports.document import Heading, Item, Items, Level, Paragraph, Picture, Quote, Table

NOT_YET = "nog niet beoordeeld"
MEANINGS = (
    (LevelOf.NOT_MENTIONED, "Het thema staat niet in het akkoord. Daar is op gezocht."),
    (LevelOf.MENTIONED, "Het thema staat erin, zonder doel of aanpak."),
    (LevelOf.ELABORATED, "Er staat een doel of een aanpak bij."),
    (
        LevelOf.CONCRETE,
        "Er staat ten minste één maatregel: wat, wie, wanneer of voor hoeveel geld.",
    ),
)
FICTION = "Voorbeeld: dit rapport gaat over verzonnen akkoorden. De citaten en oordelen zeggen niets over echte gemeenten."


def absolute(path):
    """The whole address of a page of the portal: a report is read elsewhere."""
    return f"{settings.PORTAL_ADDRESS}{path}"


def level(of, aside=""):
    """The level of a judgement, or that there is none yet; `of` is a number or None."""
    if of is None:
        return Level(None, NOT_YET, aside)
    return Level(int(of), LevelOf(of).label, aside)


def quote(found, *details):
    """A quote of overview (Quote of quoting.py or theme_quotes.py) with what is to be said beside it."""
    said = [each for each in details if each]
    return Quote(
        found.quote,
        _source(found.source, found.is_fiction),
        absolute(found.address),
        " · ".join(said),
    )


def _source(source, is_fiction):
    return f"{source} (verzonnen)" if is_fiction else source


def measure_in_words(measure):
    """In one line what is promised: what, money, years, who."""
    said = [measure.what]
    if measure.amount:
        kind = measure.get_kind_display
        kind = kind() if callable(kind) else kind
        said.append(f"{euros(measure.amount)} {kind}".strip())
    if measure.years:
        said.append(measure.years)
    return ", ".join(said) + (f" ({measure.who})" if measure.who else "")


def measures(promised):
    """The measures of a theme as a list, each with the page of its quote."""
    if not promised:
        return []
    return [
        Heading("Maatregelen"),
        Items(
            tuple(
                Item(measure_in_words(each), "", each.pages, absolute(each.address))
                for each in promised
            )
        ),
    ]


def judged(assessment):
    """What stands below a level: the summary, or the proof of absence with it."""
    yield Paragraph(assessment.summary)
    if assessment.level == LevelOf.NOT_MENTIONED:
        yield Paragraph(_searched(assessment.absence), "soft")


def footing(of):
    """On which versions a judgement rests, and what newer ones did to it."""
    if of and of.basis:
        yield Paragraph(of.basis, "soft")
    if of and of.flag:
        yield Paragraph(of.flag, "flag")


def revised(assessment):
    """When what was published before was corrected, and what changed."""
    if assessment.revision > 1:
        said = f"Herzien op {in_words(assessment.published_at)}"
        note = assessment.change_note
        yield Paragraph(f"{said}: {note}" if note else f"{said}.", "soft")


def _searched(absence):
    hits = _counted(absence.hits, "treffer", "treffers")
    return (
        f"Gezocht op {_counted(absence.terms, 'term', 'termen')} in "
        f"{_counted(absence.versions, 'document', 'documenten')}; {hits}, geen daarvan over dit thema."
    )


def _counted(things, one, more):
    return f"{len(things)} {one if len(things) == 1 else more}"


def reply(given, assessment, *, readable, place, level=2):
    """What the municipality said before publication, or that it said nothing in time; and VRT's answer.

    `readable` are the keys of the versions that a reader may open, `place` is (year, slug) of their pages;
    `level` is that of its headings.
    """
    if given is None:
        yield Paragraph("Deze tekst is niet ter reactie voorgelegd aan de gemeente.", "soft")
        return
    is_about_this = given.text_edit == assessment.edit_number
    if not given.given_at:
        yield Heading("Reactie van de gemeente: geen reactie", level)
        said = f"De gemeente gaf geen reactie binnen de termijn (tot en met {in_words(given.deadline)})."
        yield Paragraph(said if is_about_this else f"{said} VRT heeft de tekst daarna gewijzigd.")
        return
    yield Heading(f"Reactie van de gemeente: {given.get_position_display()}", level)
    if not is_about_this:
        yield Paragraph(
            "Deze reactie ging over een eerdere tekst. VRT heeft de tekst daarna gewijzigd.", "soft"
        )
    if given.text:
        yield Paragraph(given.text)
    if given.version:
        path = reverse("overview:document", args=[*place, given.version_id])
        agreement = given.version.agreement
        yield Quote(
            given.quote,
            _source(f"{agreement}, blz. {given.page}", agreement.is_fiction),
            absolute(f"{path}#blz-{given.page}") if given.version_id in readable else "",
        )
    if given.answer:
        yield Heading("Antwoord van VRT", level)
        yield Paragraph(given.answer)


def picture(chart):
    """A chart as a picture with its words."""
    return Picture(
        name=slugify(chart.title),
        title=chart.title,
        alt=chart.description,
        width=chart.width,
        height=chart.height,
        shapes=tuple(chart.shapes),
    )


def documents(versions):
    """The documents that a report rests on, each with its version and checksum."""
    if not versions:
        return [Paragraph("Er zijn nog geen documenten gepubliceerd.")]
    return [
        Table(
            title="De documenten",
            heads=("Document", "Soort", "Bladzijden", "Versie", "Controlegetal (SHA-256)"),
            rows=tuple(
                (
                    _source(str(version.agreement), version.agreement.is_fiction),
                    version.agreement.get_kind_display(),
                    str(version.page_count),
                    str(version.number),
                    version.sha256[:16],
                )
                for version in versions
            ),
            widths=(34, 20, 14, 10, 26),
        ),
        Paragraph(
            "Van het controlegetal staan hier de eerste zestien tekens. Zo is na te gaan dat het om hetzelfde bestand gaat.",
            "soft",
        ),
    ]


def how_made(address):
    """How the judgements come about, and where the report comes from; `address` is its page."""
    return [
        Heading("Hoe de oordelen tot stand komen"),
        Paragraph(
            "Een adviseur van de veiligheidsregio leest het akkoord en markeert letterlijke passages. "
            "Per thema geeft de adviseur een oordeel, dat een tweede persoon controleert en publiceert. "
            "De gemeente kan vooraf reageren; haar woorden en het antwoord staan bij het oordeel."
        ),
        Paragraph(
            "De computer controleert dat elk citaat letterlijk in het document staat. "
            "De oordelen vormen geen ranglijst."
        ),
        Table(
            title="De oordelen",
            heads=("Oordeel", "Betekenis"),
            rows=(
                *((level(each), meaning) for each, meaning in MEANINGS),
                (level(None), "Er is nog geen oordeel gepubliceerd."),
            ),
            widths=(28, 72),
        ),
        Heading("Waar dit vandaan komt"),
        Paragraph(
            "Dit rapport is gemaakt van wat in het portaal is gepubliceerd. Daar staat ook de nieuwste stand:"
        ),
        Paragraph(absolute(address), address=absolute(address)),
    ]


def of_totals(totals):
    """What can't be read from the years alone, in sentences."""
    if totals.yearly:
        yield f"Elk jaar, zonder dat het akkoord een beginjaar noemt: samen {euros(totals.yearly)} per jaar."
    for each in totals.apart:
        kind = f" {each.kind}" if each.kind else ""
        yield f"{euros(each.amount)}{kind}, {each.years}, zonder verdeling per jaar."
    for each in totals.undated:
        kind = f" {each.kind}" if each.kind else ""
        yield f"{euros(each.amount)}{kind}, zonder dat het akkoord een jaar noemt."
    if totals:
        until = f"; zonder eindjaar tot en met {totals.until}" if totals.until else ""
        yield f"Structureel geld telt elk jaar mee{until}. Een bedrag over meer jaren verdelen wij niet."
    else:
        yield "Van geen enkele maatregel is een bedrag per jaar bekend."
    if totals.without == 1:
        yield "Eén maatregel zonder bedrag telt niet mee."
    elif totals.without:
        yield f"{totals.without} maatregelen zonder bedrag tellen niet mee."


def white_spots(theme, rows):
    """Per focus point (a SpotRow) how many municipalities do what with it."""
    return Table(
        f"{theme}: wat de gemeenten met elk aandachtspunt doen",
        ("Aandachtspunt", *(label for _, label, _ in COLUMNS)),
        tuple(
            (row.spot.point.name, *(str(cell.number) for cell in row.cells[: len(COLUMNS)]))
            for row in rows
        ),
        (40, 12, 12, 12, 12, 12),
    )
