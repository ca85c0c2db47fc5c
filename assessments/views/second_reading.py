"""Second readings: asked by an editor, given blind by an advisor, settled together, and how far they agree."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from agreements.models import Coding
from assessments import actions
from assessments.absence import search
from assessments.forms import AskSecondForm, CancelForm, ConsensusForm, GiveForm
from assessments.models import Level, SecondReading
from assessments.reliability import ENOUGH, concordance, number_of
from assessments.views.desk import who_may
from assessments.workflow import ACTS, EDITOR, acts_open_to
from municipalities.models import CouncilTerm
from themes.models import Ambition, FocusPoint

SHARES = (10, 20, 30, 50, 100)  # per cent, of which the page tells how many they are


@require_GET
@who_may("settle-second")
def second_readings(request, year=None):
    """The second readings of a term: ask for them, where each is, and how far readers agree."""
    return _list(request, get_object_or_404(CouncilTerm.objects.starting(year)))


@require_POST
@who_may("ask-second")
def ask(request, year):
    """Ask for a share of a term's assessments, or for chosen ones."""
    term = get_object_or_404(CouncilTerm.objects.starting(year))
    form = AskSecondForm(request.POST, candidates=_candidates(request, term))
    if not form.is_valid():
        return _list(request, term, form=form)
    asked = form.cleaned_data
    what = {"chosen": asked["chosen"]} if form.is_choice else {"share": asked["share"]}
    try:
        readings = actions.ask_second_readings(
            term, by=request.user, readers=asked["readers"], **what
        )
    except actions.Refused as problem:
        return _list(request, term, form=form, problem=str(problem), status=409)
    number = len(readings)
    messages.success(
        request,
        f"{number} tweede {'lezing is' if number == 1 else 'lezingen zijn'} gevraagd. De lezers krijgen een mail.",
    )
    return redirect("assessments:second-readings", term.start_year)


def _candidates(request, term):
    rows = SecondReading.objects.candidates(term).for_display()
    rows = rows.order_by("coalition__municipality__name", "theme__number")
    return [a for a in rows if ACTS["ask-second"].is_open_to(request.user, a)]


def _list(request, term, *, form=None, problem="", status=200):
    readings = list(SecondReading.objects.for_term(term).for_display().order_by("-pk"))
    blind = {r.assessment_id for r in readings if r.is_open and r.reader_id == request.user.pk}
    may_ask = request.user.has_perm(EDITOR)
    candidates = _candidates(request, term) if may_ask else []
    given = [reading for reading in readings if reading.given_at]
    return render(
        request,
        "assessments/second_readings.html",
        {
            "terms": CouncilTerm.objects.all(),
            "term": term,
            "mine": [r for r in readings if r.is_open and r.reader_id == request.user.pk],
            "to_settle": [
                r
                for r in readings
                if r.standing == SecondReading.Standing.DIFFERENT
                and r.may_settle(request.user)
                and r.assessment_id not in blind
            ],
            # An earlier reading of what somebody now reads blind would tell the first level.
            "readings": [r for r in readings if r.is_open or r.assessment_id not in blind],
            "may_ask": may_ask,
            "candidates": candidates,
            "shares": [(share, number_of(share, len(candidates))) for share in SHARES],
            "form": form or AskSecondForm(candidates=candidates),
            "problem": problem,
            "concordances": _concordances(given),
            "enough": ENOUGH,
        },
        status=status,
    )


def _concordances(given):
    """How far the given readings agree: of all, per theme and per second reader, as (title, rows)."""
    of_theme, of_reader = {}, {}
    for reading in sorted(given, key=lambda reading: reading.assessment.theme.number):
        pair = (reading.first_level, reading.level)
        of_theme.setdefault(reading.assessment.theme, []).append(pair)
        of_reader.setdefault(reading.reader, []).append(pair)
    return [
        (title, [(what, concordance(pairs)) for what, pairs in groups.items()])
        for title, groups in (
            ("Thema", of_theme),
            ("Tweede lezer", of_reader),
            ("Alles samen", {"Totaal": [(r.first_level, r.level) for r in given]}),
        )
    ]


@require_GET
@who_may("settle-second")
def second_reading(request, pk):
    """One second reading: to be given by its reader, to be settled, or to be looked back at."""
    return _show(request, _fetch(request, pk))


@require_POST
@who_may("read-second")
def give(request, pk):
    reading = _fetch(request, pk)
    form = GiveForm(request.POST, instance=SecondReading(pk=reading.pk))
    if not form.is_valid() and reading.reader_id == request.user.pk:
        return _show(request, reading, form=form)
    try:
        given = actions.give_second_reading(
            reading,
            by=request.user,
            level=form.cleaned_data.get("level"),
            reason=form.cleaned_data.get("reason", ""),
        )
    except actions.Refused as problem:
        return _show(request, _fetch(request, pk), form=form, problem=str(problem), status=409)
    if given.is_equal:
        messages.success(request, "Uw lezing is bewaard. U gaf hetzelfde oordeel.")
    else:
        messages.success(
            request, "Uw lezing is bewaard. De eerste lezer gaf een ander oordeel: overleg samen."
        )
    return redirect("assessments:second-reading", pk)


@require_POST
@who_may("settle-second")
def settle(request, pk):
    reading = _fetch(request, pk)
    form = ConsensusForm(request.POST, instance=SecondReading(pk=reading.pk))
    if not form.is_valid():
        return _show(request, reading, form=form)
    try:
        actions.settle_second_reading(
            reading,
            by=request.user,
            level=form.cleaned_data["consensus_level"],
            reason=form.cleaned_data["consensus_reason"],
        )
    except actions.Refused as problem:
        return _show(request, _fetch(request, pk), form=form, problem=str(problem), status=409)
    messages.success(request, "De consensus is vastgelegd. De twee lezingen blijven bewaard.")
    return redirect("assessments:second-reading", pk)


@require_POST
@who_may("cancel-second")
def cancel(request, pk):
    reading = _fetch(request, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _show(request, reading, cancel_form=form)
    try:
        actions.cancel_second_reading(reading, by=request.user, why=form.cleaned_data["why"])
    except actions.Refused as problem:
        reading = _fetch(request, pk)
        return _show(request, reading, cancel_form=form, problem=str(problem), status=409)
    messages.success(request, "De tweede lezing is ingetrokken.")
    return redirect("assessments:second-reading", pk)


def _fetch(request, pk):
    """A reading that this person may see: not another one of what they read blind themselves."""
    rows = SecondReading.objects.for_display().select_related("assessment__author")
    reading = get_object_or_404(rows, pk=pk)
    blinding = SecondReading.objects.blinding(request.user).filter(assessment=reading.assessment_id)
    if blinding.exclude(pk=pk).exists():
        raise PermissionDenied
    return reading


def _show(request, reading, *, form=None, cancel_form=None, problem="", status=200):
    """Answer with the page that fits: to be read, or to be compared."""
    assessment = reading.assessment
    context = {
        "reading": reading,
        "assessment": assessment,
        "coalition": assessment.coalition,
        "theme": assessment.theme,
        "problem": problem,
        "form": form,
    }
    if reading.is_open and reading.reader_id == request.user.pk:
        return _blind(request, context, status)
    may = acts_open_to(request.user, assessment)
    may_settle = (
        reading.standing == SecondReading.Standing.DIFFERENT
        and "settle-second" in may
        and reading.may_settle(request.user)
    )
    may_cancel = reading.is_open and "cancel-second" in may
    typed = form or cancel_form  # shown to be copied, if its own form is no longer there
    if may_settle:
        context["form"] = form if isinstance(form, ConsensusForm) else ConsensusForm()
    if typed is context["form"] and may_settle or typed is cancel_form and may_cancel:
        typed = None
    context |= {
        "typed": typed,
        "may_settle": may_settle,
        "may_cancel": may_cancel,
        "cancel_form": cancel_form or CancelForm(),
        "words": reading.first_words if reading.given_at else None,
        "levels": Level,
    }
    return render(request, "assessments/second_compare.html", context, status=status)


def _blind(request, context, status):
    """What a second reader needs to judge, and nothing of how the first did."""
    coalition, theme = context["coalition"], context["theme"]
    codings = list(Coding.objects.about(coalition=coalition, theme=theme))
    of_point = {}
    for coding in codings:
        of_point.setdefault(coding.focus_point, []).append(coding)
    focus_points = list(FocusPoint.objects.for_term(coalition.term).filter(theme=theme))
    ambition = Ambition.objects.filter(regional_input__term=coalition.term, theme=theme)
    context |= {
        "form": context["form"] or GiveForm(),
        "groups": sorted(
            of_point.items(), key=lambda group: (group[0] is None, group[0] and group[0].position)
        ),
        "codings": codings,
        "search": None if codings else search(coalition=coalition, theme=theme),
        "focus_points": focus_points,
        "ambition": ambition.first(),
    }
    return render(request, "assessments/second_read.html", context, status=status)
