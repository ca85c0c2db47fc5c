"""LEESMIJ.txt: what an archive is, what every table and column means, and how to read it without the portal.

Made of the models, so that it can't lag behind. Without a date: the same portal gives the same text.
"""

import inspect

from django.conf import settings
from django.db import models
from pghistory.models import Event

from archive.tables import LEFT_OUT

NAME = "LEESMIJ.txt"

_INTRODUCTION = """\
ARCHIEF VAN HET PORTAAL “VEILIGHEID IN COALITIEAKKOORDEN”
Veiligheidsregio Twente. Gemaakt met manage.py export_all, portaal versie {version}.

LET OP: GEHEIM
Dit archief bevat alles wat in het portaal staat: ook concepten, notities en namen van mensen. Ook de controlegetallen
van wachtwoorden staan erin, de versleutelde tweede stappen, en de tekst van mail die nog wacht. Bewaar het
versleuteld en geef het niet door. Voor een verzoek om openbaarheid is er manage.py export_openness.

De sleutel van het portaal (SECRET_KEY) staat er niet in. Zonder die sleutel werken na het inlezen de tweede stappen
niet meer. Bewaar hem apart.

Voorbeelden die zijn verzonnen, hebben in hun rij "is_fiction": true.

WAT ZIT ERIN
archief.json        versie van het portaal, datum, stand van de database (migraties per onderdeel), aantal rijen
                    per tabel, en het laatst gebruikte nummer per tabel
tabellen/*.jsonl    per tabel een bestand, met per rij een regel
bestanden/...       alle bestanden die mensen uploadden, ongewijzigd; de kolom "file" in
                    agreements_agreementversion noemt de naam
SHA256SUMS          het controlegetal van elk onderdeel

NAKIJKEN
Pak het archief uit in een lege map en voer daar uit: sha256sum -c SHA256SUMS
Elke regel eindigt op OK. Het commentaar van het zip-bestand zelf is het controlegetal van alle bytes daarvoor.

LEZEN ZONDER HET PORTAAL
Alles is gewone tekst in UTF-8. Elke regel van een tabel is een JSON-object: de naam van de kolom, en de waarde.
- Leeg is null. Datum en tijd staan in ISO 8601, in UTC.
- De rijen staan op volgorde van de sleutel (de kolom die “sleutel” heet in de lijst hieronder).
- “verwijst naar” betekent: de waarde is de sleutel van een rij in die tabel.
- Bij een kolom met vaste waarden staat wat elke waarde betekent.
- Een tabel “geschiedenis” heeft een rij per wijziging, met alle waarden van na die wijziging. pgh_created_at is het
  moment, pgh_label wat er gebeurde (insert: gemaakt, update: gewijzigd, delete: verwijderd). pgh_context_id
  verwijst naar pghistory_context: wie het deed.

TERUGZETTEN
Maak een lege database en voer uit: manage.py migrate, manage.py grant_roles en manage.py import_all BESTAND.
Het portaal heeft daarvoor dezelfde migraties nodig als in archief.json staan. Zie docs/beheer.

WAT ZIT ER NIET IN
"""


def text(tables):
    """The whole text, for an archive of these tables."""
    parts = [_INTRODUCTION.format(version=settings.VERSION)]
    parts += [f"{name:32}{why}\n" for name, why in sorted(LEFT_OUT.items())]
    parts.append("\nDE TABELLEN EN HUN KOLOMMEN\nUitleg uit de code is in het Engels.\n")
    parts += [_of_table(table) for table in tables]
    return "".join(parts)


def _of_table(table):
    title = _title(table)
    lines = [f"\n{table.name}", "-" * len(table.name), title[:1].upper() + title[1:]]
    if said := _docstring(table.model):
        lines.append(said)
    lines += [_of_field(field) for field in table.fields]
    return "\n".join(lines) + "\n"


def _title(table):
    if table.tracks:
        return f"geschiedenis van: {table.tracks._meta.verbose_name_plural}"
    if auto := table.model._meta.auto_created:
        return f"koppeling bij: {auto._meta.verbose_name_plural}"
    return str(table.model._meta.verbose_name_plural)


def _docstring(model):
    """What the code says of a model, unless Django made that up."""
    said = (inspect.getdoc(model) or "").replace("\n\n", "\n")
    return "" if said.startswith(f"{model.__name__}(") or issubclass(model, Event) else said


def _of_field(field):
    words = [str(field.verbose_name)]
    if field.primary_key:
        words.append("sleutel")
    if field.related_model:
        other = field.related_model._meta
        words.append(f"verwijst naar {other.db_table}.{field.target_field.column}")
    if field.help_text:
        words.append(str(field.help_text))
    if field.choices:
        words.append("; ".join(f"{value} = {label}" for value, label in field.flatchoices))
    if isinstance(field, models.FileField):
        words.append("naam in bestanden/")
    return f"  {field.column:24}{_kind(field):10}{'. '.join(words)}"


_KINDS = {
    "ArrayField": "lijst",
    "BooleanField": "ja/nee",
    "DateField": "datum",
    "DateTimeField": "moment",
    "DecimalField": "getal",
    "FloatField": "getal",
    "JSONField": "JSON",
    "UUIDField": "kenmerk",
}


def _kind(field):
    kind = (field.target_field if field.related_model else field).get_internal_type()
    return _KINDS.get(kind, "getal" if "Integer" in kind or "Auto" in kind else "tekst")
