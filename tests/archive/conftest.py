"""A portal with everything in it, its archive, and an empty portal to read it into.

Each is a database of its own beside that of the tests, so that they are made once for many tests.
"""

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from agreements.models import AgreementVersion
from archive.exporting import export_all
from reports.models import Bundle
from tests.archive.portals import (
    connected_to,
    copy_of_database,
    file_hashes,
    row_hashes,
)
from tests.world import World, make_world


@dataclass
class Portal:
    """A portal of which everything was archived; `rows` and `files` are the hashes of that moment."""

    name: str
    root: Path
    world: World | None = None
    archive: Path | None = None
    rows: dict | None = None
    files: dict | None = None

    @contextmanager
    def entered(self):
        """While in it, the database and the folder of files are its own."""
        with connected_to(self.name), override_settings(MEDIA_ROOT=self.root):
            yield


@pytest.fixture(scope="session")
def own_database(django_db_setup, django_db_blocker):
    """These tests use databases of their own, outside the transaction of a test."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def empty(own_database, tmp_path_factory):
    """A portal that is migrated, and empty; for tests that leave it so."""
    with copy_of_database("leeg") as name:
        yield Portal(name, tmp_path_factory.mktemp("leeg") / "files")


@pytest.fixture(scope="module")
def full(empty, tmp_path_factory):
    """A portal with something of everything, of which every version has a file."""
    folder = tmp_path_factory.mktemp("vol")
    with copy_of_database("vol") as name:
        portal = Portal(name, folder / "files", archive=folder / "alles.zip")
        with portal.entered():
            call_command("sync_roles")
            portal.world = make_world(2)
            put_files()
            export_all(portal.archive)
            portal.rows, portal.files = row_hashes(), file_hashes(portal.root)
        yield portal


@pytest.fixture
def elsewhere(empty, tmp_path):
    """An empty portal for one test."""
    with copy_of_database("elders") as name:
        yield Portal(name, tmp_path / "elders").entered


def put_files():
    """Give every version a file of its own, under the name that an upload would have."""
    for version in AgreementVersion.objects.all():
        content = f"%PDF-1.7 {version.pk}".encode() * 100
        found = hashlib.sha256(content).hexdigest()
        name = f"agreements/{found[:2]}/{found}"
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        AgreementVersion.objects.filter(pk=version.pk).update(file=name)
    bundle = settings.MEDIA_ROOT / "bundles/alles.zip"
    bundle.parent.mkdir(parents=True, exist_ok=True)
    bundle.write_bytes(b"PK alles")
    Bundle.objects.update(file="bundles/alles.zip")
