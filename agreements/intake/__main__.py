"""The reading process: reads one file under limits and writes down what came of it.

Started by sandbox.py only. Its task comes as JSON over standard input; progress goes out as lines
"done total" over standard output, the result as JSON to the file descriptor that the task names.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

from agreements.intake.limits import Limits
from agreements.intake.reader import read
from agreements.intake.refusal import Refused

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_OPEN_FILES = 32
_BETWEEN_REPORTS = 0.05  # seconds


def main() -> None:
    """Read the file of the task, once. Ends with status 0 when there is an answer."""
    task: dict[str, Any] = json.load(sys.stdin)
    limits = Limits(**task["limits"])
    _bind_to_parent(task["parent"])
    _restrict(limits, task["result_bytes"])
    answer: dict[str, Any]
    try:
        document = read(Path(task["path"]), task["name"], _Reporter().report, limits)
        written = document.to_json()
    except Refused as refusal:
        written = ""
        answer = {"code": refusal.code, "reason": refusal.reason}
    except MemoryError:
        written = ""
        answer = {"code": "too-heavy"}
    with os.fdopen(task["result"], "w", encoding="utf-8") as result:
        result.write(written or json.dumps(answer))


class _Reporter:
    """Says how far reading is, a few times per second and at the end."""

    def __init__(self) -> None:
        self._last = float("-inf")

    def report(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done == total or now - self._last >= _BETWEEN_REPORTS:
            self._last = now
            print(done, total, flush=True)


def _bind_to_parent(parent: int) -> None:
    """Die with the worker that started us, and gain no rights on the way."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:  # the worker died before we asked
        sys.exit(1)


def _restrict(limits: Limits, result_bytes: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, result_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
