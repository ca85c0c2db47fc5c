"""The yardstick: the themes, with what the region asks of them in each term."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from api.v1 import links
from api.v1.asking import Paged, Slug, page_of
from api.v1.shapes import Thema, Themas
from themes.models import Ambition, FocusPoint, Partner, Theme

router = Router(tags=["Thema’s"])


@router.get(
    "/themas", response=Themas, url_name="themas", operation_id="themas", summary="Alle thema’s"
)
def themes(request, response: HttpResponse, asked: Query[Paged]):
    """De zes thema’s, met wat de regio vraagt."""
    return page_of(request, response, _themes(), asked, _shaped)


@router.get(
    "/themas/{slug:thema}",
    response=Thema,
    url_name="thema",
    operation_id="thema",
    summary="Eén thema",
)
def theme(request, thema: Path[Slug]):
    """Een thema, met per raadsperiode de ambitie en de aandachtspunten."""
    return _shaped([get_object_or_404(_themes(), slug=thema)])[0]


def _themes():
    return Theme.objects.order_by("number").prefetch_related(
        Prefetch("partners", Partner.objects.order_by("name"))
    )


def _shaped(rows):
    ambitions = {
        (theme, year): text
        for theme, year, text in Ambition.objects.filter(theme__in=rows).values_list(
            "theme", "regional_input__term__start_year", "text"
        )
    }
    points = {}
    for point in FocusPoint.objects.filter(theme__in=rows, is_dropped=False).order_by("position").select_related("regional_input__term"):  # fmt: skip
        key = (point.theme_id, point.regional_input.term.start_year)
        points.setdefault(key, []).append(
            {"id": point.slug, "naam": point.name, "uitleg": point.description}
        )
    years = sorted({year for _, year in ambitions.keys() | points.keys()}, reverse=True)
    return [
        {
            "id": row.slug,
            "nummer": row.number,
            "letter": row.letter,
            "naam": row.name,
            "inbreng": [
                {
                    "raadsperiode": year,
                    "ambitie": ambitions.get((row.pk, year)),
                    "aandachtspunten": points.get((row.pk, year), []),
                }
                for year in years
                if (row.pk, year) in ambitions or (row.pk, year) in points
            ],
            "partners": [partner.name for partner in row.partners.all()],
            "zelf": links.to("themas", row.slug),
        }
        for row in rows
    ]
