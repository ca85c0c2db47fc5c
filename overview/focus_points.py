"""The focus points of one or more council terms, as one list: by their slug they are the same."""

from dataclasses import dataclass

from themes.models import FocusPoint


@dataclass(frozen=True)
class Point:
    """A focus point, named as in the newest of the terms, with the terms (keys) in which it is asked."""

    slug: str
    name: str
    asked: frozenset


def focus_points(terms):
    """Per theme (by its key) those that at least one of these terms asks, in one query; the order is
    that of the newest term.
    """
    rows = (
        FocusPoint.objects.filter(regional_input__term__in=terms)
        .order_by("-regional_input__term__start_year", "position")
        .values_list("theme_id", "slug", "name", "is_dropped", "regional_input__term_id")
    )
    names, asked = {}, {}
    for theme, slug, name, is_dropped, term in rows:
        names.setdefault(theme, {}).setdefault(slug, name)
        asked.setdefault((theme, slug), set()).update([] if is_dropped else [term])
    return {
        theme: [
            Point(slug, name, frozenset(asked[theme, slug]))
            for slug, name in of_theme.items()
            if asked[theme, slug]
        ]
        for theme, of_theme in names.items()
    }
