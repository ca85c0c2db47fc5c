"""What is about one municipality, and how it hangs together; and what isn't, with the reason."""

from dataclasses import dataclass

from django.db import models

from agreements.models import (
    Agreement,
    AgreementVersion,
    Anchoring,
    Assignment,
    Coding,
    Measure,
    PageReading,
    Passage,
    Suggestion,
)
from assessments.models import (
    Absence,
    AdviceMessage,
    AdviceRequest,
    Assessment,
    ChosenQuote,
    Evidence,
    PublishedAdvice,
    Remark,
    Reply,
    SecondReading,
)
from municipalities.models import Coalition, Formation


@dataclass(frozen=True)
class Kind:
    """A kind of row; `parent` is the field by which it belongs to a row of another kind.

    A kind that `opens` has a dossier of its own, in which all that hangs on it is found.
    """

    model: type[models.Model]
    parent: str = ""
    opens: str = ""  # the folder of its dossiers

    @property
    def belongs_to(self):
        return self.model._meta.get_field(self.parent).related_model if self.parent else None

    @property
    def name(self):
        return str(self.model._meta.verbose_name)

    @property
    def plural(self):
        return str(self.model._meta.verbose_name_plural)

    @property
    def slug(self):
        return self.model._meta.model_name

    @property
    def history(self):
        return getattr(self.model, "pgh_event_model", None)

    @property
    def fields(self):
        hidden = HIDDEN | HIDDEN_OF.get(self.model, set())
        return [
            field
            for field in self.model._meta.concrete_fields
            if not field.primary_key and field.name not in hidden
        ]


# A kind stands after the kind that it belongs to.
KINDS = (
    Kind(Coalition, opens="gemeente"),
    Kind(Formation, "coalition"),
    Kind(Agreement, "coalition", opens="akkoorden"),
    Kind(AgreementVersion, "agreement"),
    Kind(Assignment, "agreement"),
    Kind(Passage, "version"),
    Kind(Coding, "passage"),
    Kind(Measure, "passage"),
    Kind(Suggestion, "version"),
    Kind(Anchoring, "version"),
    Kind(PageReading, "version"),
    Kind(ChosenQuote, "coding"),
    Kind(Assessment, "coalition", opens="beoordelingen"),
    Kind(Evidence, "assessment"),
    Kind(Absence, "assessment"),
    Kind(Remark, "assessment"),
    Kind(Reply, "assessment"),
    Kind(SecondReading, "assessment"),
    Kind(AdviceRequest, opens="adviesvragen"),
    Kind(AdviceMessage, "request"),
    Kind(PublishedAdvice, "answer"),
)

# Every other table, and why nothing of it is in a dossier. A new table has to be put in one of the two lists.
NOT_ABOUT_ONE = {
    "account": "people",
    "accounts": "people",
    "auth": "people and their roles",
    "mfa": "people",
    "mail": "mail to people",
    "themes": "what the region asks of everyone",
    "search": "what is made of other texts, or asked by someone",
    "reports": "the frozen reports about one municipality are there as files (editions.py)",
    "api": "who asks, and how often",
    "contenttypes": "the portal's own",
    "pghistory": "who did what; that stands with each change",
    "municipalities.Municipality": "a public fact, and in the title of every page",
    "municipalities.Municipality_neighbours": "a public fact about two",
    "municipalities.NeighbourEvent": "a public fact about two",
    "municipalities.CouncilTerm": "the same for everyone",
    "agreements.Page": "where the words stand on the paper; the file itself is there",
    "assessments.Draw": "a lot among the judgements of many municipalities",
    "assessments.QuoteChoice": "about a theme in the whole region; the chosen quotes themselves are there",
}

HIDDEN = {"edit_number"}
HIDDEN_OF = {AgreementVersion: {"text", "sections"}}  # the text is a file of its own

# Fields of which the model says no name in Dutch, or the same name twice.
LABELS = {
    "agreement": "akkoord",
    "answer": "antwoord",
    "answered_by": "beantwoord door",
    "asked_by": "gevraagd door",
    "assessment": "beoordeling",
    "assigned_by": "toegewezen door",
    "author": "geschreven door",
    "cancelled_by": "ingetrokken door",
    "choice": "keuze",
    "consensus_by": "consensus vastgelegd door",
    "consensus_reason": "waarom deze consensus",
    "coding": "codering",
    "created_by": "gemaakt door",
    "decided_by": "beslist door",
    "draw": "loting",
    "end": "einde in de tekst",
    "first_reader": "eerste lezer",
    "given_by": "gegeven door",
    "passage": "passage",
    "reader": "lezer",
    "request": "adviesvraag",
    "resolved_by": "afgehandeld door",
    "start": "begin in de tekst",
    "successor": "opvolger",
    "uploaded_by": "geüpload door",
    "version": "versie",
}


def label(field):
    return LABELS.get(field.name, str(field.verbose_name))
