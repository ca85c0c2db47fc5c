"""Writes that touch more than one row, each whole or not at all."""

from agreements.actions.intake import read, upload
from agreements.actions.marking import Stale, mark, recode, uncode

__all__ = ["Stale", "mark", "read", "recode", "uncode", "upload"]
