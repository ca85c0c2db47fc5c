"""The way of a question for advice: who may do what in which state.

The pages offer what this table allows, the actions ask it, and the database's rule (which state may follow
which) is made of it.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


class AdviceState(TextChoices):
    """The states of a question for advice."""

    ASKED = "asked", "gevraagd"
    ASSIGNED = "assigned", "in behandeling"
    ANSWERED = "answered", "beantwoord"
    CLOSED = "closed", "gesloten"


ASK = "assessments.add_advicerequest"
ANSWER = "assessments.answer_advicerequest"
PUBLISH = "assessments.publish_advice"


@dataclass(frozen=True)
class AdviceAct:
    """Something that a person does with a question that they may see."""

    states: tuple  # in which it can be done
    who: tuple  # the permissions of whom; one is enough
    to: AdviceState | None = None  # the state that follows; None: it stays

    def is_open_to(self, person, request):
        return request.state in self.states and any(map(person.has_perm, self.who))


A, B, R, C = AdviceState.ASKED, AdviceState.ASSIGNED, AdviceState.ANSWERED, AdviceState.CLOSED

# fmt: off
ACTS = {
    "assign":    AdviceAct((A, B),    (ANSWER,),     B),
    "draft":     AdviceAct((B,),      (ANSWER,)),
    "send":      AdviceAct((B,),      (ANSWER,),     R),
    "close":     AdviceAct((R,),      (ASK, ANSWER), C),
    "withdraw":  AdviceAct((A, B),    (ASK,),        C),  # VRT doesn't close what it hasn't answered
    "follow-up": AdviceAct((R, C),    (ASK,),        A),
}
# fmt: on


def transitions():
    """Which state may follow which, for the database."""
    return sorted(
        {
            (state.value, act.to.value)
            for act in ACTS.values()
            if act.to
            for state in act.states
            if state != act.to
        }
    )
