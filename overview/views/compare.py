"""The pages that lay agreements beside each other: municipalities in one term, or two terms of one."""

from dataclasses import dataclass, replace

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from municipalities.models import Coalition, CouncilTerm
from municipalities.published import readers_only
from overview import selection
from overview.comparison import Column, compare
from overview.focus_points import focus_points
from overview.remembering import drawn, remembered, sight
from overview.selection import Known, Selection
from overview.suggestions import default_theme, suggestions
from overview.views.terms import terms_with
from themes.models import Theme


@dataclass(frozen=True)
class Options:
    """What there is to choose in one term, as rows and as the words of an address."""

    terms: list
    term: CouncilTerm
    themes: list
    coalitions: dict  # by the municipality's slug
    points: dict  # per key of a theme

    @property
    def known(self):
        return Known(
            terms=[term.start_year for term in self.terms],
            themes={theme.slug: theme.name for theme in self.themes},
            points={
                theme.slug: {point.slug: point.name for point in self.points.get(theme.pk, [])}
                for theme in self.themes
            },
            municipalities={slug: c.municipality.name for slug, c in self.coalitions.items()},
        )

    @property
    def subjects(self):
        """The choices of the form: [(theme, [focus point, …]), …]."""
        return [(theme, self.points.get(theme.pk, [])) for theme in self.themes]

    def theme(self, slug):
        return next(theme for theme in self.themes if theme.slug == slug)


@require_GET
@readers_only
def municipalities(request):
    """Several municipalities beside each other, on one theme or focus point.

    The address holds the whole selection and nothing else; one that says it in another way is sent on.
    """
    asked, seen = dict(request.GET.lists()), sight()
    options, complaints = _options(asked, seen)
    chosen, wrong = selection.read(asked, options.term.start_year, options.known)
    complaints += wrong
    if chosen.is_whole and not complaints and request.GET.urlencode() != chosen.query:
        return redirect(f"{request.path}?{chosen.query}")
    own = getattr(request.user, "municipality", None)
    if chosen.is_empty and not complaints:
        chosen = _default(options, own)
    return render(
        request,
        "overview/compare.html",
        {
            "options": options,
            "terms": options.terms,
            "term": options.term,
            "chosen": chosen,
            "complaints": complaints,
            "switch": _switch(options, chosen),
            "suggestions": drawn(
                "overview/_compare_suggestions.html",
                chosen.query,
                own and own.pk,
                context=lambda: {
                    "suggestions": suggestions(options, chosen, own),
                    "is_open": not chosen.is_whole,
                },
                seen=seen,
            ),
            **(_comparison(request, options, chosen, seen) if chosen.is_whole else {}),
        },
    )


def _switch(options, chosen):
    """The same selection in the other terms, as far as it exists there."""
    path = reverse("overview:compare")
    return [
        (term, f"{path}?{replace(chosen, year=term.start_year).query}")
        for term in reversed(options.terms)
    ]


def _options(asked, seen):
    terms, newest = terms_with()
    years = [term.start_year for term in terms]
    year, complaints = selection.read_year(asked, "raadsperiode", years, newest.start_year)
    term = next(term for term in terms if term.start_year == year)
    options = remembered(
        ("what can be compared", year), lambda: _options_of(term, terms), seen=seen
    )
    return options, complaints


def _options_of(term, terms):
    coalitions = Coalition.objects.filter(term=term).select_related("municipality")
    options = Options(
        terms=terms,
        term=term,
        themes=list(Theme.objects.all()),
        coalitions={
            coalition.municipality.slug: coalition
            for coalition in coalitions.order_by("municipality__name")
        },
        points=focus_points([term.pk]),
    )
    for coalition in options.coalitions.values():
        coalition.term = term
    return options


def _default(options, own):
    """One's own municipality and its neighbours, where there is one."""
    if own is None or own.slug not in options.coalitions:
        return Selection(options.term.start_year)
    neighbours = own.neighbours.order_by("name").values_list("slug", flat=True)
    slugs = [own.slug, *(slug for slug in neighbours if slug in options.coalitions)]
    theme = default_theme(options.coalitions[own.slug], options.themes)
    return Selection(
        options.term.start_year, theme.slug if theme else "", "", tuple(slugs[: selection.MOST])
    )


def _comparison(request, options, chosen, seen):
    theme = options.theme(chosen.theme)
    coalitions = [options.coalitions[slug] for slug in chosen.municipalities]
    columns = [_column(each, each.municipality.name, theme.slug) for each in coalitions]
    subject = options.known.points[theme.slug].get(chosen.point, theme.name)
    title = f"{subject} in {len(columns)} gemeenten, {options.term}"
    address = f"{reverse('overview:compare')}?{chosen.query}"
    return {
        "table": drawn(
            "overview/_compare_table.html",
            chosen.query,
            context=lambda: {
                "groups": compare(columns, [theme], point=chosen.point),
                "columns": columns,
                "title": title,
            },
            seen=seen,
        ),
        "theme": theme,
        "title": title,
    } | _to_send(request, title, address)


def _column(coalition, name, theme=""):
    place = [coalition.term.start_year, coalition.municipality.slug]
    address = reverse("overview:municipality", args=place)
    return Column(coalition, name, f"{address}#{theme}" if theme else address)


def _to_send(request, title, address):
    absolute = request.build_absolute_uri(address)
    return {"address": absolute, "mail": selection.mail(f"Vergelijking: {title}", absolute)}


@require_GET
@readers_only
def terms(request):
    """Two council terms of one municipality beside each other, on one theme or on all."""
    asked = dict(request.GET.lists())
    terms, newest = terms_with()
    themes = list(Theme.objects.all())
    coalitions = list(Coalition.objects.select_related("municipality", "term"))
    there = {}
    for coalition in coalitions:
        there.setdefault(coalition.municipality.slug, set()).add(coalition.term.start_year)
    own = getattr(request.user, "municipality", None)
    chosen, complaints = selection.read_terms(
        asked,
        terms=[term.start_year for term in terms],
        newest=newest.start_year,
        themes={theme.slug for theme in themes},
        there=there,
        own=own.slug if own else "",
    )
    if asked and chosen.is_whole and not complaints and request.GET.urlencode() != chosen.query:
        return redirect(f"{request.path}?{chosen.query}")
    places = {coalition.municipality.slug: coalition.municipality for coalition in coalitions}
    shown = _terms_comparison(request, chosen, themes, coalitions) if chosen.is_whole else {}
    return render(
        request,
        "overview/compare_terms.html",
        {
            "terms": terms,
            "term": newest,
            "themes": themes,
            "places": sorted(places.values(), key=str),
            "chosen": chosen,
            "complaints": complaints,
            **shown,
        },
    )


def _terms_comparison(request, chosen, themes, coalitions):
    at = {
        coalition.term.start_year: coalition
        for coalition in coalitions
        if coalition.municipality.slug == chosen.municipality
    }
    then, now = at[chosen.then], at[chosen.now]
    columns = [_column(each, str(each.term), chosen.theme) for each in (then, now)]
    shown = [theme for theme in themes if chosen.theme in ("", theme.slug)]
    subject = f"{shown[0]}: " if chosen.theme else ""
    title = f"{subject}{now.municipality} in {then.term} en {now.term}"
    address = f"{reverse('overview:compare-terms')}?{chosen.query}"
    return {
        "table": drawn(
            "overview/_compare_table.html",
            chosen.query,
            context=lambda: {
                "groups": compare(columns, shown),
                "columns": columns,
                "title": title,
                "by_term": True,
            },
        ),
        "term": now.term,
        "title": title,
    } | _to_send(request, title, address)
