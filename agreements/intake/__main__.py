"""The reading process: reads one file under limits and writes down what came of it.

Started by sandbox.py only. Its task comes as JSON over standard input; progress goes out as lines
"done total" over standard output, the result as JSON to the file descriptor that the task names.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from agreements.intake.confinement import confine
from agreements.intake.limits import Limits
from agreements.intake.reader import read
from agreements.intake.refusal import Refused

_BETWEEN_REPORTS = 0.05  # seconds


def main() -> None:
    """Read the file of the task, once. Ends with status 0 when there is an answer."""
    task: dict[str, Any] = json.load(sys.stdin)
    limits = Limits(**task["limits"])
    confine(task["parent"], limits, task["result_bytes"])
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


if __name__ == "__main__":
    main()
