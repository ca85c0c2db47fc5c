"""The mails about a question for advice. They hold no word of it: that is behind the sign-in."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from assessments.advising import ANSWER, ASK
from assessments.people import who_may


def tell_of_question(request):
    """Tell the advisors that a municipality has asked something."""
    _send("advice_asked", f"Adviesvraag van {request.municipality}", who_may(ANSWER), request)


def tell_of_assignment(request):
    """Tell an advisor that a colleague gave them a question."""
    people = who_may(ANSWER).filter(pk=request.assigned_to_id)
    _send("advice_assigned", f"Adviesvraag van {request.municipality} voor u", people, request)


def tell_of_answer(request):
    """Tell who asked and the others of that municipality that there is an answer."""
    people = who_may(ASK, municipality=request.municipality)
    _send("advice_answered", "Antwoord op uw adviesvraag", people, request)


def _send(name, subject, people, request):
    address = settings.PORTAL_ADDRESS + request.get_absolute_url()
    text = render_to_string(
        f"assessments/mail/{name}.txt", {"advice_request": request, "address": address}
    )
    for mail_address in people.exclude(email="").values_list("email", flat=True).distinct():
        send_mail(subject, text, None, [mail_address])
