"""The work or what is published of it, as a project for programs for qualitative analysis."""

import tempfile
from collections import defaultdict

from django.utils.timezone import localtime

from agreements.models import AgreementVersion, Coding, Measure
from exchange import refi_qda
from exchange.codebook import code_of_point, code_of_theme, codes
from exchange.highlights import FICTION, can_hold_highlights
from exchange.identity import guid
from exchange.quotes import NO_ROLE, measure_in_words, role_of
from exchange.refi_qda import Case, Code, Note, Project, Selection, Source, Variable
from exchange.workbook import TITLE
from overview.content import readable_versions

_IN_MEMORY = 1_000_000  # bytes; a larger file goes by way of the disk
_NAMES = {
    "municipality": "Gemeente",
    "cbs": "CBS-code",
    "term": "Raadsperiode",
    "kind": "Soort document",
    "version": "Versie",
    "sha256": "Controlegetal (sha256)",
    "fiction": "Fictie",
}
VARIABLES = {key: Variable(guid("variable", key), name) for key, name in _NAMES.items()}


def write(scope):
    """A .qdpx with what the scope holds, ready to be read from its beginning; the caller closes it.

    Of published data the versions that a reader may open; of work the current ones too, with the notes.
    """
    rows = list(_codings(scope))
    versions = list(_versions(scope, rows))
    roles = {row.role or NO_ROLE for row in rows} | {row.marker or NO_ROLE for row in rows}
    project = Project(
        name=TITLE,
        description=f"Keuze: {scope.in_words}. Posities tellen Unicode-tekens vanaf 0; een regeleinde is één teken.",
        users={guid("role", role): role for role in sorted(roles)},
        codes=[*codes(has_terms=scope.is_work), _strengths()],
        variables=VARIABLES,
        cases=_cases(versions),
        sources=_sources(scope, versions, rows),
    )
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    refi_qda.write_project(project, file)
    file.seek(0)
    return file


def _codings(scope):
    return (
        scope.codings()
        .select_related("passage", "theme", "focus_point__regional_input__term")
        .annotate(role=role_of("created_by"), marker=role_of("passage__created_by"))
    )


def _versions(scope, rows):
    """The versions without their texts; a text is fetched when its turn comes."""
    if scope.is_work:
        used = {row.passage.version_id for row in rows}
        found = AgreementVersion.objects.current() | AgreementVersion.objects.filter(pk__in=used)
    else:
        found = readable_versions()
    return (
        found.filter(agreement__coalition__in=scope.coalitions().values("pk"))
        .without_text()
        .select_related("agreement__coalition__municipality", "agreement__coalition__term")
        .order_by("agreement__coalition__municipality__name", "agreement_id", "number")
    )


def _strengths():
    """How strongly a passage speaks is a code of its own: these programs know no strength of a coding."""
    return Code(
        guid("strengths"),
        "Sterkte",
        is_codable=False,
        below=[Code(guid("strength", s.value), s.label) for s in Coding.Strength],
    )


def _cases(versions):
    of_coalition = defaultdict(list)
    for version in versions:
        of_coalition[version.agreement.coalition].append(guid("version", version.sha256))
    return [
        Case(guid("coalition", *_key(coalition)), str(coalition), sources, _place(coalition))
        for coalition, sources in of_coalition.items()
    ]


def _key(coalition):
    return coalition.municipality.cbs_code, coalition.term.start_year


def _place(coalition):
    return {
        "municipality": coalition.municipality.name,
        "cbs": coalition.municipality.cbs_code,
        "term": str(coalition.term),
    }


def _sources(scope, versions, rows):
    by_version = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_version[row.passage.version_id][row.passage].append(row)
    measures = defaultdict(list)
    for measure in Measure.objects.filter(passage__in={row.passage_id for row in rows}):
        measures[measure.passage_id].append(measure)
    texts = AgreementVersion.objects.filter(pk__in=[version.pk for version in versions])
    texts = texts.order_by(
        "agreement__coalition__municipality__name", "agreement_id", "number"
    ).values_list("text", flat=True)
    for version, text in zip(versions, texts.iterator(chunk_size=20), strict=True):
        agreement = version.agreement
        yield Source(
            guid=guid("version", version.sha256),
            text_guid=guid("text", version.sha256),
            name=f"{agreement.coalition} – {agreement}, versie {version.number}",
            description=FICTION if agreement.is_fiction else "",
            text=text,
            selections=[
                _selection(scope, version, passage, its_codings, measures[passage.pk])
                for passage, its_codings in by_version[version.pk].items()
            ],
            values=_place(agreement.coalition)
            | {
                "kind": agreement.get_kind_display(),
                "version": str(version.number),
                "sha256": version.sha256,
                "fiction": "ja" if agreement.is_fiction else "nee",
            },
            pdf=_opener(version),
        )


def _opener(version):
    """How to open the file of a version, where it is a PDF that is there."""
    if can_hold_highlights(version) and version.file.storage.exists(version.file.name):
        return lambda: version.file.storage.open(version.file.name)
    return None


def _selection(scope, version, passage, rows, measures):
    place = (version.sha256, passage.start, passage.end)
    user = guid("role", rows[0].marker or NO_ROLE)
    codings = [_coding(scope, place, row) for row in rows]
    for strength in sorted({row.strength for row in rows}):
        codings.append(
            refi_qda.Coding(
                guid("strength of", *place, strength), guid("strength", strength), user, _moment(rows[0].created_at)
            )
        )  # fmt: skip
    return Selection(
        guid=guid("passage", *place),
        name=passage.quote[:80],
        start=passage.start,
        end=passage.end,
        user=user,
        at=_moment(passage.created_at),
        codings=codings,
        notes=[
            Note(guid("measure", *place, number), "Maatregel", measure_in_words(measure))
            for number, measure in enumerate(measures)
        ],
    )


def _coding(scope, place, row):
    point = row.focus_point
    if point is None:
        code = code_of_theme(row.theme.key)
    else:
        code = code_of_point(row.theme.key, point.regional_input.term.start_year, point.slug)
    name = guid("coding", *place, code)
    notes = []
    if scope.is_work and row.note:
        notes.append(Note(guid("note", name), "Notitie", row.note))
    if scope.is_work:
        stand = "gepubliceerd" if row.is_published else "concept"
        notes.append(Note(guid("state", name), "Stand", stand))
    return refi_qda.Coding(name, code, guid("role", row.role or NO_ROLE), _moment(row.created_at), notes)  # fmt: skip


def _moment(moment):
    return localtime(moment).isoformat(timespec="seconds")
