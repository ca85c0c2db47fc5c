"""Addresses of the reader's side."""

from django.urls import path

from overview import chart_views, compare_views, views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("overzicht/", views.matrix, name="matrix"),
    path("overzicht/<int:year>/", views.matrix, name="matrix"),
    path("themas/", views.themes, name="themes"),
    path("themas/<int:year>/", views.themes, name="themes"),
    path("themas/<int:year>/<slug:theme>/", views.theme, name="theme"),
    path("witte-vlekken/<int:year>/", views.white_spots, name="white-spots"),
    path("gemeenten/", views.municipalities, name="municipalities"),
    path("gemeenten/<int:year>/", views.municipalities, name="municipalities"),
    path("gemeenten/<int:year>/<slug:municipality>/", views.municipality, name="municipality"),
    path(
        "gemeenten/<int:year>/<slug:municipality>/documenten/<int:pk>/",
        views.document,
        name="document",
    ),
    path("vergelijken/", compare_views.municipalities, name="compare"),
    path("vergelijken/raadsperioden/", compare_views.terms, name="compare-terms"),
    path(
        "grafieken/<int:year>/<slug:theme>/spreiding.svg", chart_views.spread, name="chart-spread"
    ),
    path(
        "grafieken/<int:year>/<slug:municipality>/toen-en-nu.svg",
        chart_views.levels,
        name="chart-levels",
    ),
    path(
        "grafieken/<int:year>/<slug:municipality>/maatregelen.svg",
        chart_views.measures,
        name="chart-measures",
    ),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
]
