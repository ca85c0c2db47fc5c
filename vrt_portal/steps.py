"""A line on screen for every step of the start, with its seconds; details go to a log.

Standard library only, and no newer Python than setup.py itself: it runs before anything is installed.
"""

import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

LOGS = Path(__file__).resolve().parent.parent / "var" / "log"
LARGEST_LOG = 5_000_000  # bytes; past that a log starts anew and one earlier log is kept


class StepFailed(Exception):
    """A step that could not be done; the message is Dutch and says what to do."""


class Step:
    """One step under way; `say` puts a line of its own below the title."""

    def __init__(self, title):
        self._said = False
        print(f"{title} … ", end="", flush=True)

    def say(self, line):
        print(f"{'' if self._said else chr(10)}  {line}", flush=True)
        self._said = True

    def close(self, outcome):
        print(f"  {outcome}" if self._said else outcome, flush=True)


@contextmanager
def step(title):
    """Show the title, and the seconds when the block ends well."""
    begin = time.monotonic()
    under_way = Step(title)
    try:
        yield under_way
    except BaseException:
        under_way.close("afgebroken")
        raise
    under_way.close(f"{time.monotonic() - begin:.1f} s".replace(".", ","))


def run(command, log_name, advice, **kwargs):
    """Run a command with its output in var/log; raise StepFailed with the end of it.

    `kwargs` go to subprocess.run: `cwd`, `env`.
    """
    with open_log(log_name) as log:
        begin = log.tell()
        done = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **kwargs,
        )
    if done.returncode != 0:
        raise StepFailed(failure(log_name, begin, advice))


def open_log(name):
    """Open var/log/<name> to add to it."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / name
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_name(f"{name}.eerder"))
    return path.open("ab")


def failure(log_name, begin, advice):
    """The message of a failed step: the last lines it logged after `begin` (bytes), and advice."""
    with (LOGS / log_name).open("rb") as log:
        log.seek(begin)
        lines = log.read().decode(errors="replace").strip().splitlines()[-12:]
    tail = "\n".join(f"  | {line}" for line in lines)
    return f"{tail}\n{advice}\nMeer staat in var/log/{log_name}."
