"""A codebook that comes in, as .qdc or CSV: read with distrust, and with a sentence for each mistake. No Django inside."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agreements.intake.refusal import Refused
from agreements.intake.strict_xml import parse
from exchange.tables.cells import from_csv, plain
from themes.term_list import Line
from themes.term_list import read as read_terms

TERMS = "Termen:"
MOST_BYTES = 1_000_000
MOST_MISTAKES = 50  # that are told; of the rest how many there are
COLUMNS = ("thema", "aandachtspunt", "uitleg", "raadsperiode")
GROUP = "Regionale inbreng"
_NEEDED = COLUMNS[:2]
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_A_TERM = re.compile(r"\d{4}–\d{4}")
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
    is_xml = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    found = (_read_qdc if is_xml else _read_csv)(content, themes, term)
    more = len(found.mistakes) - MOST_MISTAKES
    if more <= 0:
        return found
    return Codebook(found.themes, [*found.mistakes[:MOST_MISTAKES], f"En nog {more}."])


def _read_qdc(content: bytes, themes: Mapping[str, str], term: str) -> Codebook:
    try:
        root = parse(content)
    except Refused:
        return Codebook({}, ["Dit bestand is geen geldig QDC-bestand. Voer het codeboek opnieuw uit, als QDC in UTF-8."])  # fmt: skip
    if _local(root) != "CodeBook":
        return Codebook({}, ["Dit is geen codeboek. Kies in uw programma voor ‘codeboek uitvoeren’ (QDC)."])  # fmt: skip
    keys = {name.casefold(): key for key, name in themes.items()}
    found: dict[str, ThemeSaid] = {}
    seen: set[str] = set()
    mistakes: list[str] = []
    for code in _codes(next((e for e in root if _local(e) == "Codes"), ())):
        name = _named(code)
        key = keys.get(name.casefold())
        if key is None:
            mistakes.append(f"Regel {code.sourceline}: {_no_theme(name, themes)}")
        elif key in seen:
            mistakes.append(f"Regel {code.sourceline}: het thema ‘{name}’ staat er twee keer. Laat er één staan.")  # fmt: skip
        else:
            seen.add(key)
            if said := _theme_of(code, term, mistakes):
                found[key] = said
    if not seen and not mistakes:
        mistakes.append("In dit codeboek staat geen enkele code.")
    return Codebook(found, mistakes)


def _theme_of(code: Any, term: str, mistakes: list[str]) -> ThemeSaid | None:
    """What a code says of its theme; None where it only has the regional input of other terms."""
    of, ours = code, None
    if any(not _is_codable(each) for each in _codes(code)):
        # Our own file has a group per regional input; another program has the focus points at once.
        of = ours = _group_of(code, term, mistakes)
        if of is None:
            return None
    described = _description(code)
    terms = None
    if described.startswith(TERMS):
        terms, wrong = read_terms(described.removeprefix(TERMS))
        mistakes += [f"{_named(code)}, termen: {each}" for each in wrong]
    ambition = _description(ours) if ours is not None else None
    if ambition and len(ambition) > _LONGEST["ambition"]:
        mistakes.append(f"{_named(code)}: de ambitie is langer dan {_LONGEST['ambition']} tekens.")
    return ThemeSaid(_points_of(of, mistakes), ambition or None, terms)


def _group_of(code: Any, term: str, mistakes: list[str]) -> Any:
    """The group with the regional input of this term, or None; what stands beside the groups is a mistake."""
    ours = None
    for each in _codes(code):
        name, at = _named(each), f"Regel {each.sourceline}"
        if _is_codable(each):
            mistakes.append(f"{at}: ‘{name[:60]}’ staat naast een groep. Zet het in de groep ‘{GROUP} {term}’.")  # fmt: skip
        elif not _A_TERM.fullmatch(name.rpartition(" ")[2]):
            mistakes.append(f"{at}: de groep ‘{name[:60]}’ kennen wij niet. Noem haar ‘{GROUP} {term}’.")  # fmt: skip
        elif name.endswith(term) and ours is not None:
            mistakes.append(f"{at}: de groep ‘{name[:60]}’ staat er twee keer. Laat er één staan.")
        elif name.endswith(term):
            ours = each
    return ours


def _points_of(group: Any, mistakes: list[str]) -> list[Point]:
    points: list[Point] = []
    names: set[str] = set()
    for each in _codes(group):
        name = _named(each)
        if _codes(each):
            mistakes.append(f"Regel {each.sourceline}: onder aandachtspunt ‘{name[:60]}’ staan nog codes. Zet ze ernaast, of haal ze weg.")  # fmt: skip
        if not _is_codable(each):
            continue  # it was dropped
        point = Point(name, _description(each), (each.get("guid") or "").strip("{}").lower())
        _check(point, f"Regel {each.sourceline}", names, mistakes)
        points.append(point)
    return points


def _read_csv(content: bytes, themes: Mapping[str, str], term: str) -> Codebook:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if _NOT_IN_TEXT.search(content) and not content.startswith(_UTF16):
            return Codebook({}, ["Dit is geen QDC- of CSV-bestand. Kies een ander bestand."])
        row = content.count(b"\n", 0, problem.start) + 1
        return Codebook({}, [f"Rij {row}: dit bestand is niet in UTF-8. Kies bij het opslaan de tekenset UTF-8."])  # fmt: skip
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        columns = [_tidy(name).casefold() for name in next(rows, [])]
        if missing := [name for name in _NEEDED if name not in columns]:
            return Codebook({}, [f"Rij 1: de kolom ‘{missing[0]}’ ontbreekt. Zet bovenaan: thema, aandachtspunt, uitleg."])  # fmt: skip
        if double := [name for name in columns if name and columns.count(name) > 1]:
            return Codebook({}, [f"Rij 1: de kolom ‘{double[0][:60]}’ staat er twee keer. Laat er één staan."])  # fmt: skip
        return _from_rows(rows, columns, themes, term)
    except csv.Error:
        return Codebook({}, [f"Rij {rows.line_num}: deze rij is niet te lezen. Sla de tabel opnieuw op als CSV."])  # fmt: skip


def _from_rows(rows: Any, columns: Sequence[str], themes: Mapping[str, str], term: str) -> Codebook:
    keys = {name.casefold(): key for key, name in themes.items()}
    found: dict[str, list[Point]] = {}
    names: dict[str, set[str]] = {}
    mistakes: list[str] = []
    is_empty = True
    for row in rows:
        cells = dict(zip(columns, row, strict=False))
        said = {name: _tidy(from_csv(cells.get(name, ""))) for name in COLUMNS}
        if not any(cell.strip() for cell in row):
            continue
        at, is_empty = f"Rij {rows.line_num}", False
        of_term = said["raadsperiode"].replace("-", "–") or term
        key = keys.get(said["thema"].casefold())
        if len(row) > len(columns) or _is_loose(columns, row):
            mistakes.append(f"{at}: meer cellen dan kolommen. Zet de uitleg tussen aanhalingstekens.")  # fmt: skip
        elif not _A_TERM.fullmatch(of_term):
            mistakes.append(f"{at}: ‘{of_term[:60]}’ is geen raadsperiode. Schrijf: {term}.")
        elif key is None:
            mistakes.append(f"{at}: {_no_theme(said['thema'], themes)}")
        elif of_term == term:
            point = Point(said["aandachtspunt"], said["uitleg"])
            _check(point, at, names.setdefault(key, set()), mistakes)
            found.setdefault(key, []).append(point)
    if is_empty:
        mistakes.append("In dit bestand staat geen enkele rij.")
    return Codebook({key: ThemeSaid(points) for key, points in found.items()}, mistakes)


def _is_loose(columns: Sequence[str], row: Sequence[str]) -> bool:
    """Whether something stands in a column without a name, as after a comma that nobody quoted."""
    return any(cell.strip() for name, cell in zip(columns, row, strict=False) if not name)


def _check(point: Point, at: str, names: set[str], mistakes: list[str]) -> None:
    """Add what is wrong with a point to the mistakes, and its name to those that its theme has."""
    name = point.name.casefold()
    if not name:
        mistakes.append(f"{at}: het aandachtspunt heeft geen naam.")
    elif name in names:
        mistakes.append(f"{at}: aandachtspunt ‘{point.name[:100]}’ staat er twee keer. Laat er één staan.")  # fmt: skip
    names.add(name)
    for said, longest in ((point.name, _LONGEST["name"]), (point.description, _LONGEST["description"])):  # fmt: skip
        if len(said) > longest:
            mistakes.append(f"{at}: ‘{said[:40]}…’ is langer dan {longest} tekens.")


def _no_theme(name: str, themes: Mapping[str, str]) -> str:
    if not name:
        return "het thema ontbreekt."
    return f"het thema ‘{name[:60]}’ kennen wij niet. De zes zijn: {', '.join(themes.values())}."


def _codes(parent: Any) -> list[Any]:
    return [element for element in parent if _local(element) == "Code"]


def _is_codable(code: Any) -> bool:
    return code.get("isCodable") not in {"false", "0"}


def _named(code: Any) -> str:
    return _tidy(code.get("name") or "")


def _description(code: Any) -> str:
    return next((_lines(e.text or "") for e in code if _local(e) == "Description"), "")


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _tidy(text: str) -> str:
    return " ".join(plain(text).split())


def _lines(text: str) -> str:
    return "\n".join(plain(text).strip().splitlines())
