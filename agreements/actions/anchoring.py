"""Re-anchoring: what the passages of older versions become in a newer one (ADR 22)."""

from itertools import groupby

from django.db import transaction
from django.utils import timezone

from agreements import anchoring as comparison
from agreements.actions.stale import Stale
from agreements.citation import pages_of
from agreements.models import (
    Agreement,
    AgreementVersion,
    Anchoring,
    Coding,
    Measure,
    Passage,
    Suggestion,
)

Decision = Anchoring.Decision


class TooLate(Exception):
    """A newer version goes on from this decision, so it can't be undone here any more."""


@transaction.atomic
def reanchor(version):
    """Say of every passage of older versions what becomes of it in this one.

    What stands there literally goes along at once; the rest waits for a person. Does nothing for a
    version that isn't the newest: files may be read out of order, and only the newest asks. May run
    again: it takes up what has been marked in an older version since.
    """
    _one_at_a_time(version)
    if version.newer:
        return
    now = timezone.now()
    passages = Passage.objects.to_anchor_in(version).order_by("version", "start", "end")
    anchors = {}
    for number, group in groupby(passages, key=lambda passage: passage.version_id):
        group = list(group)
        old = AgreementVersion.objects.get(pk=number)
        places = [(passage.start, passage.end) for passage in group]
        found = comparison.reanchor(old.text, places, version.text)
        anchors |= dict(zip(group, found, strict=True))
    successors = _succeed(
        {passage: anchor.place for passage, anchor in anchors.items() if anchor.is_literal}, version
    )
    waiting = {a.passage_id: a for a in Anchoring.objects.filter(passage__in=anchors)}
    rows = [
        _row(waiting.get(passage.pk), passage, version, anchor, successors.get(passage))
        for passage, anchor in anchors.items()
    ]
    for row in rows:
        row.created_at = now  # before its successor, so that one that was there already can be told
    Anchoring.objects.bulk_create(row for row in rows if row._state.adding)
    Anchoring.objects.bulk_update(
        [row for row in rows if not row._state.adding],
        [
            "version",
            "outcome",
            "start",
            "end",
            "decision",
            "successor",
            "created_at",
            "edit_number",
        ],
    )


def _one_at_a_time(version):
    """Nobody else re-anchors or decides in this agreement until the transaction ends."""
    Agreement.objects.select_for_update().get(pk=version.agreement_id)


def _row(row, passage, version, anchor, successor):
    """A new anchoring, or the open one of a version in between, now against this version."""
    row = row or Anchoring(passage=passage, edit_number=0)
    row.version = version
    row.outcome = anchor.outcome.value
    row.start, row.end = anchor.place or (None, None)
    row.decision = Decision.CARRIED if successor else Decision.OPEN
    row.successor = successor
    row.edit_number += 1
    return row


def _succeed(places, version, *, by=None):
    """Give these passages (to places in the version) a successor with their codings and measures.

    A passage that stands at the place already gets what it lacks. The mark is the original's maker's,
    unless `by` chose the place.
    """
    pages = version.spans
    there = {(p.start, p.end): p for p in version.passages.all()}
    made = {}
    for passage, place in places.items():
        if place not in there and place not in made:
            numbers = pages_of(pages, *place)
            made[place] = Passage(
                version=version,
                start=place[0],
                end=place[1],
                quote=version.text[slice(*place)],
                first_page=numbers[0],
                last_page=numbers[-1],
                created_by_id=by.pk if by else passage.created_by_id,
            )
    Passage.objects.bulk_create(made.values())
    there |= made
    successors = {passage: there[place] for passage, place in places.items()}
    for model, facts in ((Coding, _CODING), (Measure, _MEASURE)):
        _copy(model, successors, facts)
    return successors


# What makes two of them the same, and what goes along with them.
_CODING = (("theme_id", "focus_point_id"), ("strength", "note", "suggestion_id", "created_by_id"))
_MEASURE = (
    ("what", "amount", "first_year", "last_year", "kind", "who"),
    ("created_by_id",),
)


def _copy(model, successors, facts):
    same, along = facts
    rows = model.objects.filter(passage__in={*successors, *successors.values()}).order_by("pk")
    per_passage = {}
    for row in rows:
        per_passage.setdefault(row.passage_id, []).append(row)
    copies = []
    for passage, successor in successors.items():
        has = per_passage.setdefault(successor.pk, [])
        for row in per_passage.get(passage.pk, []):
            if not any(all(getattr(row, f) == getattr(other, f) for f in same) for other in has):
                values = {name: getattr(row, name) for name in (*same, *along)}
                has.append(model(passage=successor, **values))
                copies.append(has[-1])
    model.objects.bulk_create(copies)


def catch_up(coding):
    """Take a coding that is made in an older version along to the newest one."""
    newest = coding.passage.version.newer
    if newest is None:
        return
    anchoring = Anchoring.objects.filter(passage=coding.passage).first()
    if anchoring is None:
        reanchor(AgreementVersion.objects.get(pk=newest.pk))
    while anchoring and anchoring.successor_id:
        values = {name: getattr(coding, name) for name in _CODING[1]}
        Coding.objects.get_or_create(
            passage=anchoring.successor,
            theme=coding.theme,
            focus_point=coding.focus_point,
            defaults=values,
        )
        anchoring = Anchoring.objects.filter(passage=anchoring.successor_id).first()


@transaction.atomic
def keep(anchoring, *, by, seen):
    """Go on with the new text at the place that was found. Raises Stale."""
    anchoring = _still_open(anchoring, seen)
    return _go_on(anchoring, Decision.KEPT, (anchoring.start, anchoring.end), by)


@transaction.atomic
def adapt(anchoring, *, start, end, by, seen):
    """Go on with another place of the newer version. Raises Stale."""
    return _go_on(_still_open(anchoring, seen), Decision.ADAPTED, (start, end), by)


@transaction.atomic
def drop(anchoring, *, by, seen):
    """Let the passage end here; it stays in its own version. Raises Stale."""
    return _decide(_still_open(anchoring, seen), Decision.DROPPED, by, timezone.now())


@transaction.atomic
def reconsider(anchoring, *, by, seen):
    """Open the question again, and take the successor away; returns the passage if that must stay.

    It stays when it was there before, is someone else's successor too, or has been worked on since.
    Raises Stale, TooLate when a newer version goes on from it, and IntegrityError when published work
    rests on it. What was dropped for an earlier version is compared with the newest.
    """
    anchoring = _locked(anchoring, seen)
    successor, since = anchoring.successor, anchoring.decided_at or anchoring.created_at
    newest = anchoring.version.newer
    if anchoring.is_open:
        raise Stale
    if newest and successor:
        raise TooLate
    anchoring.successor = None
    anchoring.decision = Decision.OPEN
    anchoring.decided_by = anchoring.decided_at = None
    _save(anchoring)
    if newest:
        reanchor(AgreementVersion.objects.get(pk=newest.pk))
    if successor is None:
        return None
    if successor.created_at < since or not _is_only_a_copy(successor, anchoring.passage):
        return successor
    successor.delete()
    Suggestion.objects.filter(version=anchoring.version, decided_at=since).update(
        state=Suggestion.State.OPEN, decided_by=None, decided_at=None
    )
    return None


def _is_only_a_copy(successor, passage):
    if successor.predecessors.exists() or Anchoring.objects.filter(passage=successor).exists():
        return False
    return all(
        set(successor_rows.values_list(*same, *rest)) <= set(rows.values_list(*same, *rest))
        for successor_rows, rows, same, rest in (
            (successor.codings, passage.codings, _CODING[0], ("strength", "note")),
            (successor.measures, passage.measures, _MEASURE[0], ()),
        )
    )


def _locked(anchoring, seen):
    _one_at_a_time(anchoring.version)
    anchoring = Anchoring.objects.select_for_update(of=("self",)).get(pk=anchoring.pk)
    if anchoring.edit_number != seen:
        raise Stale
    return anchoring


def _still_open(anchoring, seen):
    anchoring = _locked(anchoring, seen)
    if not anchoring.is_open:
        raise Stale
    return anchoring


def _go_on(anchoring, decision, place, by):
    passage, now = anchoring.passage, timezone.now()
    successors = _succeed({passage: place}, anchoring.version, by=by)
    anchoring.successor = successors[passage]
    Suggestion.objects.open().filter(
        version=anchoring.version,
        theme__in=passage.codings.values("theme"),
        start__lt=place[1],
        end__gt=place[0],
    ).update(state=Suggestion.State.ACCEPTED, decided_by=by, decided_at=now)
    return _decide(anchoring, decision, by, now)


def _decide(anchoring, decision, by, now):
    anchoring.decision = decision
    anchoring.decided_by = by
    anchoring.decided_at = now
    return _save(anchoring)


def _save(anchoring):
    anchoring.edit_number += 1
    anchoring.save()
    return anchoring
