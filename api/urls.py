"""The pages about the API: how it works, and one's own tokens. Its own addresses are in v1/addresses.py."""

from django.urls import path

from api import views

app_name = "api"
urlpatterns = [
    path("api/", views.explained, name="explained"),
    path("mijn-account/tokens/", views.tokens, name="tokens"),
    path("mijn-account/tokens/<int:pk>/intrekken/", views.revoke, name="token-revoke"),
]
