"""Writes that touch more than one row, each whole or not at all."""

from agreements.actions.anchoring import TooLate, adapt, drop, keep, reanchor, reconsider
from agreements.actions.intake import read, upload
from agreements.actions.marking import mark, recode, save_measure, uncode
from agreements.actions.progress import assign, read_pages, unassign, unread_pages
from agreements.actions.stale import Stale
from agreements.actions.suggestions import (
    Decided,
    accept,
    current_detector,
    dismiss,
    propose,
    reconsider_rejection,
    reject,
)
from agreements.actions.terms import save_terms
from agreements.actions.undoing import NotUndoable, undo

__all__ = [
    "Decided",
    "NotUndoable",
    "Stale",
    "TooLate",
    "accept",
    "adapt",
    "assign",
    "current_detector",
    "dismiss",
    "drop",
    "keep",
    "mark",
    "propose",
    "read",
    "read_pages",
    "reanchor",
    "recode",
    "reconsider",
    "reconsider_rejection",
    "reject",
    "save_measure",
    "save_terms",
    "unassign",
    "uncode",
    "undo",
    "unread_pages",
    "upload",
]
