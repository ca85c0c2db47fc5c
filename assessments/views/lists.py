"""The judgements of a whole term, and of one municipality."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from agreements.models import Agreement, Coding
from assessments import actions
from assessments.forms import AskReplyForm
from assessments.models import Assessment, Reply, SecondReading
from assessments.views.desk import who_may
from assessments.workflow import ADVISOR, EDITOR, UNDER_WAY, Status, acts_open_to
from municipalities.models import Coalition, CouncilTerm
from themes.models import Theme


@dataclass(frozen=True)
class WorkCell:
    """One coalition and theme in the work list."""

    theme: Theme
    codings: int
    published: Assessment | None
    under_way: Assessment | None
    blind: SecondReading | None  # who looks reads this blind, so its level is not shown


@dataclass(frozen=True)
class Waiting:
    """What waits for one kind of deed, the longest first."""

    title: str
    assessments: list


@require_GET
@permission_required("assessments.view_assessment", raise_exception=True)
def work_list(request, year=None):
    """What is judged, what waits for whom, and what hasn't begun, for one council term."""
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    coalitions = list(Coalition.objects.for_term(term).order_by("municipality__name"))
    themes = list(Theme.objects.all())
    assessments = list(
        Assessment.objects.for_term(term).current().for_display().select_related("author")
    )
    under_way = [assessment for assessment in assessments if assessment.is_under_way]
    blind = SecondReading.objects.blinding(request.user).by_assessment()
    open_to_me = [assessment for assessment in under_way if assessment.pk not in blind]
    return render(
        request,
        "assessments/list.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": term,
            "themes": themes,
            "waiting": _waiting(request.user, open_to_me),
            "second_readings": SecondReading.objects.waiting_for(request.user).for_term(term),
            "under_way": under_way,
            "states": [
                (status, sum(a.status == status for a in under_way)) for status in UNDER_WAY
            ],
            "rows": _rows(coalitions, themes, assessments, blind),
            "published": len(assessments) - len(under_way),
            "total": len(coalitions) * len(themes),
        },
    )


def _waiting(person, under_way):
    """What waits for this person, in the order in which it is best done."""
    of_status = {}
    for assessment in sorted(under_way, key=lambda assessment: assessment.status_since):
        of_status.setdefault(assessment.status, []).append(assessment)
    replies = {reply.assessment_id: reply for reply in Reply.objects.open()}
    in_reply = of_status.get(Status.IN_REPLY, [])

    def with_reply(holds):
        return [a for a in in_reply if a.pk in replies and holds(replies[a.pk])]

    unanswered = with_reply(lambda reply: reply.needs_answer)
    closable = with_reply(
        lambda reply: (reply.position or reply.is_late) and not reply.needs_answer
    )
    kinds = []
    if person.has_perm(EDITOR):
        kinds += [
            Waiting("Na te kijken", of_status.get(Status.IN_REVIEW, [])),
            Waiting("Te publiceren", of_status.get(Status.READY, [])),
        ]
    if person.has_perm(ADVISOR):
        kinds += [
            Waiting("Teruggestuurd met opmerkingen", of_status.get(Status.RETURNED, [])),
            Waiting("Reactie van de gemeente, zonder antwoord", unanswered),
        ]
    if person.has_perm(EDITOR) or person.has_perm(ADVISOR):
        kinds.append(Waiting("Reactie binnen of termijn voorbij: gereed te maken", closable))
    return [kind for kind in kinds if kind.assessments]


def _rows(coalitions, themes, assessments, blind):
    blind = {(a.coalition_id, a.theme_id): blind[a.pk] for a in assessments if a.pk in blind}
    found = {(a.coalition_id, a.theme_id, a.is_under_way): a for a in assessments}
    counts = Coding.objects.with_counts_per_theme([coalition.pk for coalition in coalitions])
    numbers = {(row["coalition"], row["theme"]): row["number"] for row in counts}
    read = set(
        Agreement.objects.filter(coalition__in=coalitions, versions__state="klaar").values_list(
            "coalition", flat=True
        )
    )
    return [
        (
            coalition,
            coalition.pk in read,
            [
                WorkCell(
                    theme,
                    numbers.get((coalition.pk, theme.pk), 0),
                    found.get((coalition.pk, theme.pk, False)),
                    found.get((coalition.pk, theme.pk, True)),
                    blind.get((coalition.pk, theme.pk)),
                )
                for theme in themes
            ],
        )
        for coalition in coalitions
    ]


@require_GET
@permission_required("assessments.view_assessment", raise_exception=True)
def coalition(request, municipality, year):
    """All themes of one municipality: where each is, and for an editor asking for reactions at once."""
    found = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    return _coalition(request, found)


def _coalition(request, coalition, *, form=None, problem="", status=200):
    assessments = list(
        Assessment.objects.current()
        .filter(coalition=coalition)
        .for_display()
        .select_related("author", "coalition__term")
    )
    found = {(a.theme_id, a.is_under_way): a for a in assessments}
    replies = {
        reply.assessment_id: reply
        for reply in Reply.objects.filter(assessment__in=assessments).order_by("pk")
    }
    blind = SecondReading.objects.blinding(request.user).by_assessment()
    rows = []
    for theme in Theme.objects.all():
        under_way = found.get((theme.pk, True))
        shown = under_way or found.get((theme.pk, False))
        secret = blind.get(shown.pk) if shown else None
        reply = replies.get(shown.pk) if shown and not secret else None
        rows.append((theme, found.get((theme.pk, False)), under_way, reply, secret))
    return render(
        request,
        "assessments/coalition.html",
        {
            "coalition": coalition,
            "term": coalition.term,
            "rows": rows,
            "askable": [
                a
                for a in assessments
                if a.pk not in blind and "ask-reply" in acts_open_to(request.user, a)
            ],
            "form": form or AskReplyForm(),
            "problem": problem,
            "today": timezone.localdate(),
        },
        status=status,
    )


@require_POST
@who_may("ask-reply")
def ask_replies(request, municipality, year):
    """Lay the chosen judgements of one municipality before it, with one deadline and one mail."""
    found = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    form = AskReplyForm(request.POST)
    chosen = [
        (assessment, request.POST.get(f"seen-{assessment.pk}"))
        for assessment in Assessment.objects.under_way().filter(coalition=found).for_display()
        if str(assessment.pk) in request.POST.getlist("assessment")
    ]
    if not form.is_valid():
        return _coalition(request, found, form=form)
    if not chosen:
        return _coalition(request, found, form=form, problem="Vink eerst een beoordeling aan.")
    try:
        actions.ask_for_replies(chosen, by=request.user, deadline=form.cleaned_data["deadline"])
    except actions.Refused as problem:
        return _coalition(request, found, form=form, problem=str(problem), status=409)
    messages.success(request, f"{found.municipality} kan nu reageren en krijgt één mail.")
    return redirect("assessments:coalition", municipality, year)
