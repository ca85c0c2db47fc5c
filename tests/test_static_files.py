"""A static file has a fingerprint in its name, so a browser may keep it for good."""

import re

import pytest
from django.conf import settings as configured
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client


@pytest.fixture
def collected(settings, tmp_path):
    """One style sheet, collected as in production; compressing all of them takes seconds."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "letter.woff2").write_bytes(b"letter")
    (source / "page.css").write_text("@font-face { src: url(letter.woff2) }\n" * 40)
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    name = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = configured.STORAGES | {"staticfiles": {"BACKEND": name}}
    call_command("collectstatic", interactive=False, verbosity=0)


def test_a_file_with_its_fingerprint_is_kept_for_good(collected):
    address = staticfiles_storage.url("page.css")

    response = Client().get(address, headers={"Accept-Encoding": "br"})

    assert re.search(r"page\.[0-9a-f]{12}\.css$", address)
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"
    assert response["Content-Encoding"] == "br"
    assert not response.cookies
    b"".join(response.streaming_content)  # closes the file


def test_the_control_a_file_without_one_is_not(collected):
    response = Client().get(f"{configured.STATIC_URL}page.css")

    assert response.status_code == 200
    assert "immutable" not in response["Cache-Control"]
    b"".join(response.streaming_content)  # closes the file
