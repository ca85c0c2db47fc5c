"""Writes that touch more than one row, each whole or not at all."""

from agreements.actions.anchoring import TooLate, adapt, drop, keep, reanchor, reconsider
from agreements.actions.intake import read, upload
from agreements.actions.marking import mark, recode, uncode
from agreements.actions.stale import Stale

__all__ = [
    "Stale",
    "TooLate",
    "adapt",
    "drop",
    "keep",
    "mark",
    "read",
    "reanchor",
    "recode",
    "reconsider",
    "uncode",
    "upload",
]
