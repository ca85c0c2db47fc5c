"""Addresses of what leaves the house."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path(
        "gemeenten/<int:year>/<slug:municipality>/rapport.pdf",
        views.municipality,
        name="municipality",
    ),
    path(
        "regionale-inbreng/<int:year>/inbreng.pdf",
        views.regional_input,
        name="regional-input",
    ),
]
