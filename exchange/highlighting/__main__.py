"""The process that writes highlights into a file that may be hostile. Started by agreements.intake.sandbox only.

Its task comes as JSON over standard input; the answer, a PDF or why there is none, goes to the file
descriptor that the task names.
"""

import io
import json
import os
import sys
from pathlib import Path

from agreements.intake.confinement import confine
from agreements.intake.limits import Limits
from agreements.intake.refusal import Refused
from exchange.highlighting.pdf import highlight
from exchange.highlighting.quads import Highlight


def main() -> None:
    """Do the task, once. Ends with status 0 when there is an answer."""
    task = json.load(sys.stdin)
    confine(task["parent"], Limits(**task["limits"]), task["result_bytes"])
    answer = io.BytesIO()
    try:
        marks = [Highlight(**mark) for mark in task["highlights"]]
        highlight(Path(task["path"]), marks, task["warning"], answer)
        written = answer.getvalue()
    except Refused as refusal:
        written = json.dumps({"code": refusal.code, "reason": refusal.reason}).encode()
    with os.fdopen(task["result"], "wb") as result:
        result.write(written)


if __name__ == "__main__":
    main()
