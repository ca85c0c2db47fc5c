"""The door for a WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vrt_portal.settings")
application = get_wsgi_application()

# All that is loaded by now stays for good: the collector needn't look through it again and again. A long
# document makes some 50,000 objects that all go together; looking after each 700th found nothing.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
