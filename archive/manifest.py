"""What an archive says of itself, in `archief.json`: of which portal, in which state, with what in it."""

import json
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from archive.sealed import Refused

NAME = "archief.json"
KIND = "archief van het portaal Veiligheid in coalitieakkoorden"
FORM = 1  # of the archive itself; another number needs another reader


@dataclass
class Manifest:
    """`tables` has per table how many rows it has, its columns, and where its numbering is."""

    version: str
    made_at: str
    migrations: dict
    tables: dict = field(default_factory=dict)
    files: int = 0
    missing_files: list = field(default_factory=list)

    def as_bytes(self):
        words = {
            "soort": KIND,
            "vorm": FORM,
            "versie": self.version,
            "gemaakt_op": self.made_at,
            "migraties": self.migrations,
            "tabellen": self.tables,
            "bestanden": self.files,
            "ontbrekende_bestanden": self.missing_files,
        }
        return json.dumps(words, ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def read(cls, archive):
        """The manifest of an opened archive. Raises Refused when it isn't one, or of another form."""
        try:
            words = json.loads(archive.read(NAME))
            if words["soort"] != KIND or words["vorm"] != FORM:
                raise Refused(
                    "Dit is een ander soort archief. Neem een archief van manage.py export_all, "
                    "en lees het in met een portaal dat het kent."
                )
            manifest = cls(
                version=str(words["versie"]),
                made_at=str(words["gemaakt_op"]),
                migrations={
                    app: [str(name) for name in names] for app, names in words["migraties"].items()
                },
                tables={
                    name: {
                        "rijen": _number(its["rijen"]),
                        "kolommen": list(its["kolommen"]),
                        "nummering": its["nummering"]
                        and [_number(its["nummering"][0], 1), bool(its["nummering"][1])],
                    }
                    for name, its in words["tabellen"].items()
                },
                files=_number(words["bestanden"]),
                missing_files=list(words["ontbrekende_bestanden"]),
            )
        except (
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            RecursionError,
        ) as problem:
            raise Refused(f"{NAME} is niet te lezen. Gebruik een andere kopie.") from problem
        return manifest


def _number(value, least=0):
    """A whole number that PostgreSQL can hold. JSON as Python reads it has Infinity too. Raises ValueError."""
    if type(value) is not int or not least <= value < 2**63:
        raise ValueError(value)
    return value


def state_of_database():
    """The applied migrations per app. Raises Refused when the database isn't as this portal's code needs it."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as problem:
        raise Refused(f"De database antwoordt niet: {problem}") from problem
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused("De database is niet bijgewerkt. Voer eerst manage.py migrate uit.")
    found = {}
    for app, name in sorted(executor.loader.applied_migrations):
        if (app, name) in executor.loader.disk_migrations:
            found.setdefault(app, []).append(name)
    return found


def compare(manifest, state):
    """Raise Refused when an archive is of another state of the database than this one, and say what to do."""
    if manifest.migrations == state:
        return
    theirs, ours = (
        {(app, name) for app, names in found.items() for name in names}
        for found in (manifest.migrations, state)
    )
    we_lack, they_lack = (
        ", ".join(f"{app}.{name}" for app, name in sorted(these))
        for these in (theirs - ours, ours - theirs)
    )
    words = [f"Dit archief is van een andere stand van de database (portaal {manifest.version})."]
    if we_lack:
        words.append(f"Hier ontbreekt: {we_lack[:1000]}.")
    if they_lack:
        words.append(f"In het archief ontbreekt: {they_lack[:1000]}.")
    words.append(
        f"Installeer de code waarmee het is gemaakt: versie {manifest.version}, met precies deze migraties. "
        f"Lees het archief daar in. Werk daarna bij naar versie {settings.VERSION}."
    )
    raise Refused("\n".join(words))
