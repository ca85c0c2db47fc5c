"""Which tables an archive holds: all that the portal's models have, unless they are named here."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models

# What isn't in an archive, and why; LEESMIJ.txt says so too. A table of a model that isn't here is in it.
LEFT_OUT = {
    "accounts_session": "wie nu is aangemeld; na het inlezen meldt iedereen zich opnieuw aan",
    "api_tally": "hoe vaak programma’s het laatste uur vroegen",
    "django_migrations": "de stand van de database; die staat in archief.json",
    "procrastinate_events": "de wachtrij van de worker",
    "procrastinate_jobs": "de wachtrij van de worker; die vindt zelf wat nog moet gebeuren",
    "procrastinate_periodic_defers": "de wachtrij van de worker",
    "procrastinate_workers": "welke workers er draaien",
    "search_entry": "de zoekindex; die wordt bij het inlezen opnieuw gemaakt",
    "search_word": "de woorden van de zoekindex; die worden bij het inlezen opnieuw gemaakt",
}

# What `migrate` and `load_reference` fill: with these alone, and their history, a portal is still empty.
FILLED_AT_ONCE = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "municipalities_coalition",
    "municipalities_councilterm",
    "municipalities_municipality",
    "municipalities_municipality_neighbours",
    "themes_ambition",
    "themes_focuspoint",
    "themes_inputedition",
    "themes_partner",
    "themes_partner_themes",
    "themes_regionalinput",
    "themes_term",
    "themes_theme",
}


@dataclass(frozen=True)
class Table:
    """A table as its model says it is."""

    model: type[models.Model]

    @property
    def name(self):
        return self.model._meta.db_table

    @property
    def fields(self):
        return [field for field in self.model._meta.local_concrete_fields if not field.generated]

    @property
    def columns(self):
        return [field.column for field in self.fields]

    @property
    def key(self):
        return self.model._meta.pk

    @property
    def tracks(self):
        """The model of which this table is the history, or None."""
        return getattr(self.model, "pgh_tracked_model", None)

    @property
    def is_filled_at_once(self):
        its_model = self.tracks or self.model
        return its_model._meta.db_table in FILLED_AT_ONCE

    @property
    def member(self):
        """The name of its member in an archive."""
        return f"tabellen/{self.name}.jsonl"


def own_tables():
    """Every table that a model of the portal or of its packages has, by name."""
    found = {
        model._meta.db_table: Table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    }
    return [found[name] for name in sorted(found)]


def archived_tables():
    """The tables of which every row is in an archive, by name."""
    return [table for table in own_tables() if table.name not in LEFT_OUT]
