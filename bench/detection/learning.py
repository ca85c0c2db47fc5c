"""Learns the weights of the terms from labelled passages, starting from the weights set by hand.

Logistic regression over the terms, one theme at a time, in plain Python. Three things keep it
explainable: only terms that people wrote take part, every weight stays near what people set, and it
is rounded to 0.05. There is no chance in it: the same passages give the same weights.
"""

import json
import math
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from themes.detection import LIMIT, THEMES, Detector, Weighted

FOLDER = Path(__file__).parent
STEEPNESS = 3.0  # how sure it is, a third above the limit
PULL = 5.0  # towards the weight set by hand; more keeps closer
MISSED = 2.5  # a missed theme weighs more than a false alarm, which a person rejects at a glance
ROOM = 0.3  # a weight moves at most this part of what people set
STEP = 0.05
ROUNDS = 40


@dataclass(frozen=True)
class Passage:
    """A labelled passage; the kind says what makes it hard."""

    id: str
    text: str
    themes: frozenset[str]
    kind: str


def passages(file: Path = FOLDER / "labelled.jsonl") -> list[Passage]:
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [
        Passage(row["id"], row["text"], frozenset(row["themes"]), row.get("kind", ""))
        for row in rows
    ]


def by_hand() -> list[Weighted]:
    """The terms with the weights that people gave them."""
    data = tomllib.loads((FOLDER / "by_hand.toml").read_text(encoding="utf-8"))
    return [
        Weighted(theme, text, float(weight))
        for theme, groups in data.items()
        for weight, texts in groups.items()
        for text in texts
    ]


def terms_in(labelled: Sequence[Passage], terms: Sequence[Weighted]) -> list[dict[str, set[str]]]:
    """Per passage and theme, the terms that stand in it."""
    detector = Detector(terms)
    return [
        {
            theme: {reason.term for reason in reasons}
            for theme, reasons in detector.explain(passage.text).items()
        }
        for passage in labelled
    ]


def learn(
    labelled: Sequence[Passage], found: Sequence[dict[str, set[str]]], terms: Iterable[Weighted]
) -> list[Weighted]:
    """The terms with the weights that these passages teach."""
    terms = list(terms)
    learned = []
    for theme in THEMES:
        own = {term.text: term.weight for term in terms if term.theme == theme}
        cases = [
            (here.get(theme, set()), theme in passage.themes)
            for passage, here in zip(labelled, found, strict=True)
        ]
        weights = _fit(cases, own)
        learned += [Weighted(theme, text, weight) for text, weight in weights.items()]
    return learned


def _fit(cases: Sequence[tuple[set[str], bool]], own: dict[str, float]) -> dict[str, float]:
    """Newton steps, one weight at a time, in the order of the terms."""
    weights = dict(own)
    scores = [sum(weights[term] for term in found) for found, _ in cases]
    holding: dict[str, list[int]] = {term: [] for term in own}
    for number, (found, _) in enumerate(cases):
        for term in found:
            holding[term].append(number)
    for _ in range(ROUNDS):
        for term, numbers in holding.items():
            slope = PULL * (weights[term] - own[term])
            bend = PULL
            for number in numbers:
                chance = 1 / (1 + math.exp(-STEEPNESS * (scores[number] - LIMIT)))
                is_about = cases[number][1]
                counts = MISSED if is_about else 1.0
                slope += counts * STEEPNESS * (chance - is_about)
                bend += counts * STEEPNESS**2 * chance * (1 - chance)
            new = _bounded(weights[term] - slope / bend, own[term])
            for number in numbers:
                scores[number] += new - weights[term]
            weights[term] = new
    return {term: round(round(weight / STEP) * STEP, 2) for term, weight in weights.items()}


def _bounded(weight: float, by_hand: float) -> float:
    near, far = sorted((by_hand * (1 - ROOM), by_hand * (1 + ROOM)))
    return min(max(weight, near), far)
