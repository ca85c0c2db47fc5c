"""Addresses of the places: the formation of their coalitions, and their facts."""

from django.urls import path

from municipalities.views import facts, formation

app_name = "municipalities"
urlpatterns = [
    path("formatie/", formation.formation, name="formation"),
    path("formatie/<int:year>/", formation.formation, name="formation"),
    path(
        "formatie/<int:year>/<slug:municipality>/",
        formation.formation_change,
        name="formation-change",
    ),
    path("beheer/gemeenten/", facts.municipalities, name="list"),
    path("beheer/gemeenten/<slug:municipality>/", facts.municipality, name="municipality"),
    path("beheer/gemeenten/<slug:municipality>/<int:year>/", facts.coalition, name="coalition"),
]
