"""Judging, and publishing what was judged."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.models import Agreement, AgreementVersion, Anchoring, Coding
from assessments import actions
from assessments.absence import search
from assessments.forms import AssessmentForm
from assessments.models import Assessment
from assessments.standing import evidence_now, standings
from municipalities.models import Coalition, CouncilTerm
from themes.models import Ambition, FocusPoint, Theme


@dataclass(frozen=True)
class WorkCell:
    """One coalition and theme in the work list."""

    theme: Theme
    codings: int
    published: Assessment | None
    draft: Assessment | None


@require_GET
@permission_required("assessments.view_assessment", raise_exception=True)
def work_list(request, year=None):
    """What is judged, what waits, and what hasn't begun, for one council term."""
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    coalitions = list(Coalition.objects.for_term(term).order_by("municipality__name"))
    themes = list(Theme.objects.all())
    assessments = list(
        Assessment.objects.for_term(term)
        .exclude(status=Assessment.Status.SUPERSEDED)
        .for_display()
        .select_related("author")
    )
    drafts = [assessment for assessment in assessments if assessment.is_draft]
    return render(
        request,
        "assessments/list.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": term,
            "themes": themes,
            "drafts": sorted(drafts, key=lambda draft: draft.saved_at),
            "rows": _rows(coalitions, themes, assessments),
            "published": len(assessments) - len(drafts),
            "total": len(coalitions) * len(themes),
        },
    )


def _rows(coalitions, themes, assessments):
    found = {(a.coalition_id, a.theme_id, a.status): a for a in assessments}
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
                    found.get((coalition.pk, theme.pk, "published")),
                    found.get((coalition.pk, theme.pk, "draft")),
                )
                for theme in themes
            ],
        )
        for coalition in coalitions
    ]


@require_http_methods(["GET", "POST"])
@permission_required("assessments.view_assessment", raise_exception=True)
def assess(request, municipality, year, theme):
    """Read or write the judgement of one coalition on one theme."""
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    theme = get_object_or_404(Theme, slug=theme)
    published = _revision(Assessment.objects.published(), coalition, theme)
    draft = _revision(Assessment.objects.drafts(), coalition, theme)
    may_write = request.user.has_perm("assessments.change_assessment")
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    found = search(coalition=coalition, theme=theme)
    codings = Coding.objects.about(coalition=coalition, theme=theme)
    shown = draft or published
    evidence = evidence_now(shown, codings) if shown else None
    waiting = Anchoring.objects.open_about(coalition=coalition, theme=theme)
    form = _form(
        request,
        shown,
        evidence,
        instance=draft or Assessment(coalition=coalition, theme=theme, edit_number=0),
        search=found,
        codings=codings,
        waiting=len(waiting),
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_draft(
                form.instance,
                by=request.user,
                codings=form.cleaned_data["codings"],
                absence=found,
                seen=form.cleaned_data["seen"],
            )
        except actions.Stale:
            conflict = _revision(Assessment.objects.drafts(), coalition, theme)
        else:
            messages.success(request, "Het concept is opgeslagen.")
            return redirect(request.path)
    return render(
        request,
        "assessments/assess.html",
        {
            "coalition": coalition,
            "theme": theme,
            "themes": Theme.objects.all(),
            "ambition": Ambition.objects.filter(
                regional_input__term=coalition.term, theme=theme
            ).first(),
            "focus_points": FocusPoint.objects.for_term(coalition.term).filter(theme=theme),
            "codings": codings,
            "search": found,
            "draft": draft,
            "published": published,
            "form": form,
            "lost": evidence.lost if evidence else [],
            "is_stale": hasattr(shown, "absence") and not found.matches(shown.absence),
            "waiting": len(waiting),
            "waiting_in": AgreementVersion.objects.without_text()
            .select_related("agreement")
            .filter(pk__in={anchoring.version_id for anchoring in waiting}),
            "standing": standings([published])[published.pk] if published else None,
            "conflict": conflict,
            "may_write": may_write,
        },
        status=409 if conflict else 200,
    )


def _revision(assessments, coalition, theme):
    return (
        assessments.filter(coalition=coalition, theme=theme)
        .select_related("author", "published_by", "absence")
        .first()
    )


def _form(request, shown, evidence, *, instance, codings, **about):
    """The form of the draft; without one, of a new draft that begins as what is published.

    Evidence that stands in an older version is shown as what it has become in the newest.
    """
    initial = {"seen": instance.edit_number}
    if shown:
        initial |= {"level": shown.level, "summary": shown.summary, "codings": evidence.codings}
    else:
        initial["codings"] = [coding.pk for coding in codings]
    return AssessmentForm(
        request.POST or None, instance=instance, initial=initial, codings=codings, **about
    )


@require_POST
@permission_required("assessments.change_assessment", raise_exception=True)
def judge_hits(request, municipality, year, theme):
    """Say of hits that they are not about the theme, or take that back."""
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    theme = get_object_or_404(Theme, slug=theme)
    found = search(coalition=coalition, theme=theme)
    asked = set(request.POST.getlist("hit"))
    chosen = [hit for hit in found.hits if hit.key in asked and not hit.passage]
    problem = "" if chosen else "Vink eerst een treffer aan."
    is_undone = request.POST.get("undo") == "1"
    actions.judge_hits(chosen, theme=theme, by=request.user, is_undone=is_undone)
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        return redirect(f"{_address_of(coalition, theme)}#absence")
    return render(
        request,
        "assessments/_absence.html",
        {
            "coalition": coalition,
            "theme": theme,
            "codings": Coding.objects.about(coalition=coalition, theme=theme),
            "search": search(coalition=coalition, theme=theme),
            "may_write": True,
            "problem": problem,
        },
    )


def _address_of(coalition, theme):
    slugs = [coalition.municipality.slug, coalition.term.start_year, theme.slug]
    return reverse("assessments:assess", args=slugs)


@require_POST
@permission_required("assessments.publish_assessment", raise_exception=True)
def publish(request, pk):
    assessment = get_object_or_404(Assessment.objects.for_display(), pk=pk)
    try:
        actions.publish(assessment, by=request.user, seen=request.POST.get("seen"))
    except actions.NotPublishable as problem:
        messages.error(request, str(problem))
    else:
        messages.success(
            request, "De beoordeling is gepubliceerd. Burgemeesters kunnen haar nu lezen."
        )
    return redirect(_address_of(assessment.coalition, assessment.theme))
