"""The portal with the bare page beside it, for the same server to serve."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vrt_portal.settings")
settings.ROOT_URLCONF = "bench.bare"
application = get_wsgi_application()
