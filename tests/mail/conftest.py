"""Mail as it leaves the portal itself: pytest-django otherwise puts a box of its own in between."""

import pytest

from tests.mail.mail_server import mail_server


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "mail.backends.OutboxBackend"
    settings.MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5


@pytest.fixture
def server(settings):
    """A mail server that takes mail."""
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        yield server


@pytest.fixture
def no_server(settings):
    """The port of a mail server that is down."""
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
    return settings.EMAIL_PORT
