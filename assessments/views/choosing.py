"""The page on which an editor chooses the strongest quotes of a theme."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from assessments import actions
from assessments.forms import ChooseQuotesForm
from assessments.history import history_of_choice
from assessments.models import Assessment, ChosenQuote, QuoteChoice
from assessments.models.chosen_quote import MOST
from assessments.quotes import quotes_of
from municipalities.models import CouncilTerm
from themes.models import Theme


@require_http_methods(["GET", "POST"])
@permission_required("assessments.publish_assessment", raise_exception=True)
def choose_quotes(request, year, theme):
    """Choose which published quotes of a theme stand out, and in which order."""
    desk = _Desk(
        get_object_or_404(Theme, slug=theme),
        get_object_or_404(CouncilTerm.objects.starting(year)),
    )
    if request.method == "GET":
        return _show(request, desk, desk.form())
    form = desk.form(request.POST)
    if not form.is_valid():
        return _show(request, desk, form)
    try:
        actions.choose_quotes(
            form.cleaned_data["in_order"],
            theme=desk.theme,
            term=desk.term,
            by=request.user,
            seen=form.cleaned_data["seen"],
        )
    except actions.Stale:
        return _conflict(request, desk, form)
    except actions.Refused as problem:
        return _show(request, desk, form, problem=str(problem), status=409)
    messages.success(request, "De keuze is opgeslagen. Lezers zien haar bij het thema.")
    return redirect(request.path)


class _Desk:
    """One theme in one term: the published quotes per municipality, and what is chosen of them."""

    def __init__(self, theme, term):
        self.theme, self.term = theme, term
        published = Assessment.objects.published().for_term(term).filter(theme=theme)
        self.groups = [
            (assessment.coalition, quotes_of(assessment))
            for assessment in published.with_quotes()
            .select_related("coalition__municipality")
            .order_by("coalition__municipality__name")
        ]
        self.codings = [coding for _, codings in self.groups for coding in codings]
        self.choice = (
            QuoteChoice.objects.filter(theme=theme, term=term).select_related("chosen_by").first()
        )
        chosen = ChosenQuote.objects.of(theme=theme, term=term).select_related("coding__passage")
        there = {coding.pk for coding in self.codings}
        self.chosen = [row for row in chosen if row.coding_id in there]
        self.gone = [row for row in chosen if row.coding_id not in there]

    @property
    def seen(self):
        """The edit number of what is chosen; 0 before anyone chose."""
        return self.choice.edit_number if self.choice else 0

    def form(self, data=None):
        places = {f"place-{row.coding_id}": row.position for row in self.chosen}
        return ChooseQuotesForm(
            data,
            codings=self.codings,
            initial={
                "seen": self.seen,
                "quotes": [row.coding_id for row in self.chosen],
                **places,
            },
        )


def _conflict(request, desk, form):
    """Someone else chose in between: both choices, and one's own in the form, ready to be saved as the newest."""
    desk = _Desk(desk.theme, desk.term)  # as it is now: it may have been chosen a moment ago
    data = request.POST.copy()
    data["seen"] = desk.seen
    conflict = {
        "by": desk.choice.chosen_by if desk.choice else "Iemand anders",
        "theirs": [row.coding.passage.quote for row in desk.chosen],
        "mine": [coding.passage.quote for coding in form.ticked],
    }
    return _show(request, desk, desk.form(data), conflict=conflict, status=409)


def _show(request, desk, form, *, status=200, **context):
    boxes = form.boxes()
    groups = [
        (coalition, [(coding, *boxes[coding.pk]) for coding in codings])
        for coalition, codings in desk.groups
        if codings
    ]
    context |= {
        "terms": CouncilTerm.objects.all(),
        "themes": Theme.objects.all(),
        "term": desk.term,
        "theme": desk.theme,
        "form": form,
        "groups": groups,
        "chosen": desk.chosen,
        "gone": desk.gone,
        "most": MOST,
        "history": history_of_choice(desk.choice),
    }
    return render(request, "assessments/choose_quotes.html", context, status=status)
