"""The way of a judgement to publication: who may do what in which state.

This table is the only place where that is said. The pages offer what it allows, the actions ask it, the
database's rule (which state may follow which) is made of it, and the manual shows it
(docs/handleiding/werkgang.md, which a test compares with it).
"""

from dataclasses import dataclass

from django.db.models import TextChoices


class Status(TextChoices):
    """The states of one revision of a judgement."""

    DRAFT = "draft", "Concept"
    IN_REVIEW = "in_review", "Ter review"
    RETURNED = "returned", "Teruggestuurd"
    IN_REPLY = "in_reply", "Ter reactie"
    READY = "ready", "Gereed"
    PUBLISHED = "published", "Gepubliceerd"
    SUPERSEDED = "superseded", "Vervangen"
    WITHDRAWN = "withdrawn", "Ingetrokken"


WRITABLE = (Status.DRAFT, Status.RETURNED)
UNDER_WAY = (*WRITABLE, Status.IN_REVIEW, Status.IN_REPLY, Status.READY)
HAS_BEEN_PUBLIC = (Status.PUBLISHED, Status.SUPERSEDED, Status.WITHDRAWN)

ADVISOR = "assessments.change_assessment"
EDITOR = "assessments.publish_assessment"
CONTACT = "assessments.reply_to_assessment"
ROLES = {ADVISOR: "Adviseur", EDITOR: "Eindredacteur", CONTACT: "Gemeentecontact"}


@dataclass(frozen=True)
class Act:
    """Something that a person does with a judgement."""

    key: str
    words: str  # on the button
    states: tuple  # in which it can be done
    who: tuple  # the permissions of whom; one is enough
    to: Status | None = None  # the state that follows; None: it stays
    not_author: bool = False
    own_municipality: bool = False
    needs_why: bool = False
    terms: str = ""  # what else must hold, as the manual says it

    def is_open_to(self, person, assessment):
        """Whether this person may do this with this judgement as it stands."""
        return (
            assessment.status in self.states
            and any(person.has_perm(permission) for permission in self.who)
            and not (self.not_author and assessment.author_id == person.pk)
            and (
                not self.own_municipality
                or assessment.coalition.municipality_id == person.municipality_id
            )
        )


D, R, V, S, G, P = (
    Status.DRAFT,
    Status.RETURNED,
    Status.IN_REVIEW,
    Status.IN_REPLY,
    Status.READY,
    Status.PUBLISHED,
)

# fmt: off
ACTS = {act.key: act for act in (
    Act("write",     "Opslaan",                      (D, R),    (ADVISOR,)),
    Act("submit",    "Ter review leggen",            (D, R),    (ADVISOR,), V,
        terms="De citaten of het bewijs dragen het oordeel. Elke opmerking heeft een antwoord."),
    Act("take-back", "Terugnemen",                   (V,),      (ADVISOR,), D),
    Act("remark",    "Opmerking maken",              (V, S, G), (EDITOR,), not_author=True),
    Act("answer-remark", "Opmerking beantwoorden",   (D, R, V), (ADVISOR,)),
    Act("resolve",   "Opmerking afhandelen",         (D, R, V, S, G), (EDITOR,), not_author=True),
    Act("return",    "Terugsturen met opmerkingen",  (V, S, G), (EDITOR,), R, not_author=True,
        needs_why=True),
    Act("ask-reply", "Ter reactie leggen",           (V,),      (EDITOR,), S, not_author=True,
        terms="Elke opmerking is afgehandeld. De gemeente heeft een contact."),
    Act("reply",     "Reageren",                     (S,),      (CONTACT,), own_municipality=True),
    Act("answer-reply", "Reactie beantwoorden",      (S,),      (ADVISOR,)),
    Act("close-reply", "Gereed maken",               (S,),      (ADVISOR, EDITOR), G,
        terms="De gemeente heeft gereageerd of de termijn is voorbij. "
              "Op een aanvulling of “oneens” is geantwoord."),
    Act("clear",     "Gereed maken zonder reactie",  (V,),      (EDITOR,), G, not_author=True,
        needs_why=True, terms="Elke opmerking is afgehandeld."),
    Act("ask-second", "Tweede lezing vragen",        (V, S, G), (EDITOR,),
        terms="Nog nooit gepubliceerd. Van deze tekst is er nog geen tweede lezing. De lezer schreef er niet aan mee."),
    Act("read-second", "Tweede lezing geven",        (D, R, V, S, G), (ADVISOR,), not_author=True,
        terms="U bent als tweede lezer gevraagd. De tekst is niet gewijzigd."),
    Act("settle-second", "Consensus vastleggen",     (D, R, V, S, G), (ADVISOR, EDITOR),
        terms="De twee lezingen verschillen. U bent een van de lezers, of eindredacteur."),
    Act("cancel-second", "Tweede lezing intrekken",  (D, R, V, S, G), (EDITOR,), not_author=True,
        needs_why=True),
    Act("publish",   "Publiceren",                   (G,),      (EDITOR,), P, not_author=True,
        terms="Elk citaat staat letterlijk in de nieuwste versie. Een bewijs van afwezigheid is niet "
              "verouderd. Een tweede lezing is afgerond."),
    Act("withdraw",  "Intrekken",                    (P,),      (EDITOR,), Status.WITHDRAWN,
        needs_why=True),
)}
# fmt: on

# What nobody does by hand: publishing a correction supersedes the revision before it.
BY_ITSELF = ((Status.PUBLISHED, Status.SUPERSEDED),)

TRANSITIONS = (
    *((state, act.to) for act in ACTS.values() if act.to for state in act.states),
    *BY_ITSELF,
)


def acts_open_to(person, assessment):
    """The keys of what this person may do with this judgement now."""
    return {key for key, act in ACTS.items() if act.is_open_to(person, assessment)}
