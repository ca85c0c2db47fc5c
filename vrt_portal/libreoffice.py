"""Find a LibreOffice for the tests that open what we made: one that is here, else Debian's in CI.

Standard library only: it runs on the system's Python, as setup.py does.
"""

import os
import shutil
import subprocess
import tempfile

from vrt_portal.steps import StepFailed, run, step

NAMES = ["soffice", "libreoffice"]
PACKAGES = ["libreoffice-calc-nogui", "libreoffice-writer-nogui"]
LOG = "libreoffice.log"
SECONDS_TO_START = 120


def find():
    """The path of a LibreOffice that starts, or None where the tests with it may be left out.

    In CI nothing may be left out, so there it raises StepFailed. Elsewhere nothing is installed:
    it is half a gigabyte, on somebody's own machine.
    """
    named = os.environ.get("LIBREOFFICE")
    if named:
        if not starts(named):
            raise StepFailed(f"LIBREOFFICE is {named}, maar dat start niet.")
        return named
    path = _installed()
    if path is None and os.environ.get("CI"):
        path = _from_debian()
    if path and starts(path):
        return path
    if os.environ.get("CI"):
        raise StepFailed(
            "Er is geen LibreOffice dat start, en in CI mogen die tests niet wegvallen. "
            f"Installeer {' en '.join(PACKAGES)}, of noem er een met LIBREOFFICE=pad."
        )
    return None


def starts(path):
    """True when this LibreOffice says which one it is."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [path, f"-env:UserInstallation=file://{profile}", "--headless", "--version"]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS_TO_START
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == 0


def _installed():
    """Op deze computer"""
    return next(filter(None, map(shutil.which, NAMES)), None)


def _from_debian():
    """De pakketten van Debian (als root, met apt-get)"""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    advice = "apt-get kon LibreOffice niet installeren."
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with step("LibreOffice installeren met apt-get"):
        run(["apt-get", "update"], LOG, advice)
        run(
            ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES],
            LOG,
            advice,
            env=quiet,
        )
    return _installed()
