"""What became of each theme and focus point between two council terms of one municipality."""

from dataclasses import dataclass, field

from assessments.models import Assessment
from municipalities.models import Coalition
from overview import change
from overview.change import Change, Side, decide
from overview.focus_points import focus_points
from overview.quoting import Quote, one_per_passage, published_quotes
from overview.treatment import Treatment, treatments
from themes.models import Theme


@dataclass(frozen=True)
class PointThenAndNow:
    """One focus point in two terms, with the strongest published quote of each, if there is one."""

    name: str
    change: Change
    then: Treatment | None
    now: Treatment | None
    quote_then: Quote | None
    quote_now: Quote | None

    @property
    def has_quotes(self):
        return bool(self.quote_then or self.quote_now)


@dataclass(frozen=True)
class ThemeThenAndNow:
    """One theme in two terms. Without a published judgement on either side there is no comparison, but a
    reason."""

    theme: Theme
    then: Assessment | None
    now: Assessment | None
    change: Change
    quotes: list  # those of now, each passage once, the strongest first
    why_not: str = ""
    points: list = field(default_factory=list)

    @property
    def in_words(self):
        """The two levels: "Was genoemd, nu concreet". Empty without a comparison."""
        if self.why_not:
            return ""
        return change.of_level(self.then.get_level_display(), self.now.get_level_display())

    @property
    def sentence(self):
        return change.of_changes(point.change for point in self.points)


def previous(coalition):
    """The coalition of the same municipality in the term before, if there is one."""
    return (
        Coalition.objects.filter(
            municipality=coalition.municipality_id, term__end_year=coalition.term.start_year
        )
        .select_related("municipality", "term")
        .first()
    )


def then_and_now(coalition, earlier):
    """Compare every theme of a coalition with the one of `previous`, in a constant number of queries.

    A focus point is the same in both by its theme and its slug.
    """
    coalitions = [coalition, earlier] if earlier else [coalition]
    published = list(
        Assessment.objects.published()
        .filter(coalition__in=coalitions)
        .only("coalition", "theme", "level")
        .order_by()
    )
    judged = {(a.coalition_id, a.theme_id): a for a in published}
    treated = treatments(published)
    quotes = published_quotes(published)
    points = focus_points([each.term_id for each in coalitions])
    return [
        _theme(theme, coalition, earlier, judged, treated, quotes, points.get(theme.pk, []))
        for theme in Theme.objects.all()
    ]


def _theme(theme, coalition, earlier, judged, treated, quotes, points):
    then = judged.get((earlier.pk, theme.pk)) if earlier else None
    now = judged.get((coalition.pk, theme.pk))
    shown = one_per_passage(quotes.get((coalition.pk, theme.pk), []))
    verdict = decide(Side(then and then.level), Side(now and now.level))
    if verdict is Change.NOT_COMPARABLE:
        why = change.why_not(
            str(coalition.term),
            earlier=str(earlier.term) if earlier else "",
            has_then=then is not None,
            has_now=now is not None,
        )
        return ThemeThenAndNow(theme, then, now, verdict, shown, why)

    def treatment(of, slug):
        return treated.get((of.pk, theme.pk, slug), Treatment.SILENT)

    def strongest(of, slug):
        return next((q for q in quotes.get((of.pk, theme.pk), []) if q.slug == slug), None)

    return ThemeThenAndNow(
        theme,
        then,
        now,
        verdict,
        shown,
        points=[
            PointThenAndNow(
                name=point.name,
                change=decide(
                    Side(treatment(earlier, point.slug), earlier.term_id in point.asked),
                    Side(treatment(coalition, point.slug), coalition.term_id in point.asked),
                ),
                then=treatment(earlier, point.slug),
                now=treatment(coalition, point.slug),
                quote_then=strongest(earlier, point.slug),
                quote_now=strongest(coalition, point.slug),
            )
            for point in points
        ],
    )
