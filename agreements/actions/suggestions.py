"""What the theme detection proposes in a version, and what people decide about it (ADR 10)."""

from django.db import transaction
from django.utils import timezone

from agreements.actions.marking import mark
from agreements.citation import fingerprint, pages_of
from agreements.models import Coding, Passage, Suggestion
from themes.detection import LIMIT, METHOD, Detector, Weighted
from themes.models import Term, Theme
from themes.stretches import stretches


class Decided(Exception):
    """Someone decided about this suggestion already."""


def current_detector():
    """The detection with the terms as they are now."""
    rows = Term.objects.values_list("theme__key", "text", "weight")
    return Detector(Weighted(theme, text, float(weight)) for theme, text, weight in rows)


@transaction.atomic
def propose(version, *, detector=None):
    """Make the open suggestions of a version equal to what the detection proposes now.

    What a person decided stays. A stretch that was rejected in any version of the agreement is not
    proposed again: its rejection is written down here too, so that a proof of absence can rest on it.
    A stretch that is coded with the theme needs no proposal.
    """
    detector = detector or current_detector()
    themes = {theme.key: theme for theme in Theme.objects.all()}
    pages = list(version.pages.without_words())
    there = {(s.theme_id, s.start, s.end): s for s in Suggestion.objects.filter(version=version)}
    coded = _Places(Coding.objects.filter(passage__version=version))
    rejected = _rejections(version.agreement_id)
    new, changed = [], []
    for proposal in detector.detect(version.text):
        theme = themes[proposal.theme]
        place = (theme.pk, proposal.start, proposal.end)
        known = there.pop(place, None)
        fresh = Suggestion(
            version=version,
            theme=theme,
            start=proposal.start,
            end=proposal.end,
            page=(pages_of(pages, proposal.start, proposal.end) or [1])[0],
            fingerprint=fingerprint(version.text[proposal.start : proposal.end]),
            score=round(proposal.score, 2),
            reasons=[[reason.term, reason.weight] for reason in proposal.reasons],
            method=METHOD,
        )
        if known:
            if known.is_open and known.reasons != fresh.reasons:
                fresh.pk = known.pk
                changed.append(fresh)
        elif not coded.touch(theme.pk, proposal.start, proposal.end):
            earlier = rejected.get((theme.pk, fresh.fingerprint))
            if earlier:
                fresh.state = Suggestion.State.REJECTED
                fresh.reason, fresh.decided_by_id, fresh.decided_at = earlier
            new.append(fresh)
    Suggestion.objects.filter(pk__in=[s.pk for s in there.values() if s.is_open]).delete()
    Suggestion.objects.bulk_update(changed, ["score", "reasons", "method"])
    Suggestion.objects.bulk_create(new)


class _Places:
    """Where a text is coded, per theme."""

    def __init__(self, codings):
        self._by_theme = {}
        for theme, start, end in codings.values_list("theme", "passage__start", "passage__end"):
            self._by_theme.setdefault(theme, []).append((start, end))

    def touch(self, theme, start, end):
        return any(a < end and start < b for a, b in self._by_theme.get(theme, ()))


def _rejections(agreement):
    rows = Suggestion.objects.rejected().filter(version__agreement=agreement).order_by("decided_at")
    return {
        (theme, mark): (reason, person, moment)
        for theme, mark, reason, person, moment in rows.values_list(
            "theme", "fingerprint", "reason", "decided_by", "decided_at"
        )
    }


@transaction.atomic
def accept(suggestion, *, by):
    """Make a suggestion a coded passage that remembers where it came from.

    Returns the passage. Raises Decided when it isn't open any more.
    """
    suggestion = _still_open(suggestion)
    place = {"start": suggestion.start, "end": suggestion.end}
    coded = Passage.objects.filter(
        version=suggestion.version, codings__theme=suggestion.theme, **place
    ).first()
    if coded:  # someone marked just this meanwhile
        _decide(suggestion, Suggestion.State.ACCEPTED, by=by)
        return coded
    coding = Coding(theme=suggestion.theme, suggestion=suggestion)
    return mark(suggestion.version, **place, coding=coding, by=by)


@transaction.atomic
def reject(suggestion, *, by, reason=""):
    """Say that a stretch is not about the theme. Raises Decided when it isn't open any more."""
    suggestion = _still_open(suggestion)
    _decide(suggestion, Suggestion.State.REJECTED, by=by, reason=reason)


def _still_open(suggestion):
    row = Suggestion.objects.select_for_update(of=["self"]).select_related("version", "theme")
    suggestion = row.get(pk=suggestion.pk)
    if not suggestion.is_open:
        raise Decided
    return suggestion


def _decide(suggestion, state, *, by, reason=""):
    suggestion.state = state
    suggestion.reason = reason
    suggestion.decided_by = by
    suggestion.decided_at = timezone.now()
    suggestion.save()


@transaction.atomic
def dismiss(version, *, theme, at, by, reason=""):
    """Judge the stretch around an offset not to be about the theme, whether it was proposed or not.

    This deals with every hit inside that stretch in a proof of absence (ADR 14). Judged already: stays.
    """
    start, end = next((start, end) for start, end in stretches(version.text) if start <= at < end)
    suggestion, _ = Suggestion.objects.select_for_update().get_or_create(
        version=version,
        theme=theme,
        start=start,
        end=end,
        defaults={
            "page": (pages_of(list(version.pages.without_words()), start, end) or [1])[0],
            "fingerprint": fingerprint(version.text[start:end]),
            "score": 0,
            "method": METHOD,
        },
    )
    if suggestion.is_open:
        _decide(suggestion, Suggestion.State.REJECTED, by=by, reason=reason)
    return suggestion


@transaction.atomic
def reconsider_rejection(suggestion):
    """Take a rejection back: what the detection proposed is open again, what it didn't is forgotten."""
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if suggestion.state != Suggestion.State.REJECTED:
        return
    if suggestion.score < LIMIT:
        suggestion.delete()
        return
    suggestion.state, suggestion.reason = Suggestion.State.OPEN, ""
    suggestion.decided_by = suggestion.decided_at = None
    suggestion.save()
