"""What was published, revised and withdrawn since, in the order in which readers could see it (ADR 50)."""

import re
from datetime import UTC, datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator

from api.models import Change
from api.v1 import links
from api.v1.shapes import Wijzigingen

router = Router(tags=["Wijzigingen"])
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


def _moment(written):
    """A moment as RFC 3339 writes it; raises ValueError, in words for who asked."""
    problem = ValueError("Schrijf het moment als 2026-03-01T09:00:00Z, met een tijdzone.")
    if not _MOMENT.fullmatch(written):
        raise problem
    try:
        moment = datetime.fromisoformat(written.upper())
    except ValueError:
        raise problem from None
    # Near the first and last year that there is, another time zone may fall outside.
    if moment.year in {1, 9999}:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat()


class ChangesAsked(Schema):
    sinds: Annotated[
        str, AfterValidator(_moment), Field(json_schema_extra={"format": "date-time"})
    ] = Field(None, description="Alleen wat op of na dit moment gebeurde.", examples=["2026-03-01T09:00:00Z"])  # fmt: skip
    na: Annotated[int, Field(ge=0, le=2**63 - 1)] = Field(
        None, description="Alleen wat na deze wijziging kwam; staat in het volgende adres."
    )
    aantal: Annotated[int, Field(ge=1, le=200)] = Field(100, description="Hoogstens zoveel.")


@router.get("/wijzigingen", response=Wijzigingen, url_name="wijzigingen", operation_id="wijzigingen", summary="Wijzigingen sinds")  # fmt: skip
def changes(request, response: HttpResponse, asked: Query[ChangesAsked]):
    """Welke beoordelingen zijn gepubliceerd, herzien of ingetrokken, in die volgorde. Volg steeds het adres
    “volgende”, ook als er niets is: zo mist u niets en ziet u niets twee keer.
    """
    rows = Change.objects.for_display().order_by("pk")
    if asked.sinds is not None:
        rows = rows.filter(at__gte=datetime.fromisoformat(asked.sinds))
    if asked.na is not None:
        rows = rows.filter(pk__gt=asked.na)
    found = list(rows[: asked.aantal + 1])
    shown = found[: asked.aantal]
    following = request.get_full_path()
    if shown:
        following = links.to("wijzigingen", na=shown[-1].pk, aantal=asked.aantal)
    response["Link"] = f'<{following}>; rel="next"'
    return {
        "resultaten": [_change(row) for row in shown],
        "isMeer": len(found) > len(shown),
        "links": {"zelf": request.get_full_path(), "volgende": following},
    }


def _change(row):
    is_there = row.kind != Change.Kind.WITHDRAWN
    return {
        "nummer": row.pk,
        "op": row.at,
        "soort": row.kind,
        "coalitie": links.id_of(row.coalition),
        "gemeente": row.coalition.municipality.slug,
        "raadsperiode": row.coalition.term.start_year,
        "thema": row.theme.slug,
        "herziening": row.revision,
        "beoordeling": links.assessment(row.coalition, row.theme) if is_there else None,
    }
