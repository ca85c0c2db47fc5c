"""Addresses of the judgement, and of the work that leads to it."""

from django.urls import path

from assessments.views import judging, work

app_name = "assessments"
urlpatterns = [
    path("mijn-werk/", work.my_work, name="my-work"),
    path("mijn-werk/<int:year>/", work.my_work, name="my-work"),
    path("beoordelingen/", judging.work_list, name="list"),
    path("beoordelingen/periode/<int:year>/", judging.work_list, name="list"),
    path(
        "beoordelingen/<slug:municipality>/<int:year>/<slug:theme>/", judging.assess, name="assess"
    ),
    path(
        "beoordelingen/<slug:municipality>/<int:year>/<slug:theme>/treffers/",
        judging.judge_hits,
        name="judge-hits",
    ),
    path("beoordelingen/<int:pk>/publiceren/", judging.publish, name="publish"),
]
