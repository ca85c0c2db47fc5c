"""The running portal: what dies is started again, and nothing is left when it stops."""

import http.client
import os
import signal
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from tests.start.copies import CHECKOUT, Copy, kill
from vrt_portal import processes

pytestmark = pytest.mark.xdist_group("start")

# A whole checkout without what belongs to this one alone.
FILES = [
    path.name
    for path in CHECKOUT.iterdir()
    if path.name not in {"var", "tests", "docs", "bench"} and not path.name.startswith(".")
]


class Portal:
    """A portal that runs in a copy, and the lines it has shown so far."""

    def __init__(self, copy: Copy, port: int, **env):
        self.copy, self.port, self.lines = copy, port, []
        self.process = copy.popen("-um", "vrt_portal.serve", PORT=str(port), DEMO="0", **env)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def says(self, words):
        """Wait until it has shown these words."""
        # A first start on a busy machine takes its time.
        return _soon(
            lambda: any(words in line for line in self.lines) or self.process.poll(), seconds=120
        )

    def is_well(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/gezond/")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def processes(self, *words):
        """The pids of this copy's processes, of those with one of the words in their command."""
        return [
            pid
            for pid in processes.owned_by(os.geteuid())
            if _folder_of(pid) == str(self.copy.folder)
            and (not words or any(word in " ".join(processes.command(pid)) for word in words))
        ]

    def end(self, signum):
        """Send a signal and wait; the exit code."""
        self.process.send_signal(signum)
        code = self.process.wait(timeout=60)
        self._reader.join()
        self.process.stdout.close()
        return code


@pytest.fixture(scope="module")
def whole_copy(make_module_copy):
    return make_module_copy(names=FILES)


@contextmanager
def running(copy, **env):
    portal = Portal(copy, _free_port(), **env)
    try:
        assert portal.says("Stoppen: Ctrl-C."), portal.lines
        yield portal
    finally:
        if not portal.process.stdout.closed:
            portal.end(signal.SIGTERM)


def test_starts_again_what_was_killed(whole_copy):
    with running(whole_copy) as portal:
        assert portal.is_well()

        with whole_copy.popen("-m", "vrt_portal.serve") as second:
            said = second.communicate(timeout=60)[0]
        assert f"draait al (proces {portal.process.pid}, http://127.0.0.1:{portal.port})" in said
        assert second.returncode == 1

        for name, word in (("De server", "granian"), ("De worker", "manage.py worker")):
            kill(min(portal.processes(word)))
            assert portal.says(f"{name} was uitgevallen en is opnieuw gestart."), portal.lines
            assert _soon(portal.is_well)

        kill(whole_copy.postmaster)
        assert portal.says("De database was uitgevallen en is opnieuw gestart."), portal.lines
        assert _soon(portal.is_well)

        # Ctrl-C: in order, and everything with it.
        assert portal.end(signal.SIGINT) == 0
        assert portal.processes() == []
        assert whole_copy.database("status") == "De database draait niet."


def test_server_and_worker_have_the_lesser_role(whole_copy):
    with running(whole_copy) as portal:
        portal.is_well()

        at_work = whole_copy.sql(
            "SELECT string_agg(DISTINCT usename, ' ') FROM pg_stat_activity"
            " WHERE datname = 'portal' AND pid <> pg_backend_pid()"
        )
        assert at_work == "portal_app"
        for pid in portal.processes("granian", "manage.py worker"):
            assert b"DATABASE_OWNER_URL" not in (processes.PROC / str(pid) / "environ").read_bytes()
        said = whole_copy.sql("DELETE FROM municipalities_coalitionevent", role="portal_app")
        assert "permission denied" in said
        assert not any("niet beschermd" in line for line in portal.lines)


@pytest.mark.parametrize(("has_owner", "times"), [(True, 0), (False, 1)])
def test_a_start_without_a_second_role_says_so_once(whole_copy, has_owner, times):
    whole_copy.database("start")
    owner = whole_copy.database("url")
    urls = {"DATABASE_URL": owner}
    if has_owner:
        urls = {
            "DATABASE_URL": owner.replace("portal@", "portal_app@"),
            "DATABASE_OWNER_URL": owner,
        }

    with whole_copy.popen("-m", "vrt_portal.prepare", DEMO="0", HTTPS="0", **urls) as process:
        said = process.communicate(timeout=60)[0]

    whole_copy.database("stop")
    assert process.returncode == 0
    assert said.count("De geschiedenis is niet beschermd") == times


def test_leaves_no_port_taken_when_it_is_killed_itself(whole_copy):
    with running(whole_copy) as portal:
        portal.end(signal.SIGKILL)

        assert _soon(lambda: not portal.processes("granian", "worker"))

    with running(whole_copy) as portal:
        assert portal.is_well()
        assert portal.end(signal.SIGTERM) == 0
        # The database was left by the killed portal, and still counts as the portal's own.
        assert whole_copy.database("status") == "De database draait niet."


def test_says_which_port_is_taken(whole_copy):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with whole_copy.popen("-m", "vrt_portal.serve", PORT=str(port)) as process:
            said = process.communicate(timeout=60)[0]

    assert f"Poort {port} is bezet" in said
    assert process.returncode == 1


def _soon(condition, seconds=90):
    deadline = time.monotonic() + seconds
    while not (outcome := condition()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return outcome is True


def _folder_of(pid):
    try:
        return str((processes.PROC / str(pid) / "cwd").readlink())
    except OSError:
        return None


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
