"""Addresses of the reader's side."""

from django.urls import path

from overview.views import about, charts, compare, document, municipality, region, start, theme

app_name = "overview"
urlpatterns = [
    path("", start.home, name="home"),
    path("overzicht/", region.matrix, name="matrix"),
    path("overzicht/<int:year>/", region.matrix, name="matrix"),
    path("themas/", region.themes, name="themes"),
    path("themas/<int:year>/", region.themes, name="themes"),
    path("themas/<int:year>/<slug:theme>/", theme.theme, name="theme"),
    path("witte-vlekken/<int:year>/", region.white_spots, name="white-spots"),
    path("gemeenten/", municipality.municipalities, name="municipalities"),
    path("gemeenten/<int:year>/", municipality.municipalities, name="municipalities"),
    path(
        "gemeenten/<int:year>/<slug:municipality>/", municipality.municipality, name="municipality"
    ),
    path(
        "gemeenten/<int:year>/<slug:municipality>/documenten/<int:pk>/",
        document.document,
        name="document",
    ),
    path("vergelijken/", compare.municipalities, name="compare"),
    path("vergelijken/raadsperioden/", compare.terms, name="compare-terms"),
    path("grafieken/<int:year>/<slug:theme>/spreiding.svg", charts.spread, name="chart-spread"),
    path(
        "grafieken/<int:year>/<slug:municipality>/toen-en-nu.svg",
        charts.levels,
        name="chart-levels",
    ),
    path(
        "grafieken/<int:year>/<slug:municipality>/maatregelen.svg",
        charts.measures,
        name="chart-measures",
    ),
    path(
        "gemeenten/<int:year>/<slug:municipality>/documenten/<int:pk>/bestand/",
        document.document_file,
        name="document-file",
    ),
    path(
        "gemeenten/<int:year>/<slug:municipality>/documenten/<int:pk>/bladzijden/<int:number>/",
        document.document_words,
        name="document-words",
    ),
    path("toegankelijkheid/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
]
