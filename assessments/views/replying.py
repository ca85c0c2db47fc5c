"""The pages of a municipality's contact: what lies before the municipality, and replying to it."""

from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from agreements.markup import draw
from agreements.reading import lay_out
from assessments import actions
from assessments.asked import marks_of, rounds_of
from assessments.forms import ReplyForm
from assessments.models import Reply
from assessments.views.desk import who_may
from themes.models import Theme

CLOSED = "Op deze beoordeling kunt u niet meer reageren. Neem zo nodig contact op met VRT."


@dataclass(frozen=True)
class Failed:
    """Why what was typed about one judgement isn't saved."""

    message: str
    field: str = ""
    is_stale: bool = False


@require_GET
@who_may("reply")
def replies(request):
    """What lies before the municipality of this person, with a form per theme."""
    return _page(request)


@require_POST
@who_may("reply")
def reply(request, year):
    """Save what was filled in, of as many themes as were; what can't be saved comes back as it was."""
    saved, failed = _save(request, _round(request, year))
    _tell(request, saved)
    if failed:
        return _page(request, failed=failed)
    if not saved:
        messages.info(request, "Er was niets nieuws om op te slaan. Kies eerst wat u vindt.")
    at = request.POST.get("at")
    is_theme = Theme.objects.filter(slug=at).exists()
    return redirect(reverse("assessments:replies") + (f"#{at}" if is_theme else ""))


@require_POST
@who_may("reply")
def agree(request, year):
    """Agree with all that is awaited in one go; what was filled in for a theme counts for that theme."""
    found = _round(request, year)
    saved, failed = _save(request, found)
    _tell(request, saved)
    if failed:
        return _page(request, failed=failed)
    rest = [
        (case.reply, seen)
        for case in found.awaited
        if case.reply.pk not in {given.pk for given in saved}
        and (seen := _number(request.POST.get(f"r{case.reply.pk}-seen"))) is not None
    ]
    try:
        agreed = actions.agree_with_all(rest, by=request.user)
    except actions.Refused as problem:
        return _page(request, problem=str(problem), status=409)
    if agreed:
        names = ", ".join(str(assessment.theme) for assessment in agreed)
        messages.success(request, f"Opgeslagen: u bent het eens met {names}.")
    return redirect("assessments:replies")


@require_GET
@who_may("reply")
def reply_document(request, pk):
    """The text in which quotes stand that lie before the municipality, with those quotes in it."""
    found = next(
        (
            (each, version)
            for each in rounds_of(request.user.municipality)
            for version in each.documents
            if version.pk == pk
        ),
        None,
    )
    if found is None:
        raise Http404
    a_round, version = found
    pages = lay_out(
        version.text,
        version.spans,
        version.headings,
        marks_of(version, a_round),
        lit=request.GET.get("passage"),
    )
    return render(
        request,
        "assessments/reply_document.html",
        {
            "coalition": a_round.coalition,
            "version": version,
            "agreement": version.agreement,
            "themes": Theme.objects.all(),
            "pages": draw(pages, linked=False),
        },
    )


def _round(request, year):
    """The round of this person's own municipality in a council term; of another there is none to find."""
    rounds = rounds_of(request.user.municipality)
    found = next((each for each in rounds if each.coalition.term.start_year == year), None)
    if found is None:
        raise Http404
    return found


def _save(request, a_round):
    """Give what was saved, and by the key of a reply why something wasn't."""
    saved, failed = [], {}
    for given in _posted(request).filter(assessment__coalition=a_round.coalition):
        form = ReplyForm(request.POST, instance=given, documents=a_round.documents)
        if not form.says_something:
            continue
        failed[given.pk] = Failed("")  # what the form itself says
        if not given.is_open:
            failed[given.pk] = Failed(CLOSED)
        elif form.is_valid():
            try:
                saved.append(
                    actions.reply(
                        form.instance,
                        by=request.user,
                        seen=form.cleaned_data["seen"],
                        quote=form.cleaned_data["place"],
                    )
                )
                del failed[given.pk]
            except actions.NotLiteral:
                failed[given.pk] = Failed(
                    f"Dit staat niet letterlijk in “{form.cleaned_data['version'].agreement}”. Kopieer het uit het "
                    "document, zonder er iets aan te veranderen.",
                    field="place",
                )
            except actions.Stale:
                failed[given.pk] = Failed("", is_stale=True)
            except actions.Refused as problem:
                failed[given.pk] = Failed(str(problem))
    return saved, failed


def _posted(request):
    keys = [number for key in request.POST.getlist("reply") if (number := _number(key)) is not None]
    return (
        Reply.objects.filter(
            pk__in=keys, assessment__coalition__municipality=request.user.municipality
        )
        .select_related("assessment__coalition__municipality", "assessment__coalition__term")
        .select_related("assessment__theme")
        .order_by("pk")
    )


def _number(word):
    return int(word) if word and word.isdecimal() and len(word) < 10 else None


def _tell(request, saved):
    if saved:
        names = ", ".join(str(given.assessment.theme) for given in saved)
        messages.success(request, f"Uw reactie is opgeslagen: {names}.")


def _page(request, *, failed=None, problem="", status=None):
    """The page; with `failed`, what was typed there and not saved."""
    failed = failed or {}
    rounds = rounds_of(request.user.municipality)
    shown = []
    for each in rounds:
        rows = [
            (case, _form(request, case.reply, each.documents, failed), failed.get(case.reply.pk))
            for case in each.open
        ]
        shown.append((each, rows))
    still_open = {case.reply.pk for each in rounds for case in each.open}
    lost = [
        (given, failed[given.pk].message, _typed(request, given))
        for given in _posted(request)
        if given.pk in failed and given.pk not in still_open
    ]
    if status is None:
        is_refused = lost or any(each.is_stale for each in failed.values())
        status = 409 if is_refused else 200
    return render(
        request,
        "assessments/replies.html",
        {
            "municipality": request.user.municipality,
            "rounds": shown,
            "lost": lost,
            "problem": problem,
            "has_failed": bool(failed),
        },
        status=status,
    )


def _form(request, given, documents, failed):
    """A fresh form, or one with what was typed and why it isn't saved."""
    instance = copy(given)  # filling in a form changes its instance
    if given.pk not in failed:
        return ReplyForm(instance=instance, documents=documents)
    data = request.POST.copy()
    data[f"r{given.pk}-seen"] = given.edit_number  # who has read both may save
    form = ReplyForm(data, instance=instance, documents=documents)
    if form.is_valid() and failed[given.pk].message:
        form.add_error(failed[given.pk].field or None, failed[given.pk].message)
    return form


def _typed(request, given):
    return [
        text
        for name in ("text", "place")
        if (text := request.POST.get(f"r{given.pk}-{name}", "").strip())
    ]
