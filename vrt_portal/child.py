"""A process of the running portal: started, watched, and started again when it dies."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections import defaultdict, deque

from vrt_portal import processes
from vrt_portal.steps import open_log

PR_SET_PDEATHSIG = 1  # from linux/prctl.h
_libc = ctypes.CDLL(None, use_errno=True)


class TooManyRestarts(Exception):
    """Something dies again and again; the message is Dutch."""


class Restarts:
    """How often a thing may die: at most `most` times in `seconds`, each thing by itself.

    A database that dies may take the worker with it; that is no worker that dies again and again.
    """

    def __init__(self, most=5, seconds=60):
        self._most, self._seconds = most, seconds
        self._moments = defaultdict(deque)

    def count(self, name):
        """One more death of the thing with this name; raises TooManyRestarts."""
        now = time.monotonic()
        moments = self._moments[name]
        moments.append(now)
        while now - moments[0] > self._seconds:
            moments.popleft()
        if len(moments) > self._most:
            raise TooManyRestarts(
                f"{name} valt steeds weer uit; het portaal stopt. Kijk in var/log wat er misgaat."
            )


def dying_with(parent):
    """A preexec_fn that makes the kernel send SIGTERM to the new process when `parent` dies."""

    def die_with_parent():
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return die_with_parent


class Child:
    """One child in a process group of its own, so that Ctrl-C reaches only the portal itself.

    `name` is what people call it, `log` the name of its file in var/log.
    """

    def __init__(self, name, command, *, log, env):
        self.name = name
        self._command, self._log, self._env = command, log, env
        self._process = None

    @property
    def pid(self):
        return self._process.pid

    def start(self):
        with open_log(self._log) as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dying_with(os.getpid()),
            )

    def has_died(self):
        return self._process.poll() is not None

    def ask_to_stop(self):
        if self._process and not self.has_died():
            self._process.terminate()

    def end(self, seconds):
        """Give it this long to stop by itself; then end it, and all that it started."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=seconds)
        # Also after a good end: a server killed hard leaves workers that hold the port.
        processes.end(processes.group(self.pid), signal.SIGKILL, seconds=2)
        self._process.wait()
