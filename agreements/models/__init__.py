"""The source: agreements with their uploaded versions, and the passages that people mark in them."""

from agreements.models.agreement import Agreement, AgreementVersion, Page
from agreements.models.anchoring import Anchoring
from agreements.models.measure import Measure
from agreements.models.passage import Coding, Passage, lit_passage, pages_in_words
from agreements.models.progress import Assignment, PageReading
from agreements.models.suggestion import Suggestion

__all__ = [
    "Agreement",
    "AgreementVersion",
    "Anchoring",
    "Assignment",
    "Coding",
    "Measure",
    "Page",
    "PageReading",
    "Passage",
    "Suggestion",
    "lit_passage",
    "pages_in_words",
]
