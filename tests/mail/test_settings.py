"""Settings of the mail that can't work stop the start, and say so."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"MAIL_HOST": "smtp.example.org"}, "MAIL_FROM ontbreekt"),
        ({"MAIL_TLS": "ja"}, "MAIL_TLS moet starttls, tls of none zijn"),
        ({"MAIL_PORT": "smtp"}, "MAIL_PORT moet een getal zijn"),
    ],
)
def test_a_setting_that_can_not_work_stops_the_start(given, words):
    asked = subprocess.run(
        [sys.executable, "-c", "from vrt_portal import settings"],
        env=os.environ | given,
        capture_output=True,
        text=True,
    )

    assert asked.returncode == 1
    assert words in asked.stderr
