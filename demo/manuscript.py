"""The manuscripts of the demo: restricted Markdown with TOML in front. No Django inside.

Every agreement in `texts/` is fiction, written for this portal.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"
LABEL = "Voorbeeld: verzonnen tekst"


@dataclass(frozen=True)
class Manuscript:
    """One invented agreement, ready to be typeset.

    `blocks` are dictionaries with a `kind` (heading, paragraph, bullets, callout, table, break) and
    what belongs to it: `level` and `text`, `text`, `items`, or `rows`. An airy one is set wide, with each
    chapter on a new page.
    """

    name: str
    municipality: str
    term: int
    kind: str
    title: str
    adopted_on: date
    format: str
    columns: int
    is_airy: bool
    footer: str
    blocks: tuple[dict[str, Any], ...]


def all_manuscripts() -> list[Manuscript]:
    """Read every manuscript, in the order of their names."""
    return [read(path) for path in sorted(TEXTS.glob("*.md"))]


def newer_manuscripts() -> list[Manuscript]:
    """Read the newer versions of agreements that are in `texts/` too, by the same title."""
    return [read(path) for path in sorted((TEXTS / "versies").glob("*.md"))]


def read(path: Path) -> Manuscript:
    """Read one manuscript. Raises ValueError when its front matter is not there."""
    before, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    if before.strip():
        raise ValueError(f"{path.name} does not begin with +++")
    facts = tomllib.loads(front)
    return Manuscript(
        name=path.stem,
        municipality=facts["municipality"],
        term=facts["term"],
        kind=facts["kind"],
        title=facts["title"],
        adopted_on=facts["adopted_on"],
        format=facts["format"],
        columns=facts.get("columns", 1),
        is_airy=facts.get("airy", False),
        footer=facts.get("footer", facts["title"]),
        blocks=tuple(_blocks(body.splitlines())),
    )


def judgement_of(municipality: str, term: int) -> dict[str, Any]:
    """The passages and assessments that go with the documents of one coalition."""
    file = TEXTS / f"{municipality}-{term}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def work_rows() -> list[dict[str, Any]]:
    """Who reads which document for which themes, and how many pages they have read."""
    file = TEXTS / "werk.toml"
    if not file.exists():
        return []
    rows: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["assignment"]
    return rows


def judgement_rows() -> list[dict[str, Any]]:
    """Which judgements are where on their way to publication, with what was said about them."""
    rows: list[dict[str, Any]] = tomllib.loads(
        (TEXTS / "oordeel.toml").read_text(encoding="utf-8")
    )["judgement"]
    return rows


def _blocks(lines: list[str]) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for line in (line.strip() for line in lines):
        if line.startswith("#"):
            marks, _, text = line.partition(" ")
            blocks.append({"kind": "heading", "level": len(marks), "text": text})
        elif line.startswith("- "):
            _extend(blocks, "bullets", "items", line[2:])
        elif line.startswith("|"):
            _extend(blocks, "table", "rows", [cell.strip() for cell in line.strip("|").split("|")])
        elif line.startswith("> "):
            blocks.append({"kind": "callout", "text": line[2:]})
        elif line == "---":
            blocks.append({"kind": "break"})
        elif line:
            blocks.append({"kind": "paragraph", "text": line})
        elif blocks:
            blocks[-1]["closed"] = True  # an empty line ends a list or a table
    return blocks


def _extend(blocks: list[dict[str, Any]], kind: str, name: str, item: Any) -> None:
    if blocks and blocks[-1]["kind"] == kind and "closed" not in blocks[-1]:
        blocks[-1][name].append(item)
    else:
        blocks.append({"kind": kind, name: [item]})
