"""What all tests share: a database, roles, and a way to sign in."""

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.factories import UserFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Roles are there in every test, as after every start."""
    with django_db_blocker.unblock():
        call_command("sync_roles")


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


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Tests don't wait for collectstatic."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def sign_in(client):
    """Sign the test client in as someone with this role; keyword arguments are the person's."""

    def sign_in(role, **kwargs):
        user = UserFactory(role=role, **kwargs)
        client.force_login(user)
        return user

    return sign_in
