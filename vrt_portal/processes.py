"""What /proc tells about processes, read with nothing but the standard library.

Only files that every user may read are used (stat and cmdline): `/proc/<pid>/cwd` and
`exe` of another user's process are closed even to root in an ordinary container.
"""

import os
import signal
import time
from pathlib import Path

PROC = Path("/proc")


def alive(pid: int) -> bool:
    """True while the process runs; a zombie has ended and only waits for its parent."""
    return _fields(pid)[:1] not in ([], ["Z"], ["X"])


def started(pid: int) -> str:
    """The moment the process started, in clock ticks since boot; "" when it is gone.

    A pid with its start is never used again, a pid alone is.
    """
    fields = _fields(pid)
    return fields[19] if alive(pid) and len(fields) > 19 else ""


def command(pid: int) -> list[str]:
    """The command line, one string an argument; empty for a process that is gone."""
    try:
        return (PROC / str(pid) / "cmdline").read_text(errors="replace").rstrip("\0").split("\0")
    except OSError:
        return []


def owned_by(uid: int) -> list[int]:
    """The pids of all living processes of one user."""
    return [pid for pid in _all() if _owner(pid) == uid]


def group(leader: int) -> list[int]:
    """The pids of the living processes in this process group."""
    return [pid for pid in _all() if alive(pid) and _fields(pid)[2:3] == [str(leader)]]


def end(pids: list[int], *signals: signal.Signals, seconds: float) -> bool:
    """Send each signal in turn until all have ended; True when they have.

    `seconds` is how long one signal is given before the next is tried.
    """
    for signum in signals:
        for pid in filter(alive, pids):
            try:
                os.kill(pid, signum)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + seconds
        while any(map(alive, pids)) and time.monotonic() < deadline:
            time.sleep(0.02)
    return not any(map(alive, pids))


def _all() -> list[int]:
    return [int(name) for name in os.listdir(PROC) if name.isdecimal()]


def _fields(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets."""
    try:
        return (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _owner(pid: int) -> int | None:
    try:
        return (PROC / str(pid)).stat().st_uid if alive(pid) else None
    except OSError:
        return None
