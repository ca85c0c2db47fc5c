"""The page of one judgement: everything that the views about it show and answer with."""

from functools import wraps
from types import SimpleNamespace

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.models import AgreementVersion, Anchoring, Coding
from assessments.absence import search
from assessments.forms import AskReplyForm, AssessmentForm, RemarkForm
from assessments.history import history_of
from assessments.models import Assessment, SecondReading
from assessments.obstacles import obstacle_to
from assessments.proposal import proposal_from
from assessments.readability import hint
from assessments.standing import evidence_now, standings
from assessments.workflow import ACTS, Status, acts_open_to
from themes.models import Ambition, FocusPoint, Theme

WORDS = ("summary", "advice", "note", "departure", "change_note")


def who_may(key):
    """A decorator: only who may do this by the table of the workflow; to others it doesn't exist."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not any(request.user.has_perm(permission) for permission in ACTS[key].who):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def address_of(coalition, theme):
    slugs = [coalition.municipality.slug, coalition.term.start_year, theme.slug]
    return reverse("assessments:assess", args=slugs)


def back_to(assessment, anchor=""):
    return redirect(address_of(assessment.coalition, assessment.theme) + anchor)


class Desk:
    """One coalition and theme as they stand, with what the form about them needs."""

    def __init__(self, coalition, theme):
        self.coalition = coalition
        self.theme = theme
        self.published = self._revision(Assessment.objects.published())
        self.under_way = self._revision(Assessment.objects.under_way())
        self.withdrawn = None if self.shown else self._last_withdrawn()
        self.search = search(coalition=coalition, theme=theme)
        self.codings = Coding.objects.about(coalition=coalition, theme=theme)
        self.focus_points = list(FocusPoint.objects.for_term(coalition.term).filter(theme=theme))
        self.proposal = proposal_from(
            self.codings, focus_points=self.focus_points, search=self.search
        )
        self.waiting = Anchoring.objects.open_about(coalition=coalition, theme=theme)
        begun_from = self.shown or self.withdrawn
        self.evidence = evidence_now(begun_from, self.codings) if begun_from else None

    @property
    def shown(self):
        return self.under_way or self.published

    def _last_withdrawn(self):
        """What was public and no longer is; a new judgement begins as these words."""
        withdrawn = Assessment.objects.filter(status=Status.WITHDRAWN)
        return self._revision(withdrawn.order_by("-revision"))

    def _revision(self, assessments):
        return (
            assessments.filter(coalition=self.coalition, theme=self.theme)
            .select_related("author", "reviewed_by", "published_by", "changed_by", "absence")
            .select_related("coalition__municipality", "coalition__term", "theme")
            .first()
        )

    def form(self, data=None):
        """The form of what is under way; without it, of a new revision that begins as what is
        published, or was last withdrawn.

        Evidence that stands in an older version is shown as what it has become in the newest.
        """
        begun_from = self.shown or self.withdrawn
        instance = self.under_way or Assessment(
            coalition=self.coalition,
            theme=self.theme,
            edit_number=0,
            revision=begun_from.revision + 1 if begun_from else 1,
        )
        initial = {"seen": instance.edit_number}
        if begun_from:
            words = ("level", "departure", "summary", "advice", "note")
            initial |= {name: getattr(begun_from, name) for name in words}
            initial["codings"] = self.evidence.codings
        else:
            initial |= {"codings": [coding.pk for coding in self.codings]}
            initial["level"] = self.proposal.level
        return AssessmentForm(
            data,
            instance=instance,
            initial=initial,
            codings=self.codings,
            search=self.search,
            proposal=self.proposal,
            waiting=len(self.waiting),
        )


def show(
    request, desk, *, form=None, conflict=None, problem="", typed=None, unsaved=(), status=200
):
    """Answer with the page. `typed` holds what was typed in another form of it, to be shown again;
    `unsaved` are texts, with their labels, that no form of the page can show any more.
    """
    if blinded := SecondReading.objects.blinding(request.user).filter(assessment=desk.under_way):
        return _hidden(request, desk, blinded[0], status)
    shown = desk.shown
    may = acts_open_to(request.user, shown) if shown else set()
    may_write = request.user.has_perm(ACTS["write"].who[0]) and (
        desk.under_way is None or "write" in may
    )
    typed = typed or {}
    form = form or desk.form()
    remarks = list(shown.remarks.for_display()) if shown else []
    replies = list(shown.replies.for_display()) if shown else []
    return render(
        request,
        "assessments/assess.html",
        {
            "desk": desk,
            "coalition": desk.coalition,
            "theme": desk.theme,
            "themes": Theme.objects.all(),
            "ambition": Ambition.objects.filter(
                regional_input__term=desk.coalition.term, theme=desk.theme
            ).first(),
            "focus_points": desk.focus_points,
            "codings": desk.codings,
            "search": desk.search,
            "proposal": desk.proposal,
            "under_way": desk.under_way,
            "published": desk.published,
            "withdrawn": desk.withdrawn,
            "earlier": _earlier(desk),
            "way": [
                Status.DRAFT,
                Status.IN_REVIEW,
                Status.IN_REPLY,
                Status.READY,
                Status.PUBLISHED,
            ],
            "may": may,
            # No dictionary: a template would call the `clear` of one that has no such key.
            "acts": SimpleNamespace(**{key.replace("-", "_"): ACTS[key] for key in may}),
            "may_write": may_write,
            "form": form,
            "unsaved": [*unsaved, *(_texts_of(form) if form.is_bound and not may_write else ())],
            "groups": _groups(form, desk.proposal),
            "conflict": conflict,
            "problem": problem,
            "typed": typed,
            "hint": hint(form["summary"].value() or ""),
            "lost": desk.evidence.lost if desk.evidence else [],
            "is_stale": hasattr(shown, "absence") and not desk.search.matches(shown.absence),
            "waiting": len(desk.waiting),
            "waiting_in": AgreementVersion.objects.without_text()
            .select_related("agreement")
            .filter(pk__in={anchoring.version_id for anchoring in desk.waiting}),
            "standing": standings([desk.published])[desk.published.pk] if desk.published else None,
            "remarks": remarks,
            "unanswered": sum(not (one.resolved_at or one.answered_at) for one in remarks),
            "remark_form": RemarkForm(typed.get("remark"), codings=desk.codings),
            "second": shown.second_readings.for_display().last() if shown else None,
            "replies": replies,
            "obstacle": obstacle_to(
                shown, remarks=remarks, replies=replies, answers="answer-reply" in may
            )
            if shown
            else None,
            "ask_form": AskReplyForm(typed.get("ask")),
            "history": history_of(desk.coalition, desk.theme),
        },
        status=status,
    )


def _texts_of(form):
    return [
        (form[name].label, text)
        for name in WORDS
        if name in form.fields and (text := form[name].value())
    ]


# The texts that someone may be typing somewhere on the page.
TYPED = ("summary", "departure", "advice", "note", "change_note", "why", "text", "answer")


def _hidden(request, desk, reading, status):
    """Answer without the judgement, for who reads it blind; with what they typed, as it can't be saved."""
    return render(
        request,
        "assessments/second_blind.html",
        {
            "coalition": desk.coalition,
            "theme": desk.theme,
            "themes": Theme.objects.all(),
            "reading": reading,
            "typed": [request.POST[name] for name in TYPED if request.POST.get(name)],
        },
        status=status,
    )


def _groups(form, proposal):
    """The codings to tick, by the focus point that they are about, each with what follows from them."""
    boxes = {box.data["value"].value: box for box in form["codings"]}
    return [(part, [boxes[coding.pk] for coding in part.codings]) for part in proposal.parts]


def _earlier(desk):
    """What was published of the same municipality and theme in the term before."""
    return (
        Assessment.objects.published()
        .filter(
            coalition__municipality=desk.coalition.municipality,
            coalition__term__end_year=desk.coalition.term.start_year,
            theme=desk.theme,
        )
        .with_quotes()
        .select_related("coalition__term")
        .first()
    )
