"""Addresses of search."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("bewaard/", views.saved, name="saved"),
    path("bewaard/nieuw/", views.save, name="save"),
    path("bewaard/<int:pk>/bekijken/", views.look, name="look"),
    path("bewaard/<int:pk>/verwijderen/", views.remove, name="remove"),
    path("vragen/", views.asked, name="asked"),
]
