"""REFI-QDA: a codebook (.qdc) and a project (.qdpx), as ATLAS.ti, NVivo, MAXQDA and QualCoder read them.

A project is a zip with project.qde and the sources. Positions count Unicode code points from 0 in the source's
own plain text, which has line feeds for line ends; the end is the first one after (ADR 46). No Django inside.
"""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import etree

from exchange.tables.cells import plain

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
ORIGIN = "Veiligheid in coalitieakkoorden"
CODEBOOK_TYPE = "application/xml"
PROJECT_TYPE = "application/zip"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file in a zip, so that the same project is the same file


@dataclass(frozen=True)
class Code:
    """A code of the codebook with the codes below it; the colour as #rrggbb, or nothing."""

    guid: str
    name: str
    description: str = ""
    colour: str = ""
    is_codable: bool = True
    below: Sequence["Code"] = ()


@dataclass(frozen=True)
class Note:
    """A text that hangs on a coding or a selection."""

    guid: str
    name: str
    text: str


@dataclass(frozen=True)
class Coding:
    """That a code goes for a selection, by whom (the GUID of a user) and when (ISO 8601, with a zone)."""

    guid: str
    code: str
    user: str
    at: str
    notes: Sequence[Note] = ()


@dataclass(frozen=True)
class Selection:
    """A stretch of a source with its codings."""

    guid: str
    name: str
    start: int
    end: int
    user: str
    at: str
    codings: Sequence[Coding]
    notes: Sequence[Note] = ()


@dataclass(frozen=True)
class Source:
    """A document: its plain text, and where it is a PDF a way to open that. `values` are by variable."""

    guid: str
    text_guid: str
    name: str
    description: str
    text: str
    selections: Sequence[Selection]
    values: dict[str, str]
    pdf: Any = None  # called without arguments it gives the open file


@dataclass(frozen=True)
class Case:
    """One coalition: its sources, and its values by variable."""

    guid: str
    name: str
    sources: Sequence[str]
    values: dict[str, str]


@dataclass(frozen=True)
class Variable:
    guid: str
    name: str


@dataclass(frozen=True)
class Project:
    """All that goes into one .qdpx. `users` are roles by GUID; `variables` are by their key in `values`."""

    name: str
    description: str
    users: dict[str, str]
    codes: Sequence[Code]
    variables: dict[str, Variable]
    cases: Sequence[Case]
    sources: Iterable[Source] = field(default_factory=list)


def write_codebook(codes: Sequence[Code]) -> bytes:
    """The codes as a .qdc."""
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", nsmap=_unprefixed(CODEBOOK), origin=ORIGIN)
    _add_codes(root, CODEBOOK, codes)
    return _bytes(root)


def write_project(project: Project, file: IO[bytes]) -> None:
    """Write the project as a .qdpx. The sources are asked for once, so that their texts need not all be in memory."""
    root = etree.Element(f"{{{PROJECT}}}Project", nsmap=_unprefixed(PROJECT), name=plain(project.name), origin=ORIGIN)  # fmt: skip
    notes: list[Note] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        if project.users:
            users = _child(root, "Users")
            for guid, name in project.users.items():
                _child(users, "User", guid=guid, name=name)
        _add_codes(_child(root, "CodeBook"), PROJECT, project.codes)
        variables = _child(root, "Variables")
        for variable in project.variables.values():
            _child(variables, "Variable", guid=variable.guid, name=variable.name, typeOfVariable="Text")  # fmt: skip
        cases, sources = etree.SubElement(root, _name("Cases")), _child(root, "Sources")
        for source in project.sources:
            _add_source(package, sources, source, project.variables, notes)
        present = {source.get("guid") for source in sources}
        for case in project.cases:
            _add_case(cases, case, project.variables, present)
        if notes:
            below = _child(root, "Notes")
            for note in notes:
                element = _child(below, "Note", guid=note.guid, name=note.name)
                _child(element, "PlainTextContent").text = plain(note.text)
        _child(root, "Description").text = plain(project.description)
        for empty in [each for each in root if each.tag in map(_name, ("Cases", "Sources")) and not len(each)]:  # fmt: skip
            root.remove(empty)
        _put(package, "project.qde", _bytes(root))


def _add_codes(book: Any, space: str, codes: Sequence[Code]) -> None:
    _below(etree.SubElement(book, f"{{{space}}}Codes"), space, codes)


def _below(parent: Any, space: str, codes: Sequence[Code]) -> None:
    for code in codes:
        element = etree.SubElement(
            parent,
            f"{{{space}}}Code",
            guid=code.guid,
            name=plain(code.name),
            isCodable="true" if code.is_codable else "false",
        )
        if code.colour:
            element.set("color", code.colour)
        if code.description:
            etree.SubElement(element, f"{{{space}}}Description").text = plain(code.description)
        _below(element, space, code.below)


def _add_source(
    package: zipfile.ZipFile,
    sources: Any,
    source: Source,
    variables: dict[str, Variable],
    notes: list[Note],
) -> None:
    # Some programs look for the file by the GUID of the element that names it.
    name = f"{source.guid if source.pdf is None else source.text_guid}.txt"
    _put(package, f"sources/{name}", source.text.encode())
    path = f"internal://{name}"
    if source.pdf is None:
        element = text = _child(sources, "TextSource", guid=source.guid, name=plain(source.name), plainTextPath=path)  # fmt: skip
        _child(element, "Description").text = plain(source.description)
    else:
        # A PDF is compressed already.
        with source.pdf() as file:
            _put(package, f"sources/{source.guid}.pdf", file.read(), zipfile.ZIP_STORED)
        element = _child(sources, "PDFSource", guid=source.guid, name=plain(source.name), path=f"internal://{source.guid}.pdf")  # fmt: skip
        _child(element, "Description").text = plain(source.description)
        text = _child(element, "Representation", guid=source.text_guid, name=plain(source.name), plainTextPath=path)  # fmt: skip
    for selection in source.selections:
        _add_selection(text, selection, notes)
    _add_values(element, source.values, variables)


def _add_selection(text: Any, selection: Selection, notes: list[Note]) -> None:
    element = _child(
        text,
        "PlainTextSelection",
        guid=selection.guid,
        name=plain(selection.name),
        startPosition=str(selection.start),
        endPosition=str(selection.end),
        creatingUser=selection.user,
        creationDateTime=selection.at,
    )
    for coding in selection.codings:
        made = _child(element, "Coding", guid=coding.guid, creatingUser=coding.user, creationDateTime=coding.at)  # fmt: skip
        _child(made, "CodeRef", targetGUID=coding.code)
        _refer(made, coding.notes, notes)
    _refer(element, selection.notes, notes)


def _refer(element: Any, hanging: Sequence[Note], notes: list[Note]) -> None:
    for note in hanging:
        _child(element, "NoteRef", targetGUID=note.guid)
        notes.append(note)


def _add_case(
    cases: Any, case: Case, variables: dict[str, Variable], present: set[str | None]
) -> None:
    element = _child(cases, "Case", guid=case.guid, name=plain(case.name))
    _add_values(element, case.values, variables)
    for guid in case.sources:
        if guid in present:
            _child(element, "SourceRef", targetGUID=guid)


def _add_values(element: Any, values: dict[str, str], variables: dict[str, Variable]) -> None:
    for key, value in values.items():
        said = _child(element, "VariableValue")
        _child(said, "VariableRef", targetGUID=variables[key].guid)
        _child(said, "TextValue").text = plain(value)


def _unprefixed(space: str) -> Any:
    return {None: space}


def _name(local: str) -> str:
    return f"{{{PROJECT}}}{local}"


def _child(parent: Any, tag: str, /, **attributes: str) -> Any:
    return etree.SubElement(parent, _name(tag), attributes)


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=False))


def _put(
    package: zipfile.ZipFile, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED
) -> None:
    package.writestr(zipfile.ZipInfo(name, _MOMENT), content, compress_type=how)
