"""What all tests share: a database, roles, and a way to sign in."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings as configured
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck, settings
from pytest_django.live_server_helper import LiveServer

from tests.archive.portals import put_spare_beside, take_spare_away
from tests.factories import UserFactory

HTMX = {"HX-Request": "true"}

# How long an example takes tells how busy the machine is, and nothing else.
settings.register_profile(
    "any machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


def pytest_collection_modifyitems(items):
    for item in items:
        if "libreoffice" in getattr(item, "fixturenames", ()):
            item.add_marker("libreoffice")


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory):
    """A real LibreOffice, which opens a file and writes it as another kind; `make test` finds one.

        path = libreoffice(document, "pdf")

    `to` is what --convert-to takes, so with a filter too: "csv:Text - txt - csv (StarCalc):44,34,76".
    `reading` is the filter to open with (--infilter), where the name of the file doesn't say enough.
    Gives the path of the one file that came out of it.
    """
    program = os.environ.get("LIBREOFFICE") or shutil.which("soffice") or "/usr/bin/soffice"
    # A profile of its own, so that another test run, or the one who sits here, isn't in the way.
    profile = tmp_path_factory.mktemp("libreoffice")

    def convert(path, to, *, reading=None):
        folder = tmp_path_factory.mktemp("converted")
        command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore",
                   *([f"--infilter={reading}"] if reading else []),
                   "--convert-to", to, "--outdir", folder, path]  # fmt: skip
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        made = list(folder.iterdir())
        assert len(made) == 1, f"LibreOffice made {len(made)} files of {path}: {done.stderr}"
        return made[0]

    return convert


@pytest.fixture(scope="session")
def live_server(request):
    """One server for all tests, whoever asks first. It gives static files as in production: through the
    middleware, so that a script gets the headers that a browser asks of a worker.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "_should_handle", lambda self, path: False)
        with override_settings(WHITENOISE_USE_FINDERS=True):  # read when the server starts
            server = LiveServer(request.config.getvalue("liveserver") or "localhost")
        yield server
        server.stop()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Roles are there in every test, as after every start; and a copy is kept for who needs a second portal.

    pytest makes a database only when a test is marked with it, and else leaves one's own portal in reach.
    """
    with django_db_blocker.unblock():
        is_there = connection.settings_dict["NAME"].startswith("test_")
        made = [] if is_there else setup_databases(0, False, aliases={"default"})
        call_command("sync_roles")
        if HAS_APP_ROLE:
            call_command("grant_roles")
        put_spare_beside()
    yield
    with django_db_blocker.unblock():
        take_spare_away()
        teardown_databases(made, 0)


# Without a second role (DATABASE_URL alone) the tests act as the one that is given.
HAS_APP_ROLE = configured.DATABASES["default"]["USER"] != configured.DATABASE_APP_ROLE


@pytest.fixture(autouse=True)
def as_the_application(request):
    """Tests act as the database role of the server, which can't alter history (ADR 31).

    Threads of a live server too. Who asks for `as_the_owner` acts as the owner of the tables.
    """
    names = request.fixturenames
    if not HAS_APP_ROLE or "_django_db_helper" not in names or "as_the_owner" in names:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    connection_created.connect(_take_the_role)
    if connection.connection:
        _take_the_role(connection=connection)
    yield
    # What a test committed is cleared away by its owner; TRUNCATE is not for the application.
    _act_as_the_owner()


@pytest.fixture
def as_the_owner():
    """This test does what only the owner of the tables may do."""


def act_as_the_application():
    """For a fixture that keeps a transaction of its own: until that is rolled back."""
    if HAS_APP_ROLE:
        _take_the_role(connection=connection)


def _take_the_role(connection, **kwargs):
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{configured.DATABASE_APP_ROLE}"')


def _act_as_the_owner():
    connection_created.disconnect(_take_the_role)
    # Inside a transaction that is rolled back the role goes with it.
    if connection.connection and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@pytest.fixture
def committed(transactional_db):
    """Every request is a transaction of its own, as in production."""
    call_command("sync_roles")


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Uploaded files of a test go when the test goes."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True, scope="session")
def quick_passwords():
    """Nobody guesses the passwords of a test; making them may be quick."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def plain_static_files():
    """Tests don't wait for collectstatic; nor do fixtures of a whole module, which come before those of one test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = configured.STORAGES | {"staticfiles": plain}
    with override_settings(STORAGES=storages, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture
def sign_in(client):
    """Sign the test client in as someone with this role; keyword arguments are the person's."""

    def sign_in(role, **kwargs):
        user = UserFactory(role=role, **kwargs)
        client.force_login(user)
        return user

    return sign_in
