"""With whom it is worth comparing: of like size, or most different. No Django inside."""

from collections.abc import Mapping
from dataclasses import dataclass

Levels = Mapping[str, int]  # per theme, only what is judged


def like_size(of: str, population: Mapping[str, int | None], number: int = 3) -> list[str]:
    """Who is nearest in population; who isn't known can't be near. Empty when the own isn't known."""
    own = population[of]
    if own is None:
        return []
    others = {name: size for name, size in population.items() if name != of and size is not None}
    return sorted(others, key=lambda name: (abs(others[name] - own), name))[:number]


@dataclass(frozen=True)
class Different:
    """Who differs most, and on which themes most of all."""

    name: str
    themes: list[str]


def most_different(of: str, levels: Mapping[str, Levels]) -> Different | None:
    """Who is farthest away in levels, all themes together that both have judged; nobody if none differs."""
    own = levels.get(of, {})
    apart = {
        name: {theme: abs(own[theme] - level) for theme, level in theirs.items() if theme in own}
        for name, theirs in levels.items()
        if name != of
    }
    total = {name: sum(distances.values()) for name, distances in apart.items()}
    if not any(total.values()):
        return None
    name = min(total, key=lambda name: (-total[name], name))
    largest = max(apart[name].values())
    return Different(name, [theme for theme, far in apart[name].items() if far == largest])
