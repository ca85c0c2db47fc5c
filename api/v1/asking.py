"""What one can ask of a list: a page of it, and only some of it."""

from math import ceil
from typing import Annotated
from urllib.parse import urlencode

from ninja import Field, Schema

from api.problems import Problem
from api.v1.links import BASE
from municipalities.models import CouncilTerm, Municipality
from themes.models import FocusPoint, Theme

# An optional parameter is simply left out, so None is its default and never a value.
Slug = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,80}$")]
Year = Annotated[int, Field(ge=1900, le=2200)]
Level = Annotated[int, Field(ge=0, le=3)]
Key = Annotated[int, Field(ge=1, le=2**31 - 1)]
MUNICIPALITY = Field(None, description="De id van een gemeente.", examples=["enschede"])
TERM = Field(None, description="Het beginjaar van een raadsperiode.", examples=[2026])
THEME = Field(None, description="De id van een thema.", examples=["ondermijning"])
LEVEL = Field(None, description="0 niet genoemd, 1 genoemd, 2 uitgewerkt, 3 concreet.")


class Paged(Schema):
    pagina: Annotated[int, Field(ge=1, le=10_000)] = Field(1, description="Welke bladzijde.")
    paginaGrootte: Annotated[int, Field(ge=1, le=100)] = Field(
        20, description="Hoeveel op een bladzijde."
    )


class OfPlace(Schema):
    gemeente: Slug = MUNICIPALITY
    raadsperiode: Year = TERM


class OfJudgement(OfPlace):
    thema: Slug = THEME
    oordeel: Level = LEVEL


# What a filter names must be there, or a slip of the pen looks like "nothing found".
_KNOWN = {
    "gemeente": (Municipality, "slug", "gemeenten"),
    "raadsperiode": (CouncilTerm, "start_year", "raadsperioden"),
    "thema": (Theme, "slug", "themas"),
    "aandachtspunt": (FocusPoint, "slug", "themas"),
}


def lookups(asked, **names):
    """Of what was asked, by the name of each parameter, the lookups for a queryset; or raise Problem."""
    return {lookup: value for name, lookup in names.items() if (value := known(asked, name)) is not None}  # fmt: skip


def known(asked, name):
    """The value of a parameter, or None; raises Problem for a name that nothing has."""
    value = getattr(asked, name)
    if value is None or name not in _KNOWN:
        return value
    model, field, where = _KNOWN[name]
    if not model.objects.filter(**{field: value}).exists():
        raise Problem(
            404,
            f"Er is geen {name} “{value}”. Op {BASE}/{where} staat wat er is.",
            wrong=[{"parameter": name, "detail": "Deze naam is niet bekend."}],
        )
    return value


def page_of(request, response, queryset, asked, shape):
    """One page of a list as an answer; `shape` makes its rows of those of the queryset, all at once."""
    size, here = asked.paginaGrootte, asked.pagina
    total = queryset.count()
    begin = (here - 1) * size
    rows = list(queryset[begin : begin + size]) if begin < total else []
    return {"resultaten": shape(rows)} | sheet(request, response, here, size, total)


def sheet(request, response, here, size, total, most=10_000):
    """Where one is in a list, with the ways on; also in the Link header."""
    last = min(max(ceil(total / size), 1), most)
    links = {
        "zelf": _at(request, here),
        "eerste": _at(request, 1),
        "vorige": _at(request, min(here - 1, last)) if here > 1 else None,
        "volgende": _at(request, here + 1) if here < last else None,
        "laatste": _at(request, last),
    }
    relations = {"first": "eerste", "prev": "vorige", "next": "volgende", "last": "laatste"}
    response["Link"] = ", ".join(
        f'<{links[name]}>; rel="{relation}"' for relation, name in relations.items() if links[name]
    )
    return {"totaal": total, "pagina": here, "paginaGrootte": size, "links": links}


def _at(request, number):
    about = request.GET.dict() | {"pagina": number}
    return f"{request.path}?{urlencode(about)}"
