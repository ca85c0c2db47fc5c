"""Reads an uploaded file in a process of its own, with limits: whatever the file does, it ends there."""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from agreements.intake.document import ParsedDocument
from agreements.intake.limits import MEGABYTE, Limits
from agreements.intake.reader import check_size
from agreements.intake.refusal import Refused

__all__ = ["Limits", "read_in_subprocess", "run"]

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_RESULT_BYTES = 256 * MEGABYTE
_LONGEST_LINE = 64  # bytes of a line of progress
_TOO_HEAVY = (
    "Dit bestand kost te veel geheugen om te lezen. "
    "Sla het document opnieuw op als PDF, zonder grote afbeeldingen, en upload het nog een keer."
)
_TOO_SLOW = (
    "Het lezen van dit bestand duurt te lang. "
    "Sla het document opnieuw op als PDF, of splits het, en upload het nog een keer."
)
_CRASHED = (
    "Dit bestand is niet te lezen: het verwerken brak af. Het bestand is beschadigd of te groot. "
    "Sla het document opnieuw op als PDF en upload het nog een keer."
)


def read_in_subprocess(
    path: Path,
    name: str,
    on_progress: Callable[[int, int], None] | None = None,
    limits: Limits = Limits(),
) -> ParsedDocument:
    """Read the file at `path`, which was uploaded as `name`, in a process with limits.

    `on_progress` hears pages done and pages in all, a few times per second. Raises Refused, with a
    Dutch reason, for a file that is not accepted or that breaks the process; OSError if it isn't there.
    """
    check_size(path.stat().st_size, limits)
    written = run("agreements.intake", path, {"name": name}, limits, on_progress)
    try:
        return _answer(written)
    except ValueError:
        logger.exception("the reading process gave no document")
        raise Refused("crashed", _CRASHED) from None


def run(
    module: str,
    path: Path,
    task: dict[str, Any],
    limits: Limits = Limits(),
    on_progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Let this module work on the file at `path` in a process with limits; gives what it wrote.

    Its task comes in JSON over standard input: `task`, with `path`, `limits`, `result` (the file
    descriptor to write to), `result_bytes` and `parent`. The module confines itself before it opens the file
    (confinement.py). Raises Refused when the process breaks, or takes too much.
    """
    deadline = time.monotonic() + limits.seconds
    # files without a name: nothing is left of them, even when this process is killed
    with (
        tempfile.TemporaryFile() as asked,
        tempfile.TemporaryFile() as result,
        tempfile.TemporaryFile() as complaints,
    ):
        _write_task(asked, path, task, limits, result.fileno())
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=complaints,
            pass_fds=[result.fileno()],
            cwd=_ROOT,
            env={"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,
        )
        try:
            in_time = _follow(process, deadline, on_progress)
        finally:
            _end(process)
        return _outcome(in_time, process.returncode, result, complaints)


def _write_task(
    file: IO[bytes], path: Path, task: dict[str, Any], limits: Limits, result: int
) -> None:
    written = task | {
        "path": os.fspath(path.resolve()),
        "limits": asdict(limits),
        "result": result,
        "result_bytes": _RESULT_BYTES,
        "parent": os.getpid(),
    }
    file.write(json.dumps(written).encode("ascii"))
    file.seek(0)


def _follow(
    process: subprocess.Popen[bytes],
    deadline: float,
    on_progress: Callable[[int, int], None] | None,
) -> bool:
    """Pass progress on until the process ends. False when the time was up first."""
    assert process.stdout is not None
    pipe = process.stdout.fileno()
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                return False
            received = os.read(pipe, 4096)
            if not received:
                break
            *lines, rest = (rest + received).split(b"\n")
            rest = rest[-_LONGEST_LINE:]
            for line in lines:
                _report(line, on_progress)
    try:
        process.wait(max(deadline - time.monotonic(), 0))
    except subprocess.TimeoutExpired:
        return False
    return True


def _report(line: bytes, on_progress: Callable[[int, int], None] | None) -> None:
    numbers = line[:_LONGEST_LINE].split()
    if on_progress and len(numbers) == 2 and all(number.isdigit() for number in numbers):
        on_progress(int(numbers[0]), int(numbers[1]))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing running, whatever happened."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)  # its session is its own, so its group is too
    process.wait()
    if process.stdout:
        process.stdout.close()


def _outcome(in_time: bool, status: int, result: IO[bytes], complaints: IO[bytes]) -> bytes:
    if not in_time or status == -signal.SIGXCPU:
        raise Refused("too-slow", _TOO_SLOW)
    if status == 0:
        result.seek(0)
        return result.read()
    complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - 4000))
    said = complaints.read().decode("utf-8", "replace")
    logger.warning("the process ended with status %s: %s", status, said)
    if "MemoryError" in said or "Out of memory" in said:
        raise Refused("too-heavy", _TOO_HEAVY)
    raise Refused("crashed", _CRASHED)


def _answer(written: bytes) -> ParsedDocument:
    """Read what the process wrote: a document, or why it refuses. Raises ValueError for else."""
    if written.startswith(b'{"code"'):
        refusal = json.loads(written)
        if refusal["code"] == "too-heavy":
            raise Refused("too-heavy", _TOO_HEAVY)
        raise Refused(str(refusal["code"]), str(refusal["reason"]))
    return ParsedDocument.from_json(written)
