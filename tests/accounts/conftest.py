"""What the tests of coming in share."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from accounts.models import Session
from tests.factories import PASSWORD

LOGIN = "/aanmelden/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in_by_form(client, user, password=PASSWORD, **kwargs):
    return client.post(LOGIN, {"username": user.username, "password": password}, **kwargs)


def code(secret=SECRET, ahead=0):
    """What the app shows now, or so many half minutes later."""
    counter = list(auth.yield_hotp_counters_from_time())[1] + ahead
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def give_app(user, secret=SECRET):
    return TOTP.activate(user, secret).instance


def grow_old(**sessions):
    """Let sessions be used and started this long ago; `minutes` or `hours` and filters."""
    age = timedelta(minutes=sessions.pop("minutes", 0), hours=sessions.pop("hours", 0))
    moment = timezone.now() - age
    field = sessions.pop("field", "last_used_at")
    return Session.objects.filter(**sessions).update(**{field: moment})


@pytest.fixture
def elsewhere(db):
    """Another browser."""
    return Client()
