"""LEESMIJ.txt: what an archive is, what every table and column means, and how to read it without the portal.

Made of the models, so that it can't lag behind. Without a date: the same portal gives the same text.
"""

import inspect

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from pghistory.models import Event

from archive.tables import LEFT_OUT

NAME = "LEESMIJ.txt"


def text(tables):
    """The whole text, for an archive of these tables."""
    about = {"version": settings.VERSION, "left_out": sorted(LEFT_OUT.items())}
    parts = [render_to_string("archive/LEESMIJ.txt", about), *map(_of_table, tables)]
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
