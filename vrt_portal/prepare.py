"""Make the database and the static files ready for a start, in one Django process.

A Django process takes a second to come up; these commands share one. Run by serve.py.
"""

import hashlib
import os
import sys
import traceback

import django
from django.conf import settings
from django.core.management import call_command

from vrt_portal.steps import LOGS, failure, open_log, step

LOG = "prepare.log"
# Of pdf.js: what is not minified, and what the content security policy would refuse anyhow.
UNUSED = [
    "*.map",
    "pdf.mjs",
    "pdf.worker.mjs",
    "pdf.renderer*",
    "pdf.sandbox*",
    "quickjs*",
    "*.wasm",
]


class Shown:
    """A command's standard output that shows each of its lines under the step."""

    def __init__(self, under_way):
        self._under_way = under_way

    def write(self, text):
        self._under_way.say(text.rstrip("\n"))

    def flush(self):
        """Nothing waits: `say` shows at once."""


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vrt_portal.settings")
    os.environ["DATABASE_AS"] = "owner"
    open_log(LOG).close()
    begin = (LOGS / LOG).stat().st_size
    with (LOGS / LOG).open("a", encoding="utf-8") as log:
        try:
            django.setup()
            _prepare(log)
        except Exception:
            traceback.print_exc(file=log)
            log.flush()
            advice = (
                "Het portaal kon niet klaargezet worden; de laatste regel hierboven zegt waarom."
            )
            sys.exit(failure(LOG, begin, advice))


def _prepare(log):
    with step("Database bijwerken") as under_way:
        call_command("migrate", interactive=False, stdout=log, stderr=log)
        call_command("grant_roles", stdout=Shown(under_way), stderr=log)
    with step("Gemeenten, thema's en rollen laden"):
        call_command("load_reference", stdout=log, stderr=log)
    _collect_static_files(log)
    if settings.DEMO:
        with step("Voorbeelden laden") as under_way:
            call_command("load_demo", stdout=Shown(under_way), stderr=log)


def _collect_static_files(log):
    """Collect when a source changed; compressing the fonts again takes seconds."""
    stamp = settings.STATIC_ROOT.with_name("static.stamp")
    wanted = _print_of_sources()
    if settings.STATIC_ROOT.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    with step("Opmaak klaarzetten"):
        stamp.unlink(missing_ok=True)
        call_command(
            "collectstatic",
            interactive=False,
            clear=True,
            ignore_patterns=UNUSED,
            stdout=log,
            stderr=log,
        )
        stamp.write_text(wanted)


def _print_of_sources():
    """A fingerprint of every file that collectstatic would read."""
    places = [
        entry if isinstance(entry, str | os.PathLike) else entry[1]
        for entry in settings.STATICFILES_DIRS
    ]
    found = hashlib.sha256(settings.VERSION.encode())
    for place in places:
        for folder, _, names in sorted(os.walk(place)):
            for name in sorted(names):
                path = os.path.join(folder, name)
                stat = os.stat(path)
                found.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    # Packages bring static files too (htmx); the lock file says which version.
    found.update((settings.BASE_DIR / "requirements.lock").read_bytes())
    return found.hexdigest()


if __name__ == "__main__":
    main()
