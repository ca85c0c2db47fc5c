"""The suggestions of the page that compares: neighbours, like size, most different."""

from dataclasses import dataclass, replace

from assessments.models import Assessment
from overview.likeness import like_size, most_different
from overview.selection import MOST
from overview.sentences import listing


@dataclass(frozen=True)
class Suggestion:
    """What can be laid beside each other, with its address; without one, why it can't."""

    words: str
    query: str = ""


def default_theme(coalition, themes):
    """The first theme of which something of this coalition is published; else the first there is."""
    published = set(
        Assessment.objects.published().filter(coalition=coalition).values_list("theme", flat=True)
    )
    return next((theme for theme in themes if theme.pk in published), next(iter(themes), None))


def suggestions(options, chosen, own):
    """With whom to compare the municipality that was chosen first, or else one's own; in two queries.

    Without either: the whole region, per theme.
    """
    slug = next(iter(chosen.municipalities), own.slug if own else "")
    if slug not in options.coalitions:
        return _whole_region(options, chosen)
    theme = chosen.theme or (options.themes[0].slug if options.themes else "")
    base = replace(chosen, theme=theme)
    municipality = options.coalitions[slug].municipality
    found = [
        _neighbours(options, base, municipality),
        _like_size(options, base, municipality),
        _most_different(options, base, municipality),
    ]
    return [suggestion for suggestion in found if suggestion]


def _whole_region(options, chosen):
    everyone = tuple(options.coalitions)[:MOST]
    if len(everyone) < 2:
        return []
    return [
        Suggestion(
            f"Alle {len(everyone)} gemeenten over {theme}",
            replace(chosen, theme=theme.slug, point="", municipalities=everyone).query,
        )
        for theme in options.themes
    ]


def _with(base, municipality, slugs):
    return replace(base, municipalities=(municipality.slug, *slugs)[:MOST]).query


def _names(options, slugs):
    return listing([options.coalitions[slug].municipality.name for slug in slugs])


def _neighbours(options, base, municipality):
    rows = municipality.neighbours.order_by("name").values_list("slug", flat=True)
    slugs = [slug for slug in rows if slug in options.coalitions]
    if not slugs:
        return None
    return Suggestion(
        f"{municipality} en de buurgemeenten: {_names(options, slugs)}",
        _with(base, municipality, slugs),
    )


def _like_size(options, base, municipality):
    population = {slug: c.municipality.population for slug, c in options.coalitions.items()}
    if population[municipality.slug] is None:
        return Suggestion(
            f"Even groot: dat is niet te zeggen. Het aantal inwoners van {municipality} is niet bekend."
        )
    slugs = like_size(municipality.slug, population)
    if not slugs:
        return None
    unknown = sum(size is None for size in population.values())
    of = "gemeente" if unknown == 1 else "gemeenten"
    aside = f" (van {unknown} {of} is het aantal inwoners niet bekend)" if unknown else ""
    return Suggestion(
        f"Ongeveer even groot als {municipality}: {_names(options, slugs)}{aside}",
        _with(base, municipality, slugs),
    )


def _most_different(options, base, municipality):
    slugs = {coalition.pk: slug for slug, coalition in options.coalitions.items()}
    names = {theme.pk: theme.name for theme in options.themes}
    levels = {}
    rows = Assessment.objects.published().for_term(options.term).order_by()
    for coalition, theme, level in rows.values_list("coalition_id", "theme_id", "level"):
        levels.setdefault(slugs[coalition], {})[names[theme]] = level
    found = most_different(municipality.slug, levels)
    if found is None:
        return None
    other = options.coalitions[found.name].municipality
    themes = listing([name.lower() for name in names.values() if name in found.themes])
    return Suggestion(
        f"{other} verschilt het meest van {municipality}: op {themes}",
        _with(base, municipality, [found.name]),
    )
