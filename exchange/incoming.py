"""A codebook that comes in, as .qdc or CSV: read with distrust, and with a sentence for each mistake. No Django inside."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agreements.intake.refusal import Refused
from agreements.intake.strict_xml import parse
from themes.term_list import Line
from themes.term_list import read as read_terms

TERMS = "Termen:"
MOST_BYTES = 1_000_000
_COLUMNS = ("thema", "aandachtspunt", "uitleg")
_LONGEST = {"name": 100, "description": 500, "ambition": 2000}


@dataclass(frozen=True)
class Point:
    """A focus point as a file says it; the GUID is empty where the file knows none."""

    name: str
    description: str
    guid: str = ""


@dataclass(frozen=True)
class ThemeSaid:
    """What a file says of one theme. None: it says nothing of that, so that stays as it is."""

    points: Sequence[Point]
    ambition: str | None = None
    terms: Sequence[Line] | None = None


@dataclass(frozen=True)
class Codebook:
    """What a file says, by the key of a theme, and what is wrong with it: then nothing of it is used."""

    themes: Mapping[str, ThemeSaid]
    mistakes: Sequence[str]


def read(content: bytes, *, themes: Mapping[str, str], term: str) -> Codebook:
    """The codebook in a file. `themes` are the names of the six by their key; `term` is the council term whose
    regional input is asked for, where a file holds several.
    """
    if len(content) > MOST_BYTES:
        return Codebook({}, ["Dit bestand is te groot. Een codeboek is hoogstens 1 MB."])
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _read_qdc(content, themes, term)
    return _read_csv(content, themes)


def _read_qdc(content: bytes, themes: Mapping[str, str], term: str) -> Codebook:
    try:
        root = parse(content)
    except Refused:
        return Codebook({}, ["Dit bestand is geen geldig QDC-bestand. Voer het codeboek opnieuw uit, als QDC in UTF-8."])  # fmt: skip
    if _local(root) != "CodeBook":
        return Codebook({}, ["Dit is geen codeboek. Kies in uw programma voor ‘codeboek uitvoeren’ (QDC)."])  # fmt: skip
    keys = {name.casefold(): key for key, name in themes.items()}
    found: dict[str, ThemeSaid] = {}
    mistakes: list[str] = []
    for code in _codes(next((e for e in root if _local(e) == "Codes"), ())):
        name = _named(code)
        key = keys.get(name.casefold())
        if key is None:
            mistakes.append(f"Regel {code.sourceline}: {_no_theme(name, themes)}")
            continue
        found[key] = _theme_of(code, term, mistakes)
    if not found and not mistakes:
        mistakes.append("In dit codeboek staat geen enkele code.")
    return Codebook(found, mistakes)


def _theme_of(code: Any, term: str, mistakes: list[str]) -> ThemeSaid:
    groups = [each for each in _codes(code) if each.get("isCodable") == "false"]
    ours = next((each for each in groups if _named(each).endswith(term)), None)
    # Our own file has a group per regional input; another program has the focus points at once.
    of = code if not groups else ours
    points: list[Point] = []
    for each in _codes(of) if of is not None else ():
        if each.get("isCodable") == "false":
            continue
        point = Point(
            _named(each), _description(each), (each.get("guid") or "").strip("{}").lower()
        )
        _check(point, each.sourceline, points, mistakes)
        points.append(point)
    described = _description(code)
    terms = None
    if described.startswith(TERMS):
        terms, wrong = read_terms(described.removeprefix(TERMS))
        mistakes += [f"{_named(code)}, termen: {each}" for each in wrong]
    ambition = _description(ours) if ours is not None else None
    if ambition and len(ambition) > _LONGEST["ambition"]:
        mistakes.append(f"{_named(code)}: de ambitie is langer dan {_LONGEST['ambition']} tekens.")
    return ThemeSaid(points, ambition or None, terms)


def _read_csv(content: bytes, themes: Mapping[str, str]) -> Codebook:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        row = content.count(b"\n", 0, problem.start) + 1
        return Codebook({}, [f"Rij {row}: dit bestand is niet in UTF-8. Kies bij het opslaan de tekenset UTF-8."])  # fmt: skip
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restval="")
    try:
        columns = [(name or "").strip().casefold() for name in rows.fieldnames or ()]
        missing = [name for name in _COLUMNS[:2] if name not in columns]
        if missing:
            return Codebook({}, [f"Rij 1: de kolom ‘{missing[0]}’ ontbreekt. Zet bovenaan: thema, aandachtspunt, uitleg."])  # fmt: skip
        rows.fieldnames = columns
        return _from_rows(rows, themes)
    except csv.Error:
        return Codebook({}, [f"Rij {rows.line_num}: deze rij is niet te lezen. Sla de tabel opnieuw op als CSV."])  # fmt: skip


def _from_rows(rows: Any, themes: Mapping[str, str]) -> Codebook:
    keys = {name.casefold(): key for key, name in themes.items()}
    found: dict[str, list[Point]] = {}
    mistakes: list[str] = []
    for row in rows:
        said = {name: _tidy(row.get(name) or "") for name in _COLUMNS}
        if not any(said.values()):
            continue
        key = keys.get(said["thema"].casefold())
        if key is None:
            mistakes.append(f"Rij {rows.line_num}: {_no_theme(said['thema'], themes)}")
            continue
        point = Point(said["aandachtspunt"], said["uitleg"])
        _check(point, rows.line_num, found.setdefault(key, []), mistakes, "Rij")
        found[key].append(point)
    if not found and not mistakes:
        mistakes.append("In dit bestand staat geen enkele rij.")
    return Codebook({key: ThemeSaid(points) for key, points in found.items()}, mistakes)


def _check(
    point: Point, at: int, before: Sequence[Point], mistakes: list[str], where: str = "Regel"
) -> None:
    if not point.name:
        mistakes.append(f"{where} {at}: het aandachtspunt heeft geen naam.")
    elif any(point.name.casefold() == other.name.casefold() for other in before):
        mistakes.append(f"{where} {at}: aandachtspunt ‘{point.name}’ staat er twee keer. Laat er één staan.")  # fmt: skip
    for said, longest in ((point.name, _LONGEST["name"]), (point.description, _LONGEST["description"])):  # fmt: skip
        if len(said) > longest:
            mistakes.append(f"{where} {at}: ‘{said[:40]}…’ is langer dan {longest} tekens.")


def _no_theme(name: str, themes: Mapping[str, str]) -> str:
    return f"het thema ‘{name[:60]}’ kennen wij niet. De zes zijn: {', '.join(themes.values())}."


def _codes(parent: Any) -> list[Any]:
    return [element for element in parent if _local(element) == "Code"]


def _named(code: Any) -> str:
    return _tidy(code.get("name") or "")


def _description(code: Any) -> str:
    return next((_lines(e.text or "") for e in code if _local(e) == "Description"), "")


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> str:
    return "\n".join(text.strip().splitlines())
