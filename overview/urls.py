"""Addresses of the reader's side."""

from django.urls import path

from overview import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("overzicht/", views.matrix, name="matrix"),
    path("overzicht/<int:year>/", views.matrix, name="matrix"),
    path("themas/", views.themes, name="themes"),
    path("themas/<int:year>/", views.themes, name="themes"),
    path("themas/<int:year>/<slug:theme>/", views.theme, name="theme"),
    path("gemeenten/", views.municipalities, name="municipalities"),
    path("gemeenten/<int:year>/", views.municipalities, name="municipalities"),
    path("gemeenten/<int:year>/<slug:municipality>/", views.municipality, name="municipality"),
    path(
        "gemeenten/<int:year>/<slug:municipality>/documenten/<int:pk>/",
        views.document,
        name="document",
    ),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
