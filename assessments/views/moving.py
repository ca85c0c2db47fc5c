"""Bringing a judgement along the way to publication, with the remarks that are made on it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.forms import AskReplyForm, RemarkForm
from assessments.models import Assessment, Remark
from assessments.views.desk import Desk, back_to, show, who_may


@require_POST
@who_may("submit")
def submit(request, pk):
    """The bare step; the button on the page saves what was typed first (judging.assess)."""
    return _move(request, pk, actions.submit, "De beoordeling ligt nu ter review.")


@require_POST
@who_may("take-back")
def take_back(request, pk):
    return _move(request, pk, actions.take_back, "De beoordeling is weer een concept.")


@require_POST
@who_may("return")
def send_back(request, pk):
    return _move(
        request, pk, actions.send_back, "De beoordeling ligt weer bij de adviseur.", why="return"
    )


@require_POST
@who_may("clear")
def clear(request, pk):
    return _move(request, pk, actions.clear, "De beoordeling is gereed.", why="clear")


@require_POST
@who_may("close-reply")
def close_reply(request, pk):
    return _move(request, pk, actions.close_reply, "De beoordeling is gereed.")


@require_POST
@who_may("publish")
def publish(request, pk):
    done = "De beoordeling is gepubliceerd. Burgemeesters kunnen haar nu lezen."
    return _move(request, pk, actions.publish, done)


@require_POST
@who_may("withdraw")
def withdraw(request, pk):
    done = "De beoordeling is ingetrokken. Lezers zien haar niet meer."
    return _move(request, pk, actions.withdraw, done, why="withdraw")


@require_POST
@who_may("ask-reply")
def ask_reply(request, pk):
    """Lay one judgement before its municipality."""
    assessment = _fetch(pk)
    form = AskReplyForm(request.POST)
    if not form.is_valid():
        problem = "De gemeente is nog niet gevraagd. Bij “Volgende stap” staat waarom."
        return _refused(request, assessment, problem, typed={"ask": request.POST}, status=200)
    try:
        actions.ask_for_replies(
            [(assessment, request.POST.get("seen"))],
            by=request.user,
            deadline=form.cleaned_data["deadline"],
        )
    except actions.Refused as problem:
        return _refused(request, assessment, str(problem), typed={"ask": request.POST})
    messages.success(
        request, f"{assessment.coalition.municipality} kan nu reageren en krijgt een mail."
    )
    return back_to(assessment)


@require_POST
@who_may("remark")
def remark(request, pk):
    """Make a remark on a field or a quote."""
    assessment = _fetch(pk)
    form = RemarkForm(request.POST, codings=Desk(assessment.coalition, assessment.theme).codings)
    form.instance.assessment = assessment
    if not form.is_valid():
        problem = "De opmerking is nog niet gemaakt. Bij “Opmerkingen” staat wat er ontbreekt."
        return _refused(request, assessment, problem, typed={"remark": request.POST}, status=200)
    try:
        actions.remark(form.instance, by=request.user, seen=request.POST.get("seen"))
    except actions.Refused as problem:
        return _refused(
            request,
            assessment,
            str(problem),
            typed={"remark": request.POST},
            unsaved=[("Opmerking", form.instance.text)],
        )
    messages.success(request, "De opmerking is gemaakt.")
    return back_to(assessment, "#remarks")


@require_POST
@who_may("answer-remark")
def answer_remark(request, pk):
    found = _fetch_remark(pk)
    text = request.POST.get("answer", "")
    try:
        actions.answer_remark(found, by=request.user, text=text)
    except actions.Refused as problem:
        return _refused(request, found.assessment, str(problem), unsaved=[("Uw antwoord", text)])
    messages.success(request, "Het antwoord is opgeslagen.")
    return back_to(found.assessment, "#remarks")


@require_POST
@who_may("resolve")
def resolve_remark(request, pk):
    found = _fetch_remark(pk)
    try:
        actions.resolve_remark(found, by=request.user)
    except actions.Refused as problem:
        return _refused(request, found.assessment, str(problem))
    messages.success(request, "De opmerking is afgehandeld.")
    return back_to(found.assessment, "#remarks")


def _fetch(pk):
    rows = Assessment.objects.for_display().select_related("coalition__term")
    return get_object_or_404(rows, pk=pk)


def _fetch_remark(pk):
    rows = Remark.objects.select_related(
        "assessment__coalition__municipality", "assessment__coalition__term", "assessment__theme"
    )
    return get_object_or_404(rows, pk=pk)


def _move(request, pk, action, done, *, why=None):
    """Take one step; `why` is the act whose reason was asked for. What was typed comes back on a refusal."""
    assessment = _fetch(pk)
    reason = {} if why is None else {"why": request.POST.get("why", "")}
    try:
        action(assessment, by=request.user, seen=request.POST.get("seen"), **reason)
    except actions.Refused as problem:
        return _refused(
            request,
            assessment,
            str(problem),
            typed={f"why_{why}": reason["why"]} if why else {},
            unsaved=[("Toelichting", text) for text in reason.values() if text.strip()],
        )
    messages.success(request, done)
    return back_to(assessment)


def _refused(request, assessment, problem, *, status=409, **typed):
    desk = Desk(assessment.coalition, assessment.theme)
    return show(request, desk, problem=problem, status=status, **typed)
