"""Search, as the page of search does it: the same question, the same hits, the same limits."""

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Field, Query, Router

from api.v1 import links
from api.v1.asking import OfJudgement, known, sheet
from api.v1.shapes import Zoekresultaten
from assessments.models import Level
from search import results
from search.address import Address, Choices
from search.hits import LAST_PAGE, PER_PAGE
from search.question import LONGEST

router = Router(tags=["Zoeken"])


class SearchAsked(OfJudgement):
    q: Annotated[str, Field(min_length=1, max_length=LONGEST)] = Field(
        description="De woorden. “Tussen aanhalingstekens” is letterlijk, een min ervoor is zonder.",
        examples=["ondermijning"],
    )
    soort: Literal["document", "citaat", "samenvatting", "reactie", "advies"] = Field(
        None, description="Waarin u zoekt."
    )
    heleWoorden: bool = Field(False, description="Waar: zoek niet ook in langere woorden.")
    pagina: Annotated[int, Field(ge=1, le=LAST_PAGE)] = Field(1, description="Welke bladzijde.")


@router.get(
    "/zoekresultaten",
    response=Zoekresultaten,
    url_name="zoekresultaten",
    operation_id="zoekresultaten",
    summary="Zoek",
)
def search(request, response: HttpResponse, asked: Query[SearchAsked]):
    """Zoek in akkoorden, citaten, samenvattingen, reacties en adviezen; de beste eerst, twintig op een bladzijde."""
    names = {name: known(asked, name) for name in ("gemeente", "raadsperiode", "thema", "oordeel")}
    word = {name: "" if value is None else str(value) for name, value in names.items()}
    choices = Choices()
    address = Address(
        q=asked.q.replace("\0", " "),
        gemeente=word["gemeente"],
        periode=word["raadsperiode"],
        thema=word["thema"],
        oordeel=word["oordeel"],
        soort=asked.soort or "",
        exact="1" if asked.heleWoorden else "",
        bladzijde=asked.pagina,
    )
    found = results.search(address, choices)
    return {
        "melding": _said_of(found),
        "gemeenten": found.found.municipalities,
        "resultaten": [_hit(hit) for hit in found.hits],
        **sheet(request, response, asked.pagina, PER_PAGE, found.found.total, most=LAST_PAGE),
    }


def _said_of(found):
    """What the page would say of the question, where it says something."""
    if not found.is_asked:
        return "Hierin staat geen woord om op te zoeken. Stuur een woord."
    return found.trouble or found.address.question.notice or None


def _hit(hit):
    return {
        "soort": hit.kind,
        "titel": hit.title,
        "akkoordTitel": hit.about or None,
        "fragment": _fragment(hit.snippet),
        "oordelen": [
            {"thema": theme.slug, "oordeel": None if level is None else _level(level)}
            for theme, level in hit.judgements
            if theme
        ],
        "isTekstVanAkkoord": hit.is_agreement,
        "isFictie": hit.is_fiction,
        "portaal": hit.url,
        "api": _address(hit.at),
    }


def _level(level):
    return {"niveau": int(level), "woord": Level(level).label}


def _fragment(snippet):
    """The words without markup, and where in them what was found begins and ends."""
    at, places = 0, []
    for piece in snippet.pieces:
        if piece.is_lit:
            places.append({"begin": at, "einde": at + len(piece.text)})
        at += len(piece.text)
    return {
        "tekst": "".join(piece.text for piece in snippet.pieces),
        "gevonden": places,
        "beginMidden": snippet.begins_inside,
        "eindMidden": snippet.ends_inside,
    }


def _address(at):
    """Where the API has what was found: the passage, the version, or the judgement with its reply."""
    if at.passage:
        return links.to("passages", at.passage)
    if at.version:
        return links.to("akkoorden", at.agreement, "versies", at.version)
    if at.municipality:
        coalition = f"{at.year}-{at.municipality}"
        return links.to("coalities", coalition, "beoordelingen", at.theme)
    return None
