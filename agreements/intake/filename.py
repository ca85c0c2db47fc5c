"""The name of an uploaded file, as data."""

import re
from pathlib import PurePosixPath

from agreements.intake.characters import clean

LONGEST = 150  # characters, extension included
LONGEST_EXTENSION = 10


def safe_name(name: str) -> str:
    """Give the name without folders, control characters and tricks with direction; "document" if nothing
    is left. For showing and storing only: never use it as a path.
    """
    last = clean(re.split(r"[/\\]", name)[-1]).strip(". ")
    if len(last) > LONGEST:
        extension = PurePosixPath(last).suffix
        if len(extension) > LONGEST_EXTENSION:
            extension = ""
        last = last[: LONGEST - len(extension)].rstrip(". ") + extension
    return last or "document"


def extension_of(name: str) -> str:
    """Give the extension in lower case with its dot; empty if there is none."""
    return PurePosixPath(safe_name(name)).suffix.lower()
