"""The address of what only a demo shows."""

from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [path("ontwerp/", views.design, name="design")]
