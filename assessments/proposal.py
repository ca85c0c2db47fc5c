"""The level that follows from the codings, per focus point and for the theme, and why.

The rule is DOMAIN's: a coded passage makes a theme "genoemd", a goal or an approach makes it "uitgewerkt", a
passage with a measure makes it "concreet". The strongest passage counts. A person confirms it or departs
from it with a reason; nothing is decided by itself.
"""

from dataclasses import dataclass

from assessments.models import Level
from themes.models import FocusPoint


@dataclass(frozen=True)
class Part:
    """One focus point (None: the theme as a whole) with its codings, and the level these come to."""

    focus_point: FocusPoint | None
    codings: list
    level: Level | None
    why: str

    @property
    def label(self):
        return self.level.label if self.level is not None else "nog niets gecodeerd"


@dataclass(frozen=True)
class Proposal:
    """The level that follows for the theme; None when nothing follows yet."""

    level: Level | None
    why: str
    parts: list

    @property
    def label(self):
        return self.level.label if self.level is not None else ""


def proposal_from(codings, *, focus_points, search):
    """Propose from these codings (with their passages' measures); without any, from the Search."""
    codings = list(codings)
    of_point = {}
    for coding in codings:
        of_point.setdefault(coding.focus_point_id, []).append(coding)
    points = [*focus_points, *_points_of_old(codings, focus_points)]
    parts = [
        _part(point, of_point.get(point.pk, []), empty="Geen citaat over dit aandachtspunt.")
        for point in points
    ]
    if None in of_point:
        parts.append(_part(None, of_point[None], empty=""))
    if codings:
        level, why = _from(codings)
        return Proposal(level, why, parts)
    return Proposal(*_from_search(search), parts)


def _points_of_old(codings, focus_points):
    """Focus points that codings have and that the region no longer asks for."""
    asked = {point.pk for point in focus_points}
    return {
        coding.focus_point_id: coding.focus_point
        for coding in codings
        if coding.focus_point_id and coding.focus_point_id not in asked
    }.values()


def _part(point, codings, *, empty):
    level, why = _from(codings) if codings else (None, empty)
    return Part(point, codings, level, why)


def _from(codings):
    measured = {c.passage_id for c in codings if list(c.passage.measures.all())}
    if measured:
        return Level.CONCRETE, f"{_quotes(measured)} een maatregel."
    worked_out = {c.passage_id for c in codings if c.strength >= Level.ELABORATED}
    if worked_out:
        lacking = any(coding.strength == Level.CONCRETE for coding in codings)
        rest = (
            "Er is er een gecodeerd als concreet, maar er is geen maatregel vastgelegd."
            if lacking
            else "Geen citaat bevat een maatregel."
        )
        return Level.ELABORATED, f"{_quotes(worked_out)} een doel of een aanpak. {rest}"
    named = {coding.passage_id for coding in codings}
    return Level.MENTIONED, f"{_quotes(named, 'noemt', 'noemen')} het, zonder doel of aanpak."


def _quotes(passages, one="bevat", many="bevatten"):
    return f"1 citaat {one}" if len(passages) == 1 else f"{len(passages)} citaten {many}"


def _from_search(search):
    if not search.versions:
        return None, "Er is nog geen leesbaar akkoord."
    if left := len(search.open):
        hits = "1 treffer is" if left == 1 else f"{left} treffers zijn"
        return None, f"Er zijn geen citaten, en {hits} nog niet bekeken."
    if not search.hits:
        return Level.NOT_MENTIONED, "Er zijn geen citaten. De zoektermen komen niet voor."
    return Level.NOT_MENTIONED, "Er zijn geen citaten. Geen enkele treffer gaat over het thema."
