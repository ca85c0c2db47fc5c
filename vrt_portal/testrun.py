"""What `make test` does: install, find a Chromium and a LibreOffice, start the database, run pytest.

    python3 -m vrt_portal.testrun [arguments for pytest]

BROWSER_TESTS=0 leaves the browser tests out. Tests that need a LibreOffice are left out where there is
none, except in CI. Runs on the system's Python, as setup.py does.
"""

import os
import subprocess
import sys

from vrt_portal import chromium, libreoffice, setup
from vrt_portal.steps import StepFailed

DATABASE = [str(setup.PYTHON), "-m", "vrt_portal.embedded"]


def main():
    setup.check_python()
    with_browser = os.environ.get("BROWSER_TESTS", "1") != "0"
    try:
        setup.install(development=True)
        env = dict(os.environ)
        if with_browser:
            env["CHROMIUM"] = chromium.find()
        office = libreoffice.find()
        if office:
            env["LIBREOFFICE"] = office
    except StepFailed as problem:
        sys.exit(str(problem))
    left_out = [] if with_browser else ["browser"]
    left_out += [] if office else ["libreoffice"]
    code = _pytest(sys.argv[1:], env, left_out)
    if not with_browser:
        print("LET OP: de browsertests zijn weggelaten (BROWSER_TESTS=0).")
    if not office:
        print(
            "LET OP: de tests met LibreOffice zijn weggelaten, want er is hier geen LibreOffice. "
            f"Installeer {' en '.join(libreoffice.PACKAGES)}, of noem er een met LIBREOFFICE=pad."
        )
    sys.exit(code)


def _pytest(arguments, env, left_out):
    """Run pytest with a database, without the tests that bear a mark of `left_out`; stops the embedded one if it wasn't running before."""
    starts_database = (
        not env.get("DATABASE_URL")
        and subprocess.run(
            [*DATABASE, "status"], cwd=setup.CHECKOUT, stdout=subprocess.DEVNULL
        ).returncode
    )
    if starts_database and subprocess.run([*DATABASE, "start"], cwd=setup.CHECKOUT).returncode:
        return 1
    # Tests that need a machine part to themselves name a group, and stay on one core.
    command = [str(setup.PYTHON), "-m", "pytest", "-n", "2", "--dist", "loadgroup"]
    without = ["-m", " and ".join(f"not {mark}" for mark in left_out)] if left_out else []
    try:
        return subprocess.run(
            [*command, *without, *arguments], cwd=setup.CHECKOUT, env=env
        ).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        if starts_database:
            subprocess.run([*DATABASE, "stop"], cwd=setup.CHECKOUT, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
