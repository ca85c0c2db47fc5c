#!/usr/bin/env python
"""Django's command line; without DATABASE_URL it first starts the embedded PostgreSQL."""

import os
import sys

from django.core.management import execute_from_command_line

from vrt_portal import embedded

# What the role of the server and the worker may not do, or what belongs to preparing a start.
FOR_THE_OWNER = {
    "dbshell",
    "flush",
    "grant_roles",
    "import_all",
    "load_demo",
    "load_reference",
    "makemigrations",
    "migrate",
}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vrt_portal.settings")
    if FOR_THE_OWNER.intersection(sys.argv[1:2]):
        os.environ.setdefault("DATABASE_AS", "owner")
    if not os.environ.get("DATABASE_URL"):
        try:
            started = embedded.start()
        except embedded.DatabaseUnavailable as problem:
            if "detect" not in sys.argv[1:2]:  # it can do with the terms that come along
                sys.exit(str(problem))
            print(problem, file=sys.stderr)
            started = False
        if started:
            print("De database is gestart; 'make stop' stopt hem.", file=sys.stderr)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
