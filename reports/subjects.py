"""What there is to report on: each report has an address, and that address says all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.text import slugify

from municipalities.models import Coalition, CouncilTerm
from overview.comparison import Column
from overview.focus_points import focus_points
from overview.selection import FEWEST, MOST, Selection, TermsSelection
from overview.sentences import begin, in_words
from reports.content.brief import brief
from reports.content.comparison import Compared, comparison_report
from reports.content.memo import memo
from reports.content.municipality import municipality_report
from reports.content.theme import theme_report
from reports.models import Kind
from themes.models import Theme

REGION = "regio"  # what a memo is about


@dataclass(frozen=True)
class Subject:
    """One report by the words of its address; `make` puts its Document together for a Made."""

    kind: Kind
    year: int
    about: str
    name: str
    make: Callable

    def document(self, made):
        """The report as it is now. Raises NotLiteral when a quote doesn't stand at its place."""
        return self.make(made)

    @property
    def address(self):
        return reverse("reports:report", args=[self.year, self.kind, self.about])

    @property
    def title(self):
        return f"{self.name}, {Kind(self.kind).label.lower()}"


def filename(of, format, number=None):
    """Under which name a file of a Subject, or of an Edition with its number, is handed out."""
    words = of.kind if of.about == REGION else f"{of.kind}-{of.about.replace('+', '-')}"
    edition = f"-editie-{number}" if number else ""
    return f"veiligheid-{slugify(words)}-{of.year}{edition}.{format}"


def subject_at(kind, year, about):
    """The report at these words of an address, or None where there is none."""
    term = CouncilTerm.objects.filter(start_year=year).first()
    find = _FINDERS.get(kind)
    found = find(term, about) if term and find else None
    return found and Subject(Kind(kind), year, about, *found)


def _municipality(term, about, make=municipality_report):
    coalition = Coalition.objects.at(municipality=about, term=term.start_year).first()
    return coalition and (str(coalition.municipality), partial(make, coalition))


def _brief(term, about):
    return _municipality(term, about, make=brief)


def _theme(term, about):
    theme = Theme.objects.filter(slug=about).first()
    return theme and (str(theme), partial(theme_report, theme, term, _before(term)))


def _memo(term, about):
    return (str(term), partial(memo, term, _before(term))) if about == REGION else None


def _comparison(term, about):
    """`about` is a theme, or a theme and a focus point, and then two or more municipalities."""
    subject, *slugs = about.split("+")
    theme_slug, _, point = subject.partition(".")
    theme = Theme.objects.filter(slug=theme_slug).first()
    there = {
        each.municipality.slug: each
        for each in Coalition.objects.for_term(term).filter(municipality__slug__in=slugs)
    }
    is_whole = FEWEST <= len(slugs) <= MOST and len(set(slugs)) == len(slugs)
    if theme is None or not is_whole or not set(slugs) <= set(there):
        return None
    points = {each.slug: each.name for each in focus_points([term.pk]).get(theme.pk, [])}
    if point and point not in points:
        return None
    name = points.get(point, str(theme))
    chosen = Selection(term.start_year, theme.slug, point, tuple(slugs))
    if chosen.words != about:  # one report has one address, and so one row of editions
        return None
    compared = Compared(
        columns=[Column(there[slug], there[slug].municipality.name, "") for slug in slugs],
        themes=[theme],
        title=name,
        subtitle=f"{begin(in_words(len(slugs)))} gemeenten vergeleken, {term}",
        address=f"{reverse('overview:compare')}?{chosen.query}",
        point=point,
    )
    return f"{name} in {len(slugs)} gemeenten", partial(comparison_report, compared)


def _terms(term, about):
    """`about` is a municipality, the year of an earlier term, and perhaps one theme."""
    municipality, _, rest = about.partition("+")
    then, _, theme_slug = rest.partition("+")
    both = {
        str(each.term.start_year): each
        for each in Coalition.objects.filter(municipality__slug=municipality).select_related(
            "municipality", "term"
        )
    }
    themes = list(Theme.objects.filter(slug=theme_slug) if theme_slug else Theme.objects.all())
    now = both.get(str(term.start_year))
    if now is None or then not in both or int(then) >= term.start_year or not themes:
        return None
    sides = [both[then], now]
    chosen = TermsSelection(municipality, int(then), term.start_year, theme_slug)
    if chosen.words != about:
        return None
    name = f"{now.municipality}: {sides[0].term} en {term}"
    compared = Compared(
        columns=[Column(each, str(each.term), "") for each in sides],
        themes=themes,
        title=str(now.municipality),
        subtitle=f"{'Zes thema’s' if len(themes) > 1 else themes[0]} in {sides[0].term} en {term}",
        address=f"{reverse('overview:compare-terms')}?{chosen.query}",
        by_term=True,
    )
    return name, partial(comparison_report, compared)


def _before(term):
    return CouncilTerm.objects.filter(end_year=term.start_year).first()


_FINDERS = {
    Kind.MUNICIPALITY: _municipality,
    Kind.BRIEF: _brief,
    Kind.THEME: _theme,
    Kind.MEMO: _memo,
    Kind.COMPARISON: _comparison,
    Kind.TERMS: _terms,
}
