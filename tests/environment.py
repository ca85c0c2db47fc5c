"""Loaded by pytest before Django's settings are: tests run on http and on the embedded PostgreSQL."""

import os
import sys
from pathlib import Path

from vrt_portal import embedded

os.environ["HTTPS"] = "0"
# The owner makes the databases; the tests themselves run as the application does (conftest.py).
os.environ["DATABASE_AS"] = "owner"
os.environ["DEMO"] = "0"
os.environ["MFA_REQUIRED"] = "0"  # tests/accounts asks for it where it matters
# Playwright's synchronous interface runs an event loop, which Django otherwise takes for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# WhiteNoise warns when this folder is missing, and a warning is an error here.
(Path(__file__).parent.parent / "var" / "static").mkdir(parents=True, exist_ok=True)

if not os.environ.get("DATABASE_URL") and embedded.start():
    sys.stderr.write("De database is gestart; 'make stop' stopt hem.\n")
