"""What happened to the judgements of one coalition on one theme, as the database wrote it down.

Read from the tables that triggers fill (ADR 5) and that the portal's own role can't alter: so nothing here
depends on whether the code remembered to write.
"""

from dataclasses import dataclass, field
from datetime import datetime

from agreements.models import Coding
from assessments.models import (
    Assessment,
    ChosenQuote,
    Evidence,
    Level,
    QuoteChoice,
    Remark,
    Reply,
    SecondReading,
)
from assessments.workflow import Status

WORDS = ("summary", "advice", "note", "departure", "change_note")
GONE = "een citaat dat er niet meer is"


@dataclass(frozen=True)
class Change:
    """One field, before and after."""

    label: str
    before: str
    after: str


@dataclass
class Entry:
    """One thing that happened: when, by whom, what, why, and what changed."""

    at: datetime
    who: object
    revision: int
    what: str
    why: str = ""
    changes: list = field(default_factory=list)


def history_of(coalition, theme):
    """Everything that happened, the newest first, in a constant number of queries."""
    revisions = dict(
        Assessment.objects.filter(coalition=coalition, theme=theme).values_list("pk", "revision")
    )
    entries = [
        *_of_assessments(revisions),
        *_of_remarks(revisions),
        *_of_replies(revisions),
        *_of_second_readings(revisions),
    ]
    # What one action wrote has one moment; what was written later stands above it.
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def events_of(model, **which):
    """The rows that the triggers wrote for a model, in the order of writing."""
    return model.pgh_event_model.objects.filter(**which).order_by("pgh_id")


def _of_assessments(revisions):
    evidence = _evidence(revisions)
    before = {}
    rows = events_of(Assessment, id__in=revisions).select_related("changed_by")
    for row in rows:
        last = before.get(row.id)
        before[row.id] = row
        entry = Entry(row.pgh_created_at, row.changed_by, row.revision, "", row.why)
        entry.changes = _changes(last, row)
        entry.changes += evidence.pop((row.id, row.pgh_created_at), [])
        if last is None:
            entry.what = "Begonnen"
        elif last.status != row.status:
            entry.what = f"{Status(last.status).label} → {Status(row.status).label.lower()}"
        elif entry.changes:
            entry.what = "Gewijzigd"
        else:
            continue
        yield entry


def _changes(last, row):
    changes = []
    if last is None or last.level != row.level:
        changes.append(
            Change("oordeel", Level(last.level).label if last else "", Level(row.level).label)
        )
    for name in WORDS:
        old, new = getattr(last, name) if last else "", getattr(row, name)
        if old != new:
            changes.append(Change(Assessment._meta.get_field(name).verbose_name, old, new))
    return changes


def _evidence(revisions):
    """Per assessment and moment (rows of one action share it) the quotes that came and went."""
    events = list(
        events_of(Evidence, assessment__in=revisions).values_list(
            "assessment_id", "pgh_created_at", "pgh_label", "coding_id"
        )
    )
    quotes = _quotes_of({coding for *_, coding in events})
    found = {}
    for assessment, at, label, coding in events:
        quote = quotes.get(coding, GONE)
        is_new = label == "insert"
        change = Change("citaat", "" if is_new else quote, quote if is_new else "")
        found.setdefault((assessment, at), []).append(change)
    return found


def _of_remarks(revisions):
    before = {}
    people = ("author", "answered_by", "resolved_by")
    for row in events_of(Remark, assessment__in=revisions).select_related(*people):
        last = before.get(row.id)
        before[row.id] = row
        about = (row.pgh_created_at, revisions[row.assessment_id])
        if last is None:
            yield _entry(about, row.author, f"Opmerking over {row.get_on_display()}", row.text)
            continue
        if last.answer != row.answer:
            change = Change("antwoord", last.answer, row.answer)
            yield _entry(about, row.answered_by, "Opmerking beantwoord", row.text, [change])
        if last.resolved_at != row.resolved_at:
            yield _entry(about, row.resolved_by, "Opmerking afgehandeld", row.text)


def _of_replies(revisions):
    before = {}
    people = ("asked_by", "given_by", "answered_by")
    for row in events_of(Reply, assessment__in=revisions).select_related(*people):
        last = before.get(row.id)
        before[row.id] = row
        about = (row.pgh_created_at, revisions[row.assessment_id])
        if last is None:
            until = f"Reactie gevraagd, tot en met {row.deadline:%d-%m-%Y}"
            yield _entry(about, row.asked_by, until)
            continue
        if (last.position, last.text, last.quote) != (row.position, row.text, row.quote):
            change = Change("toelichting", last.text, row.text)
            what = f"Reactie van de gemeente: {row.get_position_display()}"
            changes = [change] if last.text != row.text else []
            yield _entry(about, row.given_by, what, "", changes)
        if last.answer != row.answer:
            change = Change("antwoord", last.answer, row.answer)
            yield _entry(about, row.answered_by, "Reactie beantwoord", "", [change])
        if last.reminded_at != row.reminded_at:
            yield _entry(about, None, "Herinnering gestuurd")


def _of_second_readings(revisions):
    before = {}
    people = ("reader", "draw__asked_by", "consensus_by", "cancelled_by")
    for row in events_of(SecondReading, assessment__in=revisions).select_related(*people):
        last = before.get(row.id)
        before[row.id] = row
        about = (row.pgh_created_at, revisions[row.assessment_id])
        if last is None:
            yield _entry(about, row.draw.asked_by, f"Tweede lezing gevraagd aan {row.reader}")
        elif row.cancelled_at:
            yield _entry(about, row.cancelled_by, "Tweede lezing ingetrokken", row.cancelled_why)
        elif last.given_at is None:
            levels = Change("oordeel", row.get_first_level_display(), row.get_level_display())
            yield _entry(about, row.reader, "Tweede lezing gegeven", row.reason, [levels])
        else:
            agreed = row.get_consensus_level_display()
            what = f"Consensus na tweede lezing: {agreed}"
            yield _entry(about, row.consensus_by, what, row.consensus_reason)


def _entry(about, who, what, why="", changes=()):
    return Entry(*about[:1], who, about[1], what, why, list(changes))


def history_of_choice(choice):
    """Who chose which quotes of a theme to stand out, the newest first; None was never chosen."""
    if choice is None:
        return []
    changes = _of_chosen(choice)
    entries = [
        Entry(row.pgh_created_at, row.chosen_by, 1, "Gekozen", changes=found)
        for row in events_of(QuoteChoice, id=choice.pk).select_related("chosen_by")
        if row.edit_number and (found := changes.pop(row.pgh_created_at, []))
    ]
    # A quote whose coding was deleted went along with it.
    entries += [Entry(at, None, 1, "Vervallen", changes=found) for at, found in changes.items()]
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def _of_chosen(choice):
    """Per moment the quotes that came, went and moved."""
    rows = list(
        events_of(ChosenQuote, choice=choice.pk).values_list(
            "id", "pgh_created_at", "pgh_label", "coding", "position"
        )
    )
    quotes = _quotes_of({coding for *_, coding, _ in rows})
    places, found = {}, {}
    for pk, at, label, coding, position in rows:
        quote = quotes.get(coding, GONE)
        before = f"{places[pk]}. {quote}" if pk in places else ""
        after = "" if label == "delete" else f"{position}. {quote}"
        places[pk] = position
        found.setdefault(at, []).append(Change("citaat", before, after))
    return found


def _quotes_of(codings):
    return dict(
        Coding.objects.filter(pk__in=codings).order_by().values_list("pk", "passage__quote")
    )
