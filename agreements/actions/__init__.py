"""Writes that touch more than one row, each whole or not at all."""

from agreements.actions.intake import read, upload
from agreements.actions.marking import Stale, mark, recode, save_measure, uncode
from agreements.actions.progress import assign, read_pages, unassign, unread_pages
from agreements.actions.suggestions import Decided, accept, dismiss, propose, reject
from agreements.actions.undoing import NotUndoable, undo

__all__ = [
    "Decided",
    "NotUndoable",
    "Stale",
    "accept",
    "assign",
    "dismiss",
    "mark",
    "propose",
    "read",
    "read_pages",
    "recode",
    "reject",
    "save_measure",
    "unassign",
    "uncode",
    "undo",
    "unread_pages",
    "upload",
]
