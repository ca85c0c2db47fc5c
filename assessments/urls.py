"""Addresses of the judgement."""

from django.urls import path

from assessments import views

app_name = "assessments"
urlpatterns = [
    path("", views.work_list, name="list"),
    path("periode/<int:year>/", views.work_list, name="list"),
    path("<slug:municipality>/<int:year>/<slug:theme>/", views.assess, name="assess"),
    path("<int:pk>/publiceren/", views.publish, name="publish"),
]
