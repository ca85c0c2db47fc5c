"""Addresses of the data for other tools."""

from django.urls import path

from exchange.views import highlights, tables

app_name = "exchange"
urlpatterns = [
    path("gegevens/", tables.data, name="data"),
    path("gegevens/tabellen/<slug:table>.<slug:kind>", tables.tables, name="table-file"),
    path("gegevens/werk/<slug:table>.<slug:kind>", tables.work_tables, name="work-table-file"),
    path(
        "gemeenten/<int:year>/<slug:municipality>/documenten/<int:pk>/gemarkeerd.pdf",
        highlights.highlights,
        name="highlights-file",
    ),
    path(
        "akkoorden/versies/<int:pk>/gemarkeerd.pdf",
        highlights.work_highlights,
        name="work-highlights-file",
    ),
]
