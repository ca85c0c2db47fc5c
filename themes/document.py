"""A regional input as one document: what is missing in it, and how two of them differ. No Django inside.

    {"title": "…", "dated": "2022-02-17", "source": "…",
     "partners": [{"key": "3", "name": "…", "themes": ["ondermijning"]}],
     "themes": {"ondermijning": {"ambition": "…",
                                 "focus_points": [{"key": "partners", "name": "…", "description": "…"}]}}}

The key of a focus point or partner is its identity: it stays when the name changes. A partner that isn't
known yet has a key that begins with NEW.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
GENERAL = "algemeen"
NEW = "nieuw:"
POINT = "Aandachtspunt"  # what a difference of a focus point is of


@dataclass(frozen=True)
class Difference:
    """One thing that two documents say otherwise; an empty text means that it isn't there."""

    where: str
    what: str
    before: str
    after: str


def section_of(document: Document, section: str) -> Document:
    """The part of a document that is edited and saved at once: a theme's, or what is general."""
    if section != GENERAL:
        part: Document = document["themes"].get(section, {"ambition": "", "focus_points": []})
        return part
    return {name: document[name] for name in ("title", "dated", "source", "partners")}


def with_section(document: Document, section: str, part: Document) -> Document:
    """The same document with this part in the place of its own."""
    if section == GENERAL:
        return {**document, **part}
    return {**document, "themes": {**document["themes"], section: part}}


def gaps(document: Document, names: dict[str, str]) -> list[str]:
    """What must be mended before this document can be published, in Dutch; `names` are of the themes."""
    return [*_gaps_in_general(document), *_gaps_in_themes(document, names)]


def _gaps_in_general(document: Document) -> Iterator[str]:
    if not document["title"]:
        yield "De titel is leeg."
    partners = [partner["name"] for partner in document["partners"]]
    yield from (f"Partner {number} heeft geen naam." for number in _empty(partners))
    yield from (f"Partner “{name}” staat er twee keer." for name in _double(partners))
    for partner in document["partners"]:
        if partner["name"] and not partner["themes"]:
            yield f"Partner “{partner['name']}” heeft geen thema."


def _gaps_in_themes(document: Document, names: dict[str, str]) -> Iterator[str]:
    for key, name in names.items():
        part = section_of(document, key)
        if not part["ambition"]:
            yield f"{name}: de ambitie is leeg."
        if not part["focus_points"]:
            yield f"{name}: er is geen aandachtspunt."
        points = [point["name"] for point in part["focus_points"]]
        yield from (f"{name}: aandachtspunt {number} heeft geen naam." for number in _empty(points))
        yield from (
            f"{name}: aandachtspunt “{double}” staat er twee keer." for double in _double(points)
        )


def _empty(names: list[str]) -> list[int]:
    return [number for number, name in enumerate(names, start=1) if not name]


def _double(names: list[str]) -> list[str]:
    return sorted({name for name in names if name and names.count(name) > 1})


def differences(before: Document, after: Document, names: dict[str, str]) -> list[Difference]:
    """How `after` differs from `before`, in the order of the document."""
    found = [
        Difference("Algemeen", what, before[name], after[name])
        for name, what in (("title", "Titel"), ("dated", "Datum"), ("source", "Bron"))
    ]
    found += _rows("Algemeen", "Partner", before["partners"], after["partners"], _partner(names))
    for key, name in names.items():
        old, new = section_of(before, key), section_of(after, key)
        found.append(Difference(name, "Ambitie", old["ambition"], new["ambition"]))
        found += _rows(name, POINT, old["focus_points"], new["focus_points"], _point)
    return [difference for difference in found if difference.before != difference.after]


def _rows(where: str, what: str, before: Any, after: Any, say: Any) -> Iterator[Difference]:
    old, new = ({row["key"] or row["name"]: row for row in rows} for rows in (before, after))
    for key in [*old, *(key for key in new if key not in old)]:
        yield Difference(
            where, what, say(old[key]) if key in old else "", say(new[key]) if key in new else ""
        )
    kept = [[key for key in rows if key in old and key in new] for rows in (old, new)]
    if kept[0] != kept[1]:
        order = [", ".join(new[key]["name"] for key in keys) for keys in kept]
        yield Difference(where, "Volgorde", *order)


def _point(row: Document) -> str:
    return f"{row['name']}. {row['description']}".strip()


def _partner(names: dict[str, str]) -> Any:
    def say(row: Document) -> str:
        return f"{row['name']} ({', '.join(names.get(key, key) for key in row['themes'])})"

    return say


def moved(rows: list[Document], number: int, by: int) -> list[Document]:
    """The rows with one of them moved; at an end it stays where it is."""
    to = number + by
    if not (0 <= number < len(rows) and 0 <= to < len(rows)):
        return rows
    rows = list(rows)
    rows.insert(to, rows.pop(number))
    return rows
