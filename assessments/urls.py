"""Addresses of the judgement, and of the work that leads to it."""

from django.urls import path

from assessments.views import (
    advice,
    answering,
    choosing,
    judging,
    lists,
    moving,
    public_advice,
    replying,
    second_reading,
    work,
)

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
    path("beoordelingen/opmerking/<int:pk>/antwoord/", moving.answer_remark, name="answer-remark"),
    path("beoordelingen/opmerking/<int:pk>/klaar/", moving.resolve_remark, name="resolve-remark"),
    path("beoordelingen/reactie/<int:pk>/antwoord/", answering.answer_reply, name="answer-reply"),
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
    path("sterkste-citaten/<int:year>/<slug:theme>/", choosing.choose_quotes, name="choose-quotes"),
    path("advies/", advice.requests, name="advice-list"),
    path("advies/vragen/", advice.ask, name="advice-ask"),
    path("advies/<int:pk>/", advice.advice_request, name="advice-request"),
    path("advies/<int:pk>/toewijzen/", advice.assign, name="advice-assign"),
    path("advies/<int:pk>/antwoord/", advice.answer, name="advice-answer"),
    path("advies/<int:pk>/sluiten/", advice.close, name="advice-close"),
    path("advies/<int:pk>/vervolgvraag/", advice.follow_up, name="advice-follow-up"),
    path("advies/antwoord/<int:pk>/publiceren/", public_advice.publish, name="advice-publish"),
    path("adviezen/", public_advice.published, name="published-advice"),
    path("adviezen/<int:pk>/", public_advice.advice, name="advice"),
    path("adviezen/<int:pk>/intrekken/", public_advice.withdraw, name="advice-withdraw"),
    path("reactie/", replying.replies, name="replies"),
    path("reactie/<int:year>/", replying.reply, name="reply"),
    path("reactie/<int:year>/alles-klopt/", replying.agree, name="agree"),
    path("reactie/document/<int:pk>/", replying.reply_document, name="reply-document"),
]
