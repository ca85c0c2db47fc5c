"""Questions for advice: asked by a municipality, answered by VRT, seen by those two alone."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.actions import advice as actions
from assessments.actions.refused import Refused, Stale
from assessments.advising import ACTS, ANSWER, PUBLISH
from assessments.forms.advice import AnswerForm, AskAdviceForm, AssignAdviceForm, FollowUpForm
from assessments.models.advice import AdviceMessage, AdviceRequest
from municipalities.changes import changes_of

CHANGED = "Een ander heeft deze vraag intussen gewijzigd. Lees wat er nu staat."


@require_GET
@permission_required("assessments.view_advicerequest", raise_exception=True)
def requests(request):
    """The questions that this person may see: those that wait first."""
    rows = list(
        AdviceRequest.objects.visible_to(request.user).for_display().with_question().order_by("pk")
    )
    waiting = [row for row in rows if row.state in {"asked", "assigned"}]
    return render(
        request,
        "assessments/advice_list.html",
        {
            "waiting": waiting,
            "done": [row for row in rows if row not in waiting][::-1],
            "is_vrt": _is_vrt(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
@permission_required("assessments.add_advicerequest", raise_exception=True)
def ask(request):
    if not request.user.municipality_id:
        raise PermissionDenied
    form = AskAdviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = actions.ask_advice(
            form.instance, question=form.cleaned_data["question"], by=request.user
        )
        messages.success(request, "Uw vraag is verstuurd. U krijgt een mail als er antwoord is.")
        return redirect(asked)
    return render(request, "assessments/advice_ask.html", {"form": form})


@require_GET
@permission_required("assessments.view_advicerequest", raise_exception=True)
def advice_request(request, pk):
    return _page(request, _fetch(request, pk))


@require_POST
@permission_required("assessments.answer_advicerequest", raise_exception=True)
def assign(request, pk):
    asked = _fetch(request, pk)
    form = AssignAdviceForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, assign=form)
    return _do(
        request,
        asked,
        lambda: actions.assign_advice(
            asked, to=form.cleaned_data["to"], by=request.user, seen=form.cleaned_data["seen"]
        ),
        f"Deze vraag is nu bij {form.cleaned_data['to']}.",
    )


@require_POST
@permission_required("assessments.answer_advicerequest", raise_exception=True)
def answer(request, pk):
    """Keep the answer as a draft, or send it."""
    asked = _fetch(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, answer=form)
    is_sent = "send" in request.POST
    return _do(
        request,
        asked,
        lambda: actions.save_answer(
            asked,
            text=form.cleaned_data["text"],
            by=request.user,
            seen=form.cleaned_data["seen"],
            is_sent=is_sent,
        ),
        "Het antwoord is verstuurd." if is_sent else "Het antwoord is bewaard als concept.",
        answer=form,
    )


@require_POST
@permission_required("assessments.view_advicerequest", raise_exception=True)
def close(request, pk):
    asked = _fetch(request, pk)
    if not any(map(request.user.has_perm, ACTS["close"].who)):
        raise PermissionDenied
    return _do(
        request,
        asked,
        lambda: actions.close_advice(asked, by=request.user, seen=request.POST.get("seen")),
        "De vraag is gesloten.",
    )


@require_POST
@permission_required("assessments.add_advicerequest", raise_exception=True)
def follow_up(request, pk):
    asked = _fetch(request, pk)
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, follow_up=form)
    return _do(
        request,
        asked,
        lambda: actions.follow_up(
            asked,
            question=form.cleaned_data["question"],
            by=request.user,
            seen=form.cleaned_data["seen"],
        ),
        "Uw vervolgvraag is verstuurd.",
        follow_up=form,
    )


def _do(request, asked, act, done, **typed):
    """Do it and go back to the question; when it can't be done, show why, and what was typed."""
    try:
        act()
    except (Refused, Stale) as problem:
        asked = _fetch(request, asked.pk)
        for form in typed.values():
            form.data = form.data.copy()
            form.data["seen"] = asked.edit_number
        text = CHANGED if isinstance(problem, Stale) else str(problem)
        return _page(request, asked, problem=text, status=409, **typed)
    messages.success(request, done)
    return redirect(asked)


def _fetch(request, pk):
    visible = AdviceRequest.objects.visible_to(request.user).for_display()
    return get_object_or_404(visible, pk=pk)


def _is_vrt(user):
    return user.has_perm(ANSWER) or user.has_perm(PUBLISH)


def _page(request, asked, *, problem="", status=200, **typed):
    is_vrt = _is_vrt(request.user)
    allowed = {key for key, act in ACTS.items() if act.is_open_to(request.user, asked)}
    draft = asked.messages.drafts().select_related("author").first() if is_vrt else None
    seen = {"seen": asked.edit_number}
    forms = {
        "assign": AssignAdviceForm(initial={"to": asked.assigned_to or request.user, **seen}),
        "answer": AnswerForm(initial={"text": draft.text if draft else "", **seen}),
        "follow_up": FollowUpForm(initial=seen),
    }
    thread = asked.messages.sent().select_related("author")
    if is_vrt:
        thread = thread.prefetch_related("published")
    context = {
        "asked": asked,
        "thread": thread,
        "draft": draft,
        "is_vrt": is_vrt,
        "may_assign": "assign" in allowed,
        "may_answer": "draft" in allowed,
        "may_close": bool({"close", "withdraw"} & allowed),
        "may_follow_up": "follow-up" in allowed,
        "may_publish": request.user.has_perm(PUBLISH),
        "forms": forms | typed,
        "typed": typed,
        "problem": problem,
        "changes": changes_of(asked.events.all()),
    }
    if is_vrt:
        events = AdviceMessage.pgh_event_model.objects.filter(request=asked, is_answer=True)
        context["answer_changes"] = changes_of(events, without={"request", "is_answer"})
    return render(request, "assessments/advice_request.html", context, status=status)
