"""Addresses of the outbox."""

from django.urls import path

from mail import views

app_name = "mail"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("opnieuw/", views.try_again, name="try-again"),
]
