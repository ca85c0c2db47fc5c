"""What a report says, apart from how it looks. One content object per report, for every format (ADR 11)."""

from dataclasses import asdict, dataclass

from agreements.models import Passage
from assessments.models import Level
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
    quotes: list[Quote]


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


def municipality_report(coalition, *, date, address_of):
    """Put the report of one coalition together.

    `date` is the day in words; `address_of(passage)` gives a quote's absolute address. Raises
    NotLiteral when a published quote doesn't stand in its document (checked at export, ADR 2).
    """
    page = municipality_page(coalition)
    quoted = [coding.passage_id for row in page.rows for coding in row.quotes]
    if Passage.objects.filter(pk__in=quoted).not_literal().exists():
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
        themes=[_chapter(row, address_of) for row in page.rows],
    )


def _chapter(row, address_of):
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
        quotes=[_quote(coding, address_of) for coding in row.quotes],
    )


def _absence(absence):
    return (
        f"Gezocht op {len(absence.terms)} termen in {len(absence.versions)} document(en); "
        f"{len(absence.hits)} treffer(s), geen daarvan over dit thema."
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
