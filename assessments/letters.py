"""The mails about a judgement. They name no level and quote nothing: that is behind the sign-in."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from assessments.people import who_may
from assessments.workflow import ADVISOR, CONTACT


def ask_for_replies(replies):
    """Tell the contacts of a municipality which judgements lie with them, and until when."""
    _to_contacts("reply_asked", "Wilt u reageren op onze beoordeling?", replies)


def remind_of_replies(replies):
    """Remind the contacts of a municipality that the deadline comes near; gives how many were mailed."""
    return _to_contacts("reply_reminder", "Herinnering: uw reactie op onze beoordeling", replies)


def tell_of_reply(assessments):
    """Tell the authors that their municipality has replied."""
    first = assessments[0]
    authors = who_may(ADVISOR).filter(pk__in={assessment.author_id for assessment in assessments})
    _send(
        "reply_given",
        f"{first.coalition.municipality} heeft gereageerd",
        authors,
        assessments=assessments,
        coalition=first.coalition,
        address=reverse(
            "assessments:coalition",
            args=[first.coalition.municipality.slug, first.coalition.term.start_year],
        ),
    )


def ask_for_second_readings(numbers):
    """Tell advisors how many second readings are asked of them, as {reader: number}; not of what."""
    for reader, number in numbers.items():
        _send(
            "second_reading_asked",
            "Wilt u een tweede lezing doen?",
            who_may(ADVISOR).filter(pk=reader),
            number=number,
            address=reverse("assessments:second-readings"),
        )


def _to_contacts(name, subject, replies):
    first = replies[0]
    coalition = first.assessment.coalition
    return _send(
        name,
        subject,
        who_may(CONTACT, municipality=coalition.municipality),
        assessments=[reply.assessment for reply in replies],
        coalition=coalition,
        deadline=min(reply.deadline for reply in replies),
        address=reverse("assessments:replies"),
    )


def _send(name, subject, people, *, address, **about):
    """Mail each of these people apart, and give to how many."""
    about |= {"address": settings.PORTAL_ADDRESS + address}
    text = render_to_string(f"assessments/mail/{name}.txt", about)
    addresses = set(people.exclude(email="").values_list("email", flat=True))
    for mail_address in sorted(addresses):
        send_mail(subject, text, None, [mail_address])
    return len(addresses)
