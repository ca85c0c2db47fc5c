"""Addresses of the data for other tools."""

from django.urls import path

from exchange.views import codebook_in, highlights, linked, qualitative, tables

app_name = "exchange"
urlpatterns = [
    path("gegevens/", tables.data, name="data"),
    path("gegevens/tabellen/<slug:table>.<slug:kind>", tables.tables, name="table-file"),
    path(
        "gegevens/werk/tabellen/<slug:table>.<slug:kind>",
        tables.work_tables,
        name="work-table-file",
    ),
    path("gegevens/themas.qdc", qualitative.codebook, name="codebook-file"),
    path("gegevens/themas.csv", qualitative.codebook_table, name="codebook-table-file"),
    path("gegevens/werk/themas.qdc", qualitative.work_codebook, name="work-codebook-file"),
    path("gegevens/akkoorden.qdpx", qualitative.coded_texts, name="project-file"),
    path("gegevens/werk/akkoorden.qdpx", qualitative.work_coded_texts, name="work-project-file"),
    path("regionale-inbreng/<int:year>/codeboek/", codebook_in.codebook_in, name="codebook-in"),
    path("gegevens/open/", linked.open_data, name="catalog-file"),
    path(
        "gegevens/akkoorden/<int:pk>/annotaties.jsonld", linked.annotations, name="annotations-file"
    ),
    path(
        "gegevens/werk/akkoorden/<int:pk>/annotaties.jsonld",
        linked.work_annotations,
        name="work-annotations-file",
    ),
    path("gegevens/akkoorden/<int:pk>/tekst.txt", linked.text, name="text-file"),
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
