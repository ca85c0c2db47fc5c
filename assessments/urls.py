"""Addresses of the judgement, and of the work that leads to it."""

from django.urls import path

from assessments.views import judging, lists, moving, second_reading, work

app_name = "assessments"
urlpatterns = [
    path("mijn-werk/", work.my_work, name="my-work"),
    path("mijn-werk/<int:year>/", work.my_work, name="my-work"),
    path("tweede-lezing/", second_reading.second_readings, name="second-readings"),
    path(
        "tweede-lezing/periode/<int:year>/",
        second_reading.second_readings,
        name="second-readings",
    ),
    path(
        "tweede-lezing/periode/<int:year>/vragen/", second_reading.ask, name="ask-second-readings"
    ),
    path("tweede-lezing/<int:pk>/", second_reading.second_reading, name="second-reading"),
    path("tweede-lezing/<int:pk>/geven/", second_reading.give, name="give-second-reading"),
    path("tweede-lezing/<int:pk>/consensus/", second_reading.settle, name="settle-second-reading"),
    path("tweede-lezing/<int:pk>/intrekken/", second_reading.cancel, name="cancel-second-reading"),
    path("beoordelingen/", lists.work_list, name="list"),
    path("beoordelingen/periode/<int:year>/", lists.work_list, name="list"),
    path("beoordelingen/leesbaarheid/", judging.readability, name="readability"),
    path("beoordelingen/opmerking/<int:pk>/antwoord/", moving.answer_remark, name="answer-remark"),
    path("beoordelingen/opmerking/<int:pk>/klaar/", moving.resolve_remark, name="resolve-remark"),
    path("beoordelingen/<int:pk>/indienen/", moving.submit, name="submit"),
    path("beoordelingen/<int:pk>/terugnemen/", moving.take_back, name="take-back"),
    path("beoordelingen/<int:pk>/opmerking/", moving.remark, name="remark"),
    path("beoordelingen/<int:pk>/terugsturen/", moving.send_back, name="send-back"),
    path("beoordelingen/<int:pk>/ter-reactie/", moving.ask_reply, name="ask-reply"),
    path("beoordelingen/<int:pk>/gereed/", moving.close_reply, name="close-reply"),
    path("beoordelingen/<int:pk>/zonder-reactie/", moving.clear, name="clear"),
    path("beoordelingen/<int:pk>/publiceren/", moving.publish, name="publish"),
    path("beoordelingen/<int:pk>/intrekken/", moving.withdraw, name="withdraw"),
    path("beoordelingen/<slug:municipality>/<int:year>/", lists.coalition, name="coalition"),
    path(
        "beoordelingen/<slug:municipality>/<int:year>/ter-reactie/",
        lists.ask_replies,
        name="ask-replies",
    ),
    path(
        "beoordelingen/<slug:municipality>/<int:year>/<slug:theme>/", judging.assess, name="assess"
    ),
    path(
        "beoordelingen/<slug:municipality>/<int:year>/<slug:theme>/treffers/",
        judging.judge_hits,
        name="judge-hits",
    ),
]
