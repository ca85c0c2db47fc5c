"""A word of its own in every text of the world, and who may come across it.

Each text field of each model has a row here. A field without one fails the test, so a new note or remark can't be
forgotten. A rule says of one row who may see it; the persons are those of tests/test_access.py.
"""

from dataclasses import dataclass

import pgtrigger
from django.apps import apps
from django.db import IntegrityError, InternalError, connection, models, transaction

from assessments.models import Assessment
from tests.conftest import act_as_the_application
from tests.test_access import READER, SEES_WORK

ROOMS = {
    "accounts",
    "agreements",
    "assessments",
    "municipalities",
    "themes",
    "search",
    "mail",
    "reports",
    "api",
}
EDITORS = {"Adviseur", "Eindredacteur"}
OWN = {"Burgemeester", "Gemeentecontact"}
NOBODY = set()


def _judgement(assessment, world):
    """Who may read the words of a judgement: everyone once it is public, the contact who was asked before that."""
    if assessment.status == "published":
        return READER
    is_own = assessment.coalition_id == world.coalition.pk
    was_asked = assessment.status in {"in_reply", "ready"} and assessment.replies.exists()
    return SEES_WORK | ({"Gemeentecontact"} if is_own and was_asked else set())


def _of_judgement(row, world):
    return _judgement(row.assessment, world)


def _of_passage(row, world):
    """What is written at a passage follows the judgements that it carries."""
    carried = Assessment.objects.filter(codings__passage=row.passage)
    return SEES_WORK.union(*(_judgement(assessment, world) for assessment in carried))


def _document(agreement, world):
    """The documents of a coalition are open to who may read a judgement about it."""
    about_it = Assessment.objects.filter(coalition=agreement.coalition_id)
    return SEES_WORK.union(*(_judgement(assessment, world) for assessment in about_it))


def _question(row, world):
    is_own = row.request.municipality_id == world.coalition.municipality_id
    return EDITORS | (OWN if is_own else set())


def _public_advice(row, world):
    return READER if row.withdrawn_at is None else SEES_WORK


WHO_MAY_SEE = {
    "assessments.Assessment.summary": _judgement,
    "assessments.Assessment.advice": _judgement,
    "assessments.Assessment.change_note": _judgement,
    "assessments.Assessment.note": SEES_WORK,
    "assessments.Assessment.departure": SEES_WORK,
    "assessments.Assessment.why": SEES_WORK,
    "assessments.Remark.text": SEES_WORK,
    "assessments.Remark.answer": SEES_WORK,
    "assessments.Remark.quote": SEES_WORK,
    "assessments.Reply.text": _of_judgement,
    "assessments.Reply.answer": _of_judgement,
    "assessments.SecondReading.reason": EDITORS,
    "assessments.SecondReading.consensus_reason": SEES_WORK,
    "assessments.SecondReading.cancelled_why": SEES_WORK,
    "assessments.AdviceMessage.text": _question,
    "assessments.PublishedAdvice.title": _public_advice,
    "assessments.PublishedAdvice.text": _public_advice,
    "agreements.Agreement.title": lambda row, world: _document(row, world),
    "agreements.Agreement.source_url": lambda row, world: _document(row, world),
    "agreements.AgreementVersion.original_name": SEES_WORK,
    "agreements.AgreementVersion.reason": SEES_WORK,
    "agreements.AgreementVersion.text": lambda row, world: _document(row.agreement, world),
    "agreements.Suggestion.reason": SEES_WORK,
    "agreements.Coding.note": SEES_WORK,
    "agreements.Measure.what": _of_passage,
    "agreements.Measure.who": _of_passage,
    "themes.Term.text": SEES_WORK,
    "themes.InputDraft.content": EDITORS,
    "reports.Edition.title": READER,
    "reports.Edition.note": READER,
    "reports.Edition.content": READER,
    "reports.Withdrawal.reason": READER,
    "search.Asked.question": {"Eindredacteur", "Beheerder"},
    "search.SavedSearch.name": NOBODY,  # but for who saved it
    "search.SavedSearch.query": NOBODY,
    "api.Token.name": NOBODY,  # but for who made it, and administrators in the record of the account
    "accounts.KeptForm.fields": NOBODY,  # but for who typed it
    "mail.Message.subject": {"Beheerder"},
    "mail.Message.recipient": {"Beheerder"},
    "mail.Message.error": {"Beheerder"},
    "mail.Message.sender": NOBODY,
    "mail.Message.text": NOBODY,
    "mail.Message.html": NOBODY,
}

# What holds no word of anyone's, or a public fact, or can't hold a word of ours (a hash, a quote that must be literal).
NO_SECRET = {
    "assessments.Absence": {"terms", "versions", "hits"},
    "assessments.Draw": {"pool"},
    "assessments.Reply": {"quote"},
    "agreements.AgreementVersion": {"file", "sha256", "media_type", "sections"},
    "agreements.Page": {"words"},
    "agreements.Passage": {"quote"},
    "agreements.Suggestion": {"fingerprint", "reasons", "method"},
    "themes.Theme": {"key", "slug", "letter", "name"},
    "themes.RegionalInput": {"title", "source"},
    "themes.InputDraft": {"edits"},
    "themes.InputEdition": {"content"},
    "themes.Ambition": {"text"},
    "themes.FocusPoint": {"slug", "name", "description"},
    "themes.Partner": {"name"},
    "municipalities.Municipality": {"name", "slug", "cbs_code", "website"},
    "municipalities.Coalition": {"parties", "real_title", "real_address"},
    "municipalities.Formation": {"note"},
    "accounts.User": {"password", "username", "first_name", "last_name", "email"},
    "accounts.Invitation": {"token_hash"},
    "accounts.Identity": {"issuer", "subject"},
    "accounts.SecondStepHistory": {"data"},
    "accounts.Session": {"session_key", "session_data", "address", "device"},
    "accounts.SignInTry": {"name_hash", "address"},
    "accounts.UsedCode": {"code_hash"},
    "accounts.KeptForm": {"address"},
    "search.Word": {"word", "folded", "stem", "grams"},  # of texts that have a rule themselves
    "mail.Message": {"headers"},
    "reports.Edition": {"about"},
    "reports.EditionFile": {"sha256"},
    "reports.Bundle": {"file", "sha256"},
    "api.Token": {"prefix", "digest", "scopes"},
    "api.Tally": {"who"},
}


@dataclass(frozen=True)
class Canary:
    word: str
    where: str
    seen_by: frozenset


def text_fields():
    """Every text of every model, as room.Model.field."""
    return {
        f"{model._meta.label}.{field.name}": (model, field)
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and not model.__name__.endswith("Event")
        for field in model._meta.concrete_fields
        if not field.choices
        and (
            isinstance(field, models.CharField | models.TextField | models.JSONField)
            or field.get_internal_type() in {"ArrayField", "FileField"}
        )
    }


def without_secret():
    return {f"{model}.{field}" for model, fields in NO_SECRET.items() for field in fields}


def plant(world):
    """Put a word in every text that may hold one; as the owner, past the triggers that would refuse it."""
    planted = []
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    for where, (model, field) in text_fields().items():
        if where not in WHO_MAY_SEE:
            continue
        rule = WHO_MAY_SEE[where]
        for row in model._base_manager.order_by("pk"):
            word = f"kanarie{len(planted):05}x"
            seen_by = rule(row, world) if callable(rule) else rule
            if _put(row, field, word):
                planted.append(Canary(word, f"{where} ({row.pk})", frozenset(seen_by)))
    act_as_the_application()
    return planted


def _put(row, field, word):
    """Whether the row took the word: some states hold no text, and what carries a public judgement is locked."""
    value = _with_word(getattr(row, field.name), field, word)
    try:
        with pgtrigger.ignore(), transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})
            if field.name == "text" and hasattr(row, "pages"):
                last = row.pages.order_by("number").last()
                if last:
                    row.pages.filter(pk=last.pk).update(end=len(value))
    except (IntegrityError, InternalError):
        return False
    return value is not None


def _with_word(value, field, word):
    if field.get_internal_type() == "JSONField":
        return _in_leaf(value, word)
    if field.name == "text" and field.model.__name__ == "AgreementVersion":
        return f"{value} {word}"
    if field.get_internal_type() == "URLField" or field.name == "source_url":
        return f"https://example.org/{word}"
    if field.name in {"recipient", "sender"}:
        return f"{word}@example.org"
    return word


def _in_leaf(value, word):
    """The same, with the word in the place of every sentence in it."""
    if isinstance(value, dict):
        return {key: _in_leaf(part, word) for key, part in value.items()}
    if isinstance(value, list):
        return [_in_leaf(part, word) for part in value]
    return word if isinstance(value, str) and " " in value else value
