"""The portal with the bare page beside it, for the same server to serve."""

import os

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vrt_portal.settings")
settings.ROOT_URLCONF = "bench.bare"

from vrt_portal.wsgi import application  # noqa: E402, F401  (after the addresses are set)
