"""The yardstick: six lasting themes, and per council term what the region asks of them."""

from themes.models.regional_input import (
    Ambition,
    FocusPoint,
    InputDraft,
    InputEdition,
    Partner,
    RegionalInput,
)
from themes.models.theme import Term, Theme

__all__ = [
    "Ambition",
    "FocusPoint",
    "InputDraft",
    "InputEdition",
    "Partner",
    "RegionalInput",
    "Term",
    "Theme",
]
