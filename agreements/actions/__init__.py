"""Writes that touch more than one row, each whole or not at all."""

from agreements.actions.intake import read, upload
from agreements.actions.marking import Stale, mark, recode, save_measure, uncode
from agreements.actions.suggestions import (
    Decided,
    accept,
    current_detector,
    dismiss,
    propose,
    reject,
)
from agreements.actions.terms import save_terms
from agreements.actions.undoing import NotUndoable, undo

__all__ = [
    "Decided",
    "NotUndoable",
    "Stale",
    "accept",
    "current_detector",
    "dismiss",
    "mark",
    "propose",
    "read",
    "recode",
    "reject",
    "save_measure",
    "save_terms",
    "uncode",
    "undo",
    "upload",
]
