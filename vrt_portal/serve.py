"""Run the portal on this machine: database, preparation, web server and worker, until Ctrl-C.

Run in the venv by `make run`. Settings come from the environment: PORT (8000), DEMO (1),
DATABASE_URL and DATABASE_OWNER_URL (the embedded server), and all that settings.py reads.
"""

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from vrt_portal import embedded, instance
from vrt_portal.child import Child, Restarts, TooManyRestarts, dying_with
from vrt_portal.steps import LOGS, StepFailed, step

HOST = "127.0.0.1"
SECONDS_TO_GET_WELL = 60
SECONDS_TO_STOP = 6  # for the server and the worker together
MANAGE = [sys.executable, str(instance.CHECKOUT / "manage.py")]


class Stopped(Exception):
    """Someone asked the portal to stop: Ctrl-C, SIGTERM, or a closed terminal."""


class Portal:
    """The parts of one running portal."""

    def __init__(self, port, env):
        self.port, self.env = port, env
        self.address = f"http://{HOST}:{port}"
        self.has_own_database = not env.get("DATABASE_URL")
        if self.has_own_database:
            # Named to the children, or manage.py would start it too, behind our back.
            self.env = {
                **env,
                "DATABASE_URL": embedded.url(embedded.APP),
                "DATABASE_OWNER_URL": embedded.url(),
            }
        # The server and the worker have no business with the owner's password.
        lesser = {name: self.env[name] for name in self.env.keys() - {"DATABASE_OWNER_URL"}}
        self.stops_database = False
        self.restarts = Restarts()
        granian = str(Path(sys.executable).with_name("granian"))
        self.children = [
            Child(
                "De server",
                [granian, *server_options(port), APPLICATION],
                log="server.log",
                env=lesser,
            ),
            Child("De worker", [*MANAGE, "worker"], log="worker.log", env=lesser),
        ]

    def start(self):
        if self.has_own_database:
            with step("Database starten"):
                self.stops_database |= embedded.start()
            instance.write(self.address, [], self.stops_database)
        self._prepare()
        with step("Server en worker starten"):
            for child in self.children:
                child.start()
            self._note()
            accounts = self._demo_accounts()
            self._wait_until_well()
        print(f"\nHet portaal draait op {self.address}\n{accounts}Stoppen: Ctrl-C.", flush=True)

    def watch(self):
        """Start again what dies; ends only by an exception."""
        while True:
            time.sleep(0.5)
            self._keep_database()
            for child in self.children:
                if child.has_died():
                    self._start_again(child)

    def stop(self):
        """Stop all parts, in seconds; what is saved stays saved."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for child in self.children:
            child.end(seconds=max(0, deadline - time.monotonic()))
        if self.stops_database:
            embedded.stop()
        instance.forget()

    def _keep_database(self):
        if self.has_own_database and not embedded.running():
            self.restarts.count("De database")
            self.stops_database |= embedded.start()
            print("De database was uitgevallen en is opnieuw gestart.", flush=True)

    def _start_again(self, child):
        self._keep_database()  # it may be why the child died
        self.restarts.count(child.name)
        child.end(seconds=0)  # the rest of its group
        child.start()
        self._note()
        print(f"{child.name} was uitgevallen en is opnieuw gestart.", flush=True)

    def _note(self):
        instance.write(self.address, [child.pid for child in self.children], self.stops_database)

    def _prepare(self):
        command = [sys.executable, "-m", "vrt_portal.prepare"]
        # Its own session: Ctrl-C comes to us, and we end it.
        process = subprocess.Popen(
            command, env=self.env, start_new_session=True, preexec_fn=dying_with(os.getpid())
        )
        try:
            if process.wait() != 0:
                raise StepFailed("Het portaal is niet gestart.")
        finally:
            process.kill()
            process.wait()

    def _demo_accounts(self):
        if self.env["DEMO"] != "1":
            return ""
        told = subprocess.run(
            [*MANAGE, "demo_accounts"], env=self.env, capture_output=True, text=True
        )
        return f"\n{told.stdout}\n" if told.returncode == 0 else ""

    def _wait_until_well(self):
        """Wait until the portal itself says that it is well, worker and database included."""
        deadline = time.monotonic() + SECONDS_TO_GET_WELL
        while (said := self._health()) != 200:
            if time.monotonic() > deadline:
                raise StepFailed(
                    f"Het portaal wordt niet gezond (antwoord: {said}). Kijk in {LOGS}/server.log "
                    "en worker.log."
                )
            for child in self.children:
                if child.has_died():
                    self._start_again(child)
            time.sleep(0.1)

    def _health(self):
        """The status of GET /gezond/, or None while nothing answers."""
        first = self.env["ALLOWED_HOSTS"].split(",")[0].lstrip(".")
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/gezond/", headers={"Host": HOST if first == "*" else first})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


APPLICATION = "vrt_portal.wsgi:application"


def server_options(port):
    """How granian serves the portal; the benchmarks use the same."""
    return [
        "--interface=wsgi", f"--host={HOST}", f"--port={port}", "--no-ws", "--no-access-log",
        "--workers=2", "--respawn-failed-workers", "--workers-kill-timeout=4",
        # Eight requests at work at once keep two cores busy; a few more may wait for a thread,
        # the rest waits in the queue of the socket and costs no memory.
        "--blocking-threads=4", "--backpressure=16", "--backlog=512",
    ]  # fmt: skip


def _environment():
    """What the children get: ours, with the choices that make a portal on one's own machine."""
    chosen = {"DEMO": "1", "HTTPS": "0", "ALLOWED_HOSTS": "127.0.0.1,localhost"}
    env = {**chosen, **os.environ, "DJANGO_SETTINGS_MODULE": "vrt_portal.settings"}
    if env["DEMO"] not in {"0", "1"}:
        raise StepFailed(f"DEMO moet 0 of 1 zijn, niet {env['DEMO']!r}.")
    return env


def _free_port():
    word = os.environ.get("PORT") or "8000"
    if not word.isdecimal() or not 1 <= int(word) <= 65535:
        raise StepFailed(f"PORT moet een getal van 1 tot en met 65535 zijn, niet {word!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(word)))
        except OSError:
            raise StepFailed(
                f"Poort {word} is bezet door een ander programma, of is niet toegestaan. "
                "Kies een andere poort: make run PORT=8001"
            ) from None
    return int(word)


def _make_secret_key():
    """Make the key that signs sessions, once, whole, and readable for its owner only."""
    key = instance.VAR / "secret-key"
    if os.environ.get("SECRET_KEY") or key.exists() and key.stat().st_size:
        return
    new = key.with_name("secret-key.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))
    new.replace(key)


def _stop_on_signals():
    def stop(signum, frame):
        # Once is enough: a second Ctrl-C must not break off the stopping.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def main():
    try:
        with instance.hold_lock():
            _stop_on_signals()
            with contextlib.suppress(Stopped):
                _serve()
    except (
        StepFailed, TooManyRestarts, instance.AlreadyRuns, embedded.DatabaseUnavailable
    ) as problem:  # fmt: skip
        sys.exit(str(problem))


def _serve():
    database_is_ours = instance.end_leftovers()
    portal = Portal(_free_port(), _environment())
    portal.stops_database = database_is_ours and portal.has_own_database
    # Noted at once, so that 'make stop' finds it from now on.
    instance.write(portal.address, [], portal.stops_database)
    _make_secret_key()
    try:
        portal.start()
        portal.watch()
    finally:
        print()
        with step("Het portaal stopt"):
            portal.stop()


if __name__ == "__main__":
    main()
