"""How much one file may ask of us."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The most that reading one file may take."""

    memory_bytes: int = 512 * MEGABYTE  # address space of the reading process
    seconds: int = 60  # of processor time, and of the clock
    pages: int = 2000
    file_bytes: int = 50 * MEGABYTE
