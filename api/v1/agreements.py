"""The source: agreements with the versions that a reader may open, and the text of one."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from agreements.models import Agreement
from api.v1 import links
from api.v1.asking import Key, OfPlace, Paged, lookups, page_of
from api.v1.shapes import Akkoord, Akkoorden, VersieMetTekst
from overview.content import readable_versions

router = Router(tags=["Akkoorden"])
COALITION = ("coalition__municipality", "coalition__term")


class AgreementsAsked(Paged, OfPlace):
    pass


@router.get(
    "/akkoorden",
    response=Akkoorden,
    url_name="akkoorden",
    operation_id="akkoorden",
    summary="Akkoorden",
)
def agreements(request, response: HttpResponse, asked: Query[AgreementsAsked]):
    """De akkoorden die een lezer mag openen: er is over die coalitie iets gepubliceerd."""
    narrowed = lookups(
        asked,
        gemeente="coalition__municipality__slug",
        raadsperiode="coalition__term__start_year",
    )
    rows = _readable().filter(**narrowed).order_by("pk")
    return page_of(request, response, rows, asked, lambda found: [_agreement(a) for a in found])


@router.get(
    "/akkoorden/{int:akkoord}",
    response=Akkoord,
    url_name="akkoord",
    operation_id="akkoord",
    summary="Eén akkoord",
)
def agreement(request, akkoord: Path[Key]):
    """Een akkoord, met zijn versies."""
    return _agreement(get_object_or_404(_readable(), pk=akkoord))


@router.get("/akkoorden/{int:akkoord}/versies/{int:versie}", response=VersieMetTekst, url_name="versie", operation_id="versie", summary="De tekst van een versie")  # fmt: skip
def version(request, akkoord: Path[Key], versie: Path[Key]):
    """De hele tekst van een versie, met waar elke bladzijde en elk hoofdstuk begint. Een versie verandert nooit."""
    coalition = [f"agreement__{name}" for name in COALITION]
    rows = readable_versions().select_related(*coalition)
    row = get_object_or_404(rows, agreement=akkoord, number=versie)
    return _version(row, row.agreement.coalition) | {
        "akkoord": row.agreement_id,
        "titel": row.agreement.title,
        "isFictie": row.agreement.is_fiction,
        "tekst": row.text,
        "bladzijden": [{"nummer": n, "begin": start, "einde": end} for n, start, end in row.spans],
        "hoofdstukken": [
            {"titel": part["title"], "niveau": part["level"], "begin": part["start"]}
            for part in row.sections
        ],
    }


def _readable():
    versions = readable_versions().without_text().order_by("-number")
    open_ones = readable_versions().order_by().values("agreement")
    return (
        Agreement.objects.filter(pk__in=open_ones)
        .select_related(*COALITION)
        .prefetch_related(Prefetch("versions", versions))
    )


def _agreement(row):
    return {
        "id": row.pk,
        "titel": row.title,
        "soort": row.get_kind_display(),
        "datum": row.adopted_on,
        "vindplaats": row.source_url or None,
        "isFictie": row.is_fiction,
        "coalitie": links.id_of(row.coalition),
        "gemeente": row.coalition.municipality.slug,
        "raadsperiode": row.coalition.term.start_year,
        "versies": [_version(version, row.coalition) for version in row.versions.all()],
        "zelf": links.to("akkoorden", row.pk),
    }


def _version(row, coalition):
    return {
        "nummer": row.number,
        "sha256": row.sha256,
        "aantalBladzijden": row.page_count,
        "portaal": links.page_of_document(coalition, row),
        "zelf": links.version(row),
    }
