"""Has the highlights written by a process with limits (ADR 7). No Django inside."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from agreements.intake.limits import Limits
from agreements.intake.reader import check_size
from agreements.intake.refusal import Refused
from agreements.intake.sandbox import run
from exchange.highlighting.quads import Highlight

_BROKEN = (
    "Het lukt niet om in deze PDF te schrijven: het bestand is te zwaar of beschadigd. "
    "Gebruik het document in het portaal."
)


def highlighted(
    path: Path, highlights: Sequence[Highlight], *, warning: str = "", limits: Limits = Limits()
) -> bytes:
    """The PDF at `path` with these highlights in it.

    Raises Refused, with a Dutch reason, if it can't be made; OSError if the file isn't there.
    """
    task = {"highlights": [asdict(mark) for mark in highlights], "warning": warning}
    try:
        check_size(path.stat().st_size, limits)
        written = run("exchange.highlighting", path, task, limits)
    except Refused as problem:  # its words are about a file that is uploaded
        raise Refused(problem.code, _BROKEN) from problem
    if written.startswith(b'{"code"'):
        raise Refused(**json.loads(written))
    return written
