"""The source: agreements with their uploaded versions, and the passages that people mark in them."""

from agreements.models.agreement import Agreement, AgreementVersion, Page
from agreements.models.passage import Coding, Passage

__all__ = ["Agreement", "AgreementVersion", "Coding", "Page", "Passage"]
