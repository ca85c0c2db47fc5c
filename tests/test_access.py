"""Who may open which address: one table, and no address outside it."""

import re

import pytest
from django.urls import get_resolver, reverse

from tests.conftest import HTMX
from tests.factories import UserFactory
from tests.world import make_world

READER = {"Burgemeester", "Gemeentecontact", "Adviseur", "Eindredacteur", "Beheerder"}
SEES_WORK = {"Adviseur", "Eindredacteur", "Beheerder"}
EVERYONE = READER | {"no role", "anonymous"}

# Per address who may, and the answer to a GET by who may (405: it only takes POST).
TABLE = {
    "overview:home": (READER, 200),
    "overview:matrix": (READER, 200),
    "overview:themes": (READER, 200),
    "overview:theme": (READER, 200),
    "overview:municipalities": (READER, 200),
    "overview:municipality": (READER, 200),
    "overview:document": (READER, 200),
    "overview:accessibility": (EVERYONE, 200),
    "reports:municipality": (READER, 200),
    "agreements:list": (SEES_WORK, 200),
    "agreements:create": ({"Adviseur"}, 200),
    "agreements:agreement": (SEES_WORK, 200),
    "agreements:version-create": ({"Adviseur"}, 405),
    "agreements:version": (SEES_WORK, 200),
    "agreements:version-file": (SEES_WORK, 200),
    "agreements:page-words": (SEES_WORK, 200),
