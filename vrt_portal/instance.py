"""The portal that runs from this checkout: the lock it holds, what it noted, and its end.

python -m vrt_portal.instance stop
"""

import fcntl
import json
import os
import signal
import sys
from pathlib import Path

from vrt_portal import embedded, processes

CHECKOUT = Path(__file__).resolve().parent.parent
VAR = CHECKOUT / "var"
RECORD = VAR / "run.json"  # pid and start of the portal and its children, and its address
SECONDS_TO_STOP = 25  # more than serve.py itself allows for its children and the database


class AlreadyRuns(Exception):
    """Another portal holds the lock of this checkout; the message is Dutch."""


def hold_lock():
    """Take the lock of this checkout for as long as the returned file stays open."""
    VAR.mkdir(exist_ok=True)
    lock = (VAR / "run.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        record = read()
        raise AlreadyRuns(
            f"Het portaal draait al (proces {record.get('pid', 'onbekend')}, "
            f"{record.get('address', 'nog aan het starten')}). "
            "Stop het daar met Ctrl-C, of hier met 'make stop'."
        ) from None
    return lock


def read():
    """What the last portal noted; empty when there was none."""
    try:
        return json.loads(RECORD.read_text())
    except (OSError, ValueError):
        return {}


def write(address, children, database):
    """Note this portal, for 'make stop' and for a start after it was killed.

    `children` are pids of group leaders; `database` tells that the portal started the database.
    """
    record = {
        "pid": os.getpid(),
        "started": processes.started(os.getpid()),
        "address": address,
        "database": database,
        "children": {str(pid): processes.started(pid) for pid in children},
    }
    new = RECORD.with_name("run.json.new")
    new.write_text(json.dumps(record))
    new.replace(RECORD)


def forget():
    RECORD.unlink(missing_ok=True)


def end_leftovers():
    """End what a killed portal left running; True when the database was its own.

    Ask this only while holding the lock: then the noted portal is surely gone.
    """
    record = read()
    for pid, started in record.get("children", {}).items():
        processes.end(_left_of_group(int(pid), started), signal.SIGTERM, signal.SIGKILL, seconds=3)
    forget()
    return record.get("database", False)


def stop():
    """Stop the portal of this checkout and the embedded database; True when a portal ran."""
    record = read()
    pid = record.get("pid", 0)
    runs = bool(record) and processes.started(pid) == record["started"]
    if runs:
        processes.end([pid], signal.SIGTERM, signal.SIGKILL, seconds=SECONDS_TO_STOP)
    with hold_lock():
        end_leftovers()
        embedded.stop()
    return runs


def _left_of_group(leader, started):
    """The living processes of a child's group.

    When the leader lives it must be the noted one, as pids are used again. When it is gone its
    number isn't used again while its group lasts; then our own Python must run in it.
    """
    members = processes.group(leader)
    if leader in members:
        return members if processes.started(leader) == started else []
    ours = str(CHECKOUT / ".venv")
    return [
        pid
        for pid in members
        if processes.command(pid)[:1] and processes.command(pid)[0].startswith(ours)
    ]


if __name__ == "__main__":
    if sys.argv[1:] != ["stop"]:
        sys.exit("Gebruik: python -m vrt_portal.instance stop")
    try:
        print("Het portaal is gestopt." if stop() else "Het portaal draaide niet.")
    except (AlreadyRuns, embedded.DatabaseUnavailable) as problem:
        sys.exit(str(problem))
