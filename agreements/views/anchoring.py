"""What became of the passages of older versions, and what a person decides about them."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from agreements import actions
from agreements.citation import pages_of
from agreements.forms.anchoring import AdaptForm, SeenForm
from agreements.models import AgreementVersion, Anchoring
from agreements.wording import differences, same_letters

_CARRIES = (
    "De passage in deze versie draagt een beoordeling die wordt nagekeken of gepubliceerd is. "
    "U kunt het besluit heroverwegen als die beoordeling is vervangen."
)
_TOO_LATE = "Een nieuwere versie gaat al verder met deze passage. Heroverweeg het besluit daar."
_DONE = {
    Anchoring.Decision.KEPT: "De passage gaat verder met de nieuwe tekst.",
    Anchoring.Decision.ADAPTED: "De passage gaat verder met de tekst die u koos.",
    Anchoring.Decision.DROPPED: "De passage vervalt. In de oude versie blijft zij staan.",
    Anchoring.Decision.OPEN: "De passage wacht weer op een besluit.",
}


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
def anchoring(request, pk):
    version = get_object_or_404(_versions().ready(), pk=pk)
    return render(request, "agreements/anchoring.html", _page(version))


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def keep(request, pk):
    return _decide(request, _row(pk, outcome__in=_WITH_PLACE), actions.keep)


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def adapt(request, pk):
    row = _row(pk)
    form = AdaptForm(request.POST, version=row.version, auto_id=f"adapt-{row.pk}-%s")
    if not form.is_valid():
        return _answer(request, row.version, adapting=(row.pk, form))
    start, end = form.place
    return _decide(request, row, actions.adapt, start=start, end=end)


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def drop(request, pk):
    return _decide(request, _row(pk), actions.drop)


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def reconsider(request, pk):
    row = _row(pk)
    try:
        return _decide(request, row, actions.reconsider)
    except IntegrityError:
        return _answer(request, row.version, problem=_CARRIES)
    except actions.TooLate:
        return _answer(request, row.version, problem=_TOO_LATE)


_WITH_PLACE = [Anchoring.Outcome.SAME, Anchoring.Outcome.MOVED, Anchoring.Outcome.CHANGED]


def _versions():
    return AgreementVersion.objects.select_related(
        "agreement__coalition__municipality", "agreement__coalition__term"
    )


def _row(pk, **filters):
    return get_object_or_404(Anchoring.objects.filter(**filters), pk=pk)


def _decide(request, row, action, **place):
    """Do what was asked; too late is answered with what someone else decided meanwhile."""
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    version = row.version
    try:
        with transaction.atomic():
            stays = action(row, by=request.user, seen=seen, **place)
    except actions.Stale:
        stored = Anchoring.objects.select_related("decided_by", "version", "passage").get(pk=row.pk)
        return _answer(request, version, stored=stored)
    row.refresh_from_db()
    done = _DONE.get(row.decision, "De passage is vergeleken met de nieuwste versie.")
    if row.is_open and stays:
        done += f" In versie {row.version.number} blijft zij ook staan: daar is verder aan gewerkt."
    return _answer(request, version, done=done)


def _answer(request, version, *, done=None, **context):
    """The list anew for HTMX; for an ordinary browser the page, or the way back to it."""
    status = 409 if "stored" in context else 200
    if request.htmx:
        page = _page(version, done=done, **context)
        return render(request, "agreements/_anchorings.html", page, status=status)
    if done:
        messages.success(request, done)
        return redirect(reverse("agreements:anchoring", args=[version.pk]))
    page = _page(_versions().get(pk=version.pk), **context)
    return render(request, "agreements/anchoring.html", page, status=status)


@dataclass(frozen=True)
class Question:
    """A passage that waits for a decision: the old words beside the new ones."""

    row: Anchoring
    old: list
    new: list
    pages: list  # of the new place
    only_marks_differ: bool
    form: AdaptForm
    is_adapting: bool


def _page(version, *, adapting=(None, None), **context):
    rows = list(Anchoring.objects.filter(version=version).for_display())
    pages = version.spans
    waiting = sorted((row for row in rows if row.is_open), key=lambda row: row.is_gone)
    carried = [row for row in rows if row.is_carried]
    return context | {
        "version": version,
        "agreement": version.agreement,
        "newer": version.newer,
        "rows": rows,
        "counts": _counts(rows),
        "questions": [_question(row, version, pages, *adapting) for row in waiting],
        "carried": carried,
        "decided": [row for row in rows if not row.is_open and not row.is_carried],
    }


def _question(row, version, pages, adapted, form):
    old = row.passage.quote
    new = "" if row.is_gone else version.text[row.start : row.end]
    left, right = differences(old, new) if new else ([], [])
    return Question(
        row=row,
        old=left,
        new=right,
        pages=pages_of(pages, row.start, row.end) if new else [],
        only_marks_differ=bool(new) and same_letters(old, new),
        form=form
        if adapted == row.pk
        else AdaptForm(
            version=version,
            initial={"quote": " ".join(new.split()), "seen": row.edit_number},
            auto_id=f"adapt-{row.pk}-%s",
        ),
        is_adapting=adapted == row.pk,
    )


def _counts(rows):
    """How many of each outcome, and how many of those that are literal stand on another page."""
    counts = {"unchanged": 0, "elsewhere": 0, "changed": 0, "gone": 0}
    for row in rows:
        if row.outcome in {Anchoring.Outcome.SAME, Anchoring.Outcome.MOVED}:
            counts["unchanged"] += 1
            there = row.successor
            counts["elsewhere"] += bool(there and there.pages != row.passage.pages)
        else:
            counts["gone" if row.is_gone else "changed"] += 1
    return counts
