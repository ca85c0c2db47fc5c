"""Quotes: the passages that published judgements rest on, each with what it is coded with."""

from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router

from agreements.models import Passage as Quote
from api.v1 import links
from api.v1.asking import Key, OfJudgement, Paged, Slug, lookups, page_of
from api.v1.shapes import Passage, Passages
from assessments.models import Assessment, Evidence

router = Router(tags=["Passages"])


class PassagesAsked(Paged, OfJudgement):
    aandachtspunt: Slug = Field(None, description="De id van een aandachtspunt.")
    sterkte: Annotated[int, Field(ge=1, le=3)] = Field(
        None, description="1 genoemd, 2 uitgewerkt, 3 concreet."
    )
    akkoord: Key = Field(None, description="De id van een akkoord.")


@router.get(
    "/passages", response=Passages, url_name="passages", operation_id="passages", summary="Passages"
)
def passages(request, response: HttpResponse, asked: Query[PassagesAsked]):
    """De citaten waarop gepubliceerde beoordelingen rusten, in de volgorde van de akkoorden. Alle filters gaan over
    dezelfde codering.
    """
    narrowed = lookups(
        asked,
        gemeente="assessment__coalition__municipality__slug",
        raadsperiode="assessment__coalition__term__start_year",
        thema="assessment__theme__slug",
        oordeel="assessment__level",
        aandachtspunt="coding__focus_point__slug",
        sterkte="coding__strength",
        akkoord="coding__passage__version__agreement",
    )
    rows = _published(**narrowed).order_by("version__agreement", "version", "start", "end")
    return page_of(request, response, rows, asked, _shaped)


@router.get(
    "/passages/{int:passage}",
    response=Passage,
    url_name="passage",
    operation_id="passage",
    summary="Eén passage",
)
def passage(request, passage: Path[Key]):
    """Een citaat, met zijn plaats, zijn coderingen en zijn maatregelen."""
    return _shaped([get_object_or_404(_published(), pk=passage)])[0]


def _evidence():
    return Evidence.objects.filter(assessment__status=Assessment.Status.PUBLISHED)


def _published(**narrowed):
    carried = _evidence().filter(**narrowed).values("coding__passage")
    return (
        Quote.objects.filter(pk__in=carried)
        .select_related(
            "version__agreement__coalition__municipality", "version__agreement__coalition__term"
        )
        .defer("version__text", "version__sections")
        .prefetch_related("measures")
    )


def _shaped(rows):
    codings = {}
    evidence = _evidence().filter(coding__passage__in=rows).select_related("coding__focus_point", "assessment__theme")  # fmt: skip
    for each in evidence.order_by("assessment__theme__number", "coding"):
        codings.setdefault(each.coding.passage_id, []).append(each)
    return [_passage(row, codings.get(row.pk, [])) for row in rows]


def _passage(row, evidence):
    agreement = row.version.agreement
    coalition = agreement.coalition
    return {
        "id": row.pk,
        "citaat": row.quote,
        "begin": row.start,
        "einde": row.end,
        "vanBladzijde": row.first_page,
        "totEnMetBladzijde": row.last_page,
        "akkoord": agreement.pk,
        "akkoordTitel": agreement.title,
        "versie": row.version.number,
        "sha256": row.version.sha256,
        "isFictie": agreement.is_fiction,
        "coalitie": links.id_of(coalition),
        "gemeente": coalition.municipality.slug,
        "raadsperiode": coalition.term.start_year,
        "coderingen": [_coding(each, coalition) for each in evidence],
        "maatregelen": [_measure(each) for each in row.measures.all()],
        "versieLink": links.version(row.version),
        "portaal": links.page_of_passage(coalition, row),
        "zelf": links.to("passages", row.pk),
    }


def _coding(evidence, coalition):
    coding, theme = evidence.coding, evidence.assessment.theme
    point = coding.focus_point
    return {
        "thema": theme.slug,
        "aandachtspunt": point and point.slug,
        "aandachtspuntNaam": point and point.name,
        "sterkte": {"niveau": coding.strength, "woord": coding.get_strength_display()},
        "beoordeling": links.assessment(coalition, theme),
    }


def _measure(row):
    return {
        "wat": row.what,
        "bedrag": None if row.amount is None else f"{row.amount:.2f}",
        "vanJaar": row.first_year,
        "totEnMetJaar": row.last_year,
        "soort": row.kind or None,
        "wie": row.who or None,
    }
