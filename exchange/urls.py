"""Addresses of the data for other tools."""

from django.urls import path

from exchange.views import tables

app_name = "exchange"
urlpatterns = [
    path("gegevens/", tables.data, name="data"),
    path("gegevens/tabellen/<slug:table>.<slug:kind>", tables.tables, name="table-file"),
    path("gegevens/werk/<slug:table>.<slug:kind>", tables.work_tables, name="work-table-file"),
]
