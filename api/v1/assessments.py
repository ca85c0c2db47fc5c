"""Judgements that are published, and what municipalities said of them."""

from typing import Literal

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router

from agreements.models import Agreement
from api.v1 import links
from api.v1.asking import Key, OfJudgement, Paged, Slug, lookups, page_of
from api.v1.places import CoalitionId, of_id
from api.v1.shapes import Beoordeling, Beoordelingen, Reactie, Reacties
from assessments.models import Assessment, Evidence, Reply
from overview.content import public_replies
from themes.models import Ambition

router = Router(tags=["Beoordelingen"])


class AssessmentsAsked(Paged, OfJudgement):
    pass


@router.get("/beoordelingen", response=Beoordelingen, url_name="beoordelingen", operation_id="beoordelingen", summary="Beoordelingen")  # fmt: skip
def assessments(request, response: HttpResponse, asked: Query[AssessmentsAsked]):
    """De gepubliceerde beoordelingen, per raadsperiode, gemeente en thema. “Nog niet beoordeeld” staat er niet bij:
    dat is geen oordeel.
    """
    narrowed = lookups(
        asked,
        gemeente="coalition__municipality__slug",
        raadsperiode="coalition__term__start_year",
        thema="theme__slug",
        oordeel="level",
    )
    rows = _published().filter(**narrowed)
    rows = rows.order_by("-coalition__term__start_year", "coalition__municipality__name", "theme__number")  # fmt: skip
    return page_of(request, response, rows, asked, _shaped)


@router.get("/coalities/{coalitie:coalitie}/beoordelingen/{slug:thema}", response=Beoordeling, url_name="beoordeling", operation_id="beoordeling", summary="Eén beoordeling")  # fmt: skip
def assessment(request, coalitie: Path[CoalitionId], thema: Path[Slug]):
    """De gepubliceerde beoordeling van een coalitie op een thema. Na een herziening staat de nieuwe op dit adres."""
    rows = _published().filter(**of_id(coalitie, "coalition__"))
    return _shaped([get_object_or_404(rows, theme__slug=thema)])[0]


def _published():
    is_fiction = Agreement.objects.filter(coalition=OuterRef("coalition"), is_fiction=True)
    rows = Assessment.objects.published().for_display().select_related("absence")
    return rows.annotate(is_fiction=Exists(is_fiction))


def _shaped(rows):
    passages = {}
    evidence = Evidence.objects.filter(assessment__in=rows).order_by("coding__passage")
    for key, passage in evidence.values_list("assessment", "coding__passage").distinct():
        passages.setdefault(key, []).append(passage)
    ambitions = {
        (term, theme): text
        for term, theme, text in Ambition.objects.filter(
            theme__in={row.theme_id for row in rows}
        ).values_list("regional_input__term", "theme", "text")
    }
    replies = {r.assessment_id: r for r in _replies().filter(assessment__in=rows)}
    return [
        _assessment(
            row,
            passages.get(row.pk, []),
            ambitions.get((row.coalition.term_id, row.theme_id)),
            replies.get(row.pk),
        )
        for row in rows
    ]


def _assessment(row, passages, ambition, reply):
    coalition, theme = row.coalition, row.theme
    return {
        "id": f"{links.id_of(coalition)}/{theme.slug}",
        "coalitie": links.id_of(coalition),
        "gemeente": coalition.municipality.slug,
        "raadsperiode": coalition.term.start_year,
        "thema": theme.slug,
        "oordeel": {"niveau": row.level, "woord": row.get_level_display()},
        "samenvatting": row.summary,
        "ambitie": ambition,
        "advies": row.advice or None,
        "herziening": row.revision,
        "watIsVeranderd": row.change_note or None,
        "gepubliceerdOp": row.published_at,
        "isFictie": row.is_fiction,
        "passages": [{"id": pk, "zelf": links.to("passages", pk)} for pk in passages],
        "bewijsVanAfwezigheid": _absence(getattr(row, "absence", None)),
        "reactie": reply and _reply(reply),
        "portaal": links.page_of_municipality(coalition, theme),
        "zelf": links.assessment(coalition, theme),
    }


def _absence(row):
    """The proof as readers see it: how many terms and hits, in which versions; not the terms themselves."""
    return row and {
        "termen": len(row.terms),
        "treffers": len(row.hits),
        "versies": [
            {"akkoordTitel": v["title"], "versie": v["number"], "sha256": v["sha256"]}
            for v in row.versions
        ],
        "vastgesteldOp": row.concluded_at,
    }


class RepliesAsked(Paged, OfJudgement):
    standpunt: Literal["eens", "aanvulling", "oneens", "geen"] = Field(
        None, description="Wat de gemeente van de beoordeling vindt; geen: geen reactie op tijd."
    )


POSITIONS = {
    "eens": Reply.Position.AGREE,
    "aanvulling": Reply.Position.ADDITION,
    "oneens": Reply.Position.DISAGREE,
    "geen": Reply.Position.SILENT,
}


@router.get(
    "/reacties", response=Reacties, url_name="reacties", operation_id="reacties", summary="Reacties"
)
def replies(request, response: HttpResponse, asked: Query[RepliesAsked]):
    """Wat gemeenten van gepubliceerde beoordelingen zeiden, en wat VRT antwoordde."""
    narrowed = lookups(
        asked,
        gemeente="assessment__coalition__municipality__slug",
        raadsperiode="assessment__coalition__term__start_year",
        thema="assessment__theme__slug",
        oordeel="assessment__level",
    )
    if asked.standpunt:
        narrowed["position"] = POSITIONS[asked.standpunt]
    rows = _replies().filter(**narrowed).order_by("-pk")
    return page_of(request, response, rows, asked, lambda found: [_reply(r) for r in found])


@router.get(
    "/reacties/{int:reactie}",
    response=Reactie,
    url_name="reactie",
    operation_id="reactie",
    summary="Eén reactie",
)
def reply(request, reactie: Path[Key]):
    """Een reactie van een gemeente, met het antwoord."""
    return _reply(get_object_or_404(_replies(), pk=reactie))


def _replies():
    is_fiction = Agreement.objects.filter(
        coalition=OuterRef("assessment__coalition"), is_fiction=True
    )
    return (
        public_replies()
        .select_related(
            "assessment__coalition__municipality",
            "assessment__coalition__term",
            "assessment__theme",
            "version__agreement",
        )
        .defer("version__text", "version__sections")
        .annotate(is_fiction=Exists(is_fiction))
    )


def _reply(row):
    coalition, theme = row.assessment.coalition, row.assessment.theme
    return {
        "id": row.pk,
        "standpunt": row.get_position_display(),
        "tekst": row.text or None,
        "citaat": row.version
        and {
            "citaat": row.quote,
            "begin": row.start,
            "einde": row.end,
            "bladzijde": row.page,
            "akkoordTitel": row.version.agreement.title,
            "sha256": row.version.sha256,
            "isFictie": row.version.agreement.is_fiction,
        },
        "antwoord": row.answer or None,
        "overEerdereTekst": row.text_edit != row.assessment.edit_number,
        "isFictie": row.is_fiction,
        "coalitie": links.id_of(coalition),
        "gemeente": coalition.municipality.slug,
        "raadsperiode": coalition.term.start_year,
        "thema": theme.slug,
        "beoordeling": links.assessment(coalition, theme),
        "zelf": links.to("reacties", row.pk),
    }
