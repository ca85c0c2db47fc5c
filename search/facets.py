"""What a search can be narrowed to."""

from typing import NamedTuple

from search.address import KIND_NAMES
from search.hits import KINDS

MOST_CHOICES = 40  # of one filter; Twente has fourteen municipalities


class Choice(NamedTuple):
    """A value of a filter, with what choosing it gives; chosen again it is dropped."""

    name: str
    number: str
    url: str
    is_chosen: bool
    theme: object = None


class Facet(NamedTuple):
    title: str
    choices: list


def facets_of(found, address, choices):
    """What the search can be narrowed to, each with how much it holds. What holds nothing is left out."""
    kinds = {
        word: sum(found.by_kind.get(kind, 0) for kind in kinds) for word, kinds in KINDS.items()
    }
    facets = [
        _facet("Gemeente", "gemeente", address, [
            (slug, m.name, found.by_municipality.get(m.pk, 0))
            for slug, m in choices.municipalities.items()
        ]),
        _facet("Thema", "thema", address, [
            (slug, theme.name, found.by_theme.get(theme.pk, 0), theme)
            for slug, theme in choices.themes.items()
        ]),
        _facet("Soort", "soort", address, [
            (word, KIND_NAMES[word], kinds[word]) for word in KINDS
        ]),
        _facet("Oordeel", "oordeel", address, [
            (word, level.label, found.by_level.get(level.value, 0))
            for word, level in choices.levels.items()
        ]),
        _facet("Raadsperiode", "periode", address, [
            (word, str(term), found.by_term.get(term.pk, 0))
            for word, term in choices.terms.items()
        ]),
    ]  # fmt: skip
    return [facet for facet in facets if facet.choices]


def _facet(title, name, address, values):
    """The choices of a filter, in their own order; of a great many those that hold most."""
    chosen = getattr(address, name)
    if len(values) > MOST_CHOICES:
        kept = set(sorted(values, key=lambda value: (value[0] != chosen, -value[2]))[:MOST_CHOICES])
        values = [value for value in values if value in kept]
    rest = address.but(**{name: ""}).url  # each choice is the same address with a word more
    return Facet(
        title,
        [
            Choice(
                words,
                str(number),
                rest if word == chosen else f"{rest}&{name}={word}",
                word == chosen,
                *theme,
            )
            for word, words, number, *theme in values
            if number or word == chosen
        ],
    )
