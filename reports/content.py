"""What a report says, apart from how it looks. One content object per report, for every format (ADR 11)."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from agreements.models import Passage
from assessments.models import Level, Reply
from overview.content import municipality_page
from overview.sentences import of_municipality


class NotLiteral(Exception):
    """A quote does not stand at its place, so the report must not leave the house."""


@dataclass(frozen=True)
class Quote:
    """A literal citation with its source in words and its address in the portal."""

    text: str
    source: str
    address: str
    strength: str
    focus_point: str
    is_fiction: bool


@dataclass(frozen=True)
class ReplyPart:
    """What the municipality said before publication, or that it said nothing in time; and VRT's answer.

    `address` is empty where a reader may not open the document.
    """

    position: str
    about: str
    text: str
    quote: str
    source: str
    address: str
    is_fiction: bool
    answer: str


@dataclass(frozen=True)
class ThemeChapter:
    """One theme: level None means not yet judged."""

    name: str
    level: int | None
    level_name: str
    earlier: str
    ambition: str
    summary: str
    absence: str
    basis: str
    flag: str
    revised: str
    advice: str
    quotes: list[Quote]
    reply: ReplyPart | None
    not_asked: str


@dataclass(frozen=True)
class MunicipalityReport:
    """All that is published about one municipality in one council term."""

    municipality: str
    term: str
    date: str
    sentence: str
    is_fiction: bool
    parties: str
    documents: list[str]
    themes: list[ThemeChapter]

    def as_data(self):
        return asdict(self)


def municipality_report(coalition, *, date, address_of, place_of):
    """Put the report of one coalition together.

    `date` is the day in words; `address_of(passage)` gives a quote's absolute address, and
    `place_of(version, page)` that of a page. Raises NotLiteral when a published quote doesn't stand in its
    document (checked at export, ADR 2).
    """
    page = municipality_page(coalition)
    quoted = [coding.passage_id for row in page.rows for coding in row.quotes]
    replies = [row.reply.pk for row in page.rows if row.reply]
    if (
        Passage.objects.filter(pk__in=quoted).not_literal().exists()
        or Reply.objects.filter(pk__in=replies).not_literal().exists()
    ):
        raise NotLiteral(coalition)
    return MunicipalityReport(
        municipality=str(coalition.municipality),
        term=str(coalition.term),
        date=date,
        sentence=of_municipality(page.levels),
        is_fiction=page.is_fiction,
        parties=", ".join(coalition.parties) or "niet bekend",
        documents=[
            f"{version.agreement} ({version.agreement.get_kind_display().lower()}, "
            f"{version.page_count} blz., versie {version.number})"
            for version in page.documents
        ],
        themes=[_chapter(row, address_of, place_of, page.readable) for row in page.rows],
    )


def _chapter(row, address_of, place_of, readable):
    assessment = row.assessment
    return ThemeChapter(
        name=row.theme.name,
        level=assessment and assessment.level,
        level_name=assessment.get_level_display() if assessment else "nog niet beoordeeld",
        earlier=f"In {row.earlier.coalition.term}: {row.earlier.get_level_display()}."
        if row.earlier
        else "",
        ambition=row.ambition,
        summary=assessment.summary if assessment else "",
        absence=_absence(assessment.absence)
        if assessment and assessment.level == Level.NOT_MENTIONED
        else "",
        basis=row.footing.basis if row.footing else "",
        flag=row.footing.flag if row.footing else "",
        revised=_revised(assessment) if assessment and assessment.revision > 1 else "",
        advice=assessment.advice if assessment else "",
        quotes=[_quote(coding, address_of) for coding in row.quotes],
        reply=_reply(row.reply, assessment, place_of, readable) if row.reply else None,
        not_asked="Deze tekst is niet ter reactie voorgelegd aan de gemeente."
        if assessment and not row.reply
        else "",
    )


def _revised(assessment):
    """When what was published before was corrected, and what changed."""
    said = f"Herzien op {_day(assessment.published_at)}"
    return f"{said}: {assessment.change_note}" if assessment.change_note else f"{said}."


def _reply(reply, assessment, place_of, readable):
    is_about_this = reply.text_edit == assessment.edit_number
    version = reply.version
    if not reply.given_at:
        position = "geen reactie"
        about = (
            f"De gemeente gaf geen reactie binnen de termijn (tot en met {_day(reply.deadline)})."
        )
        about += "" if is_about_this else " VRT heeft de tekst daarna gewijzigd."
    else:
        position = reply.get_position_display()
        earlier = "Deze reactie ging over een eerdere tekst. VRT heeft de tekst daarna gewijzigd."
        about = "" if is_about_this else earlier
    return ReplyPart(
        position=position,
        about=about,
        text=reply.text,
        quote=reply.quote,
        source=f"{version.agreement}, blz. {reply.page}" if version else "",
        address=place_of(version.pk, reply.page) if version and version.pk in readable else "",
        is_fiction=bool(version and version.agreement.is_fiction),
        answer=reply.answer,
    )


def _day(moment):
    return date_format(localtime(moment) if isinstance(moment, datetime) else moment, "j F Y")


def _absence(absence):
    return (
        f"Gezocht op {len(absence.terms)} termen in {_counted(absence.versions, 'document', 'documenten')}; "
        f"{_counted(absence.hits, 'treffer', 'treffers')}, geen daarvan over dit thema."
    )


def _quote(coding, address_of):
    passage = coding.passage
    agreement = passage.version.agreement
    return Quote(
        text=passage.quote,
        source=f"{agreement}, {passage.pages}",
        address=address_of(passage),
        strength=coding.get_strength_display(),
        focus_point=str(coding.focus_point or ""),
        is_fiction=agreement.is_fiction,
    )


def _counted(things, one, more):
    return f"{len(things)} {one if len(things) == 1 else more}"
