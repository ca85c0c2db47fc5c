"""Reading and writing a judgement."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agreements.models import Coding
from assessments import actions
from assessments.absence import search
from assessments.readability import hint
from assessments.views.desk import WORDS, Desk, address_of, show, who_may
from municipalities.models import Coalition
from themes.models import Theme


@require_http_methods(["GET", "POST"])
@permission_required("assessments.view_assessment", raise_exception=True)
def assess(request, municipality, year, theme):
    """Read or write the judgement of one coalition on one theme."""
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    desk = Desk(coalition, get_object_or_404(Theme, slug=theme))
    if request.method == "GET":
        return show(request, desk)
    if not request.user.has_perm("assessments.change_assessment"):
        raise PermissionDenied
    form = desk.form(request.POST)
    if request.POST.get("hint"):
        return _with_hint(request, desk, form)
    if field := request.POST.get("take"):
        return _with_their_words(request, desk, form, field)
    if not form.is_valid():
        return show(request, desk, form=form)
    try:
        actions.save_draft(
            form.instance,
            by=request.user,
            codings=form.cleaned_data["codings"],
            absence=desk.search,
            seen=form.cleaned_data["seen"],
        )
    except actions.Stale:
        return _conflict(request, coalition, desk.theme, form)
    except actions.Refused as problem:
        return show(request, desk, form=form, problem=str(problem), status=409)
    if request.POST.get("then") == "submit":
        return _submit(request, desk, form.instance)
    messages.success(request, "Het concept is opgeslagen.")
    return redirect(request.path)


def _submit(request, desk, assessment):
    """Lay before the editors what was saved this moment, so that nothing typed stays behind."""
    try:
        actions.submit(assessment, by=request.user, seen=assessment.edit_number)
    except actions.Refused as problem:
        problem = f"Het concept is opgeslagen, maar ligt nog niet ter review. {problem}"
        return show(request, Desk(desk.coalition, desk.theme), problem=problem, status=409)
    messages.success(request, "Het concept is opgeslagen. De beoordeling ligt nu ter review.")
    return redirect(request.path)


def _with_hint(request, desk, form):
    """How readable what is being typed is; nothing is saved."""
    if not request.htmx:
        return show(request, desk, form=form)
    return render(
        request, "assessments/_readability.html", {"hint": hint(request.POST.get("summary", ""))}
    )


def _conflict(request, coalition, theme, form):
    """Someone else saved in between: both texts, and one's own in the form, ready to be saved as the newest."""
    desk = Desk(coalition, theme)
    stored = desk.under_way
    data = request.POST.copy()
    data["seen"] = stored.edit_number if stored else 0
    form = desk.form(data)
    return show(request, desk, form=form, conflict=_differences(desk, data), status=409)


def _with_their_words(request, desk, form, field):
    """While merging: put what the other saved in one field of the form; nothing is saved yet."""
    stored = desk.under_way
    if field not in (*WORDS, "level") or stored is None:
        raise Http404
    data = request.POST.copy()
    data[field] = getattr(stored, field)
    return show(request, desk, form=desk.form(data), conflict=_differences(desk, data))


def _differences(desk, data):
    """What the other saved, and per field that differs their text and one's own."""
    stored = desk.under_way
    if stored is None:
        return {"by": "Iemand anders", "fields": []}
    fields = [
        (name, stored._meta.get_field(name).verbose_name, getattr(stored, name), data.get(name, ""))
        for name in WORDS
        if getattr(stored, name).split() != data.get(name, "").split()
    ]
    level = data.get("level")
    ticked = data.getlist("codings")
    mine = {coding.pk for coding in desk.codings if str(coding.pk) in ticked}
    theirs = {coding.pk for coding in stored.codings.all()}
    return {
        "by": stored.author,
        "at": stored.saved_at,
        "fields": fields,
        "level": stored.get_level_display() if str(stored.level) != level else "",
        "only_theirs": [c.passage.quote for c in desk.codings if c.pk in theirs - mine],
        "only_mine": [c.passage.quote for c in desk.codings if c.pk in mine - theirs],
    }


@require_POST
@who_may("write")
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
        return redirect(f"{address_of(coalition, theme)}#absence")
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
