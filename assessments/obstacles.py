"""What stands in the way of the next step, told before anyone tries it. The actions refuse it all the same."""

from dataclasses import dataclass

from django.utils.formats import date_format

from assessments.models import SecondReading
from assessments.workflow import Status


@dataclass(frozen=True)
class Obstacle:
    """Why a step can't be taken yet, and where on the page to do something about it."""

    words: str
    anchor: str = ""
    link: str = ""


def obstacle_to(assessment, *, remarks, replies, answers):
    """The Obstacle to the step that follows, or None. `answers` tells whether the reader may answer a reply."""
    match assessment.status:
        case Status.IN_REVIEW:
            return _unresolved(remarks)
        case Status.IN_REPLY:
            return _no_last_word(replies, answers=answers)
        case Status.READY:
            why = SecondReading.objects.obstacle_to_publishing(assessment)
            return Obstacle(why) if why else None
        case _:
            return None


def _unresolved(remarks):
    number = sum(remark.resolved_at is None for remark in remarks)
    if not number:
        return None
    what = "1 opmerking is" if number == 1 else f"{number} opmerkingen zijn"
    return Obstacle(
        f"{what} nog niet afgehandeld. Handel die eerst af, of stuur de beoordeling terug.",
        "#remarks",
        "Naar de opmerkingen",
    )


def _no_last_word(replies, *, answers):
    given = next((reply for reply in replies if reply.is_open), None)
    if given is None:
        return None
    if not given.position and not given.is_late:
        until = date_format(given.deadline, "j F Y")
        return Obstacle(f"De gemeente is aan zet. Zij kan reageren tot en met {until}.")
    if not given.needs_answer:
        return None
    said = f"De gemeente zei “{given.get_position_display()}”."
    if answers:
        return Obstacle(
            f"{said} Geef antwoord. Daarna kan de beoordeling gereed worden gemaakt.",
            "#replies",
            "Naar de reactie",
        )
    return Obstacle(f"{said} Een adviseur moet nog antwoorden.", "#replies", "Naar de reactie")
