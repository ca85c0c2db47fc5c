"""Addresses for signing in and out, and for the accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("aanmelden/", views.LoginView.as_view(), name="login"),
    path("afmelden/", LogoutView.as_view(), name="logout"),
    path("beheer/gebruikers/", views.user_list, name="users"),
    path("beheer/gebruikers/nieuw/", views.user_create, name="user-create"),
    path("beheer/gebruikers/<int:pk>/", views.user_change, name="user-change"),
]
