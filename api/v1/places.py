"""Municipalities, council terms, and the coalition of one in the other."""

from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import register_converter
from django.urls.converters import StringConverter
from ninja import Field, Path, Query, Router

from api.v1 import links
from api.v1.asking import OfPlace, Paged, Slug, Year, lookups, page_of
from api.v1.shapes import Coalitie, Coalities, Gemeente, Gemeenten, Raadsperiode, Raadsperioden
from municipalities.models import Coalition, CouncilTerm, Municipality

router = Router(tags=["Plaatsen"])
CoalitionId = Annotated[str, Field(pattern=r"^\d{4}-[a-z0-9-]{1,80}$", examples=["2026-enschede"])]


class InAddress(StringConverter):
    """A coalition in an address."""

    regex = r"[0-9]{4}-[a-z0-9-]{1,80}"


register_converter(InAddress, "coalitie")


@router.get(
    "/gemeenten",
    response=Gemeenten,
    url_name="gemeenten",
    operation_id="gemeenten",
    summary="Alle gemeenten",
)
def municipalities(request, response: HttpResponse, asked: Query[Paged]):
    """De gemeenten van Twente, op naam."""
    rows = Municipality.objects.prefetch_related("neighbours").order_by("name")
    return page_of(request, response, rows, asked, lambda found: [_municipality(m) for m in found])


@router.get("/gemeenten/{slug:gemeente}", response=Gemeente, url_name="gemeente", operation_id="gemeente", summary="Eén gemeente")  # fmt: skip
def municipality(request, gemeente: Path[Slug]):
    """Een gemeente, met haar buren."""
    rows = Municipality.objects.prefetch_related("neighbours")
    return _municipality(get_object_or_404(rows, slug=gemeente))


def _municipality(row):
    return {
        "id": row.slug,
        "naam": row.name,
        "cbsCode": row.cbs_code,
        "inwoners": row.population,
        "inwonersPeiljaar": row.population_year,
        "website": row.website or None,
        "buurgemeenten": sorted(each.slug for each in row.neighbours.all()),
        "coalities": links.to("coalities", gemeente=row.slug),
        "zelf": links.to("gemeenten", row.slug),
    }


@router.get("/raadsperioden", response=Raadsperioden, url_name="raadsperioden", operation_id="raadsperioden", summary="Alle raadsperioden")  # fmt: skip
def terms(request, response: HttpResponse, asked: Query[Paged]):
    """De raadsperioden, de nieuwste eerst."""
    rows = CouncilTerm.objects.order_by("-start_year")
    return page_of(request, response, rows, asked, lambda found: [_term(t) for t in found])


@router.get("/raadsperioden/{int:raadsperiode}", response=Raadsperiode, url_name="raadsperiode", operation_id="raadsperiode", summary="Eén raadsperiode")  # fmt: skip
def term(request, raadsperiode: Path[Year]):
    """Een raadsperiode, bij het jaar van de verkiezing."""
    return _term(get_object_or_404(CouncilTerm, start_year=raadsperiode))


def _term(row):
    return {
        "id": row.start_year,
        "begin": row.start_year,
        "einde": row.end_year,
        "coalities": links.to("coalities", raadsperiode=row.start_year),
        "zelf": links.to("raadsperioden", row.start_year),
    }


class CoalitionsAsked(Paged, OfPlace):
    pass


@router.get(
    "/coalities",
    response=Coalities,
    url_name="coalities",
    operation_id="coalities",
    summary="Coalities",
)
def coalitions(request, response: HttpResponse, asked: Query[CoalitionsAsked]):
    """Elke coalitie is één gemeente in één raadsperiode."""
    narrowed = lookups(asked, gemeente="municipality__slug", raadsperiode="term__start_year")
    rows = _coalitions().filter(**narrowed).order_by("-term__start_year", "municipality__name")
    return page_of(request, response, rows, asked, lambda found: [_coalition(c) for c in found])


@router.get("/coalities/{coalitie:coalitie}", response=Coalitie, url_name="coalitie", operation_id="coalitie", summary="Eén coalitie")  # fmt: skip
def coalition(request, coalitie: Path[CoalitionId]):
    """Een coalitie, met haar partijen en hoe ver de formatie is."""
    return _coalition(get_object_or_404(_coalitions().filter(**of_id(coalitie))))


def of_id(word, prefix=""):
    """The lookups for the coalition of an address, such as "2026-enschede"."""
    year, _, slug = word.partition("-")
    return {f"{prefix}term__start_year": int(year), f"{prefix}municipality__slug": slug}


def _coalitions():
    return Coalition.objects.select_related("municipality", "term", "formation")


def _coalition(row):
    name = links.id_of(row)
    about = {"gemeente": row.municipality.slug, "raadsperiode": row.term.start_year}
    formation = getattr(row, "formation", None)
    return {
        "id": name,
        "gemeente": row.municipality.slug,
        "gemeenteNaam": row.municipality.name,
        "raadsperiode": row.term.start_year,
        "partijen": row.parties,
        "formatie": formation
        and {
            "stand": formation.get_state_display() or None,
            "sinds": formation.reached_on,
            "toelichting": formation.note or None,
            "isFictie": formation.is_fiction,
        },
        "echtAkkoord": {
            "titel": row.real_title,
            "vastgesteldOp": row.real_adopted_on,
            "vindplaats": row.real_address or None,
        }
        if row.real_title
        else None,
        "akkoorden": links.to("akkoorden", **about),
        "beoordelingen": links.to("beoordelingen", **about),
        "portaal": links.page_of_municipality(row),
        "zelf": links.to("coalities", name),
    }
