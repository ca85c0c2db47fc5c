"""Addresses of the source: agreements, their versions, and the reading room."""

from django.urls import path

from agreements.views import (
    documents,
    measures,
    news,
    page_view,
    reading_room,
    suggestions,
    undoing,
)
