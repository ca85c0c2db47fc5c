"""Measure the detection: `python -m bench.detection`; with --learn, write the shipped terms anew.

Prints how good the weights set by hand are, and those that learning makes of them, by five-fold
cross-validation: learned from four fifths of the labelled passages, tried on the other fifth, five times.
"""

import argparse
import time
from collections.abc import Sequence

from bench.detection.learning import Passage, by_hand, learn, passages, terms_in
from themes.detection import LIMIT, SEARCH_WEIGHT, THEMES, Detector, Weighted
from themes.shipped import FILE

FOLDS = 5
PAGE = 3000  # characters on a dense A4
PAGES = 100
HEADING = """\
# The terms of the detection with their weights: written by `python -m bench.detection --learn`, from
# the weights in bench/detection/by_hand.toml and the passages in bench/detection/labelled.jsonl.
# Loaded once, by load_reference; after that the database is the truth.
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.detection", description=__doc__)
    parser.add_argument("--learn", action="store_true", help="schrijf themes/data/terms.toml")
    parser.add_argument("--errors", action="store_true", help="noem ook wat er misgaat")
    options = parser.parse_args()
    labelled, terms = passages(), by_hand()
    found = terms_in(labelled, terms)
    if options.learn:
        FILE.write_text(as_toml(learn(labelled, found, terms)), encoding="utf-8")
        print(f"{FILE} is geschreven.")
    by_hand_only = [themes(here, terms) for here in found]
    learned = cross_validate(labelled, found, terms)
    report(f"Met de hand gezet, {len(labelled)} passages", labelled, by_hand_only)
    report(f"Geleerd, {FOLDS} keer beproefd op wat niet geleerd is", labelled, learned)
    if options.errors:
        errors(labelled, learned)
    speed(labelled, terms)


def themes(found: dict[str, set[str]], terms: Sequence[Weighted]) -> set[str]:
    weights = {(term.theme, term.text): term.weight for term in terms}
    return {
        theme
        for theme, texts in found.items()
        if round(sum(weights[theme, text] for text in texts), 2) >= LIMIT
    }


def cross_validate(
    labelled: Sequence[Passage], found: Sequence[dict[str, set[str]]], terms: Sequence[Weighted]
) -> list[set[str]]:
    """Per passage the themes found with weights that were learned without it."""
    answers: list[set[str]] = [set() for _ in labelled]
    for fold in range(FOLDS):
        others = [number for number in range(len(labelled)) if number % FOLDS != fold]
        learned = learn([labelled[n] for n in others], [found[n] for n in others], terms)
        for number in range(fold, len(labelled), FOLDS):
            answers[number] = themes(found[number], learned)
    return answers


def report(title: str, labelled: Sequence[Passage], answers: Sequence[set[str]]) -> None:
    print(f"\n{title}\n{'':<24}precisie  recall     F1")
    right = wrong = missed = 0
    for theme in THEMES:
        cases = [(theme in p.themes, theme in a) for p, a in zip(labelled, answers, strict=True)]
        counts = cases.count((True, True)), cases.count((False, True)), cases.count((True, False))
        right, wrong, missed = right + counts[0], wrong + counts[1], missed + counts[2]
        print(f"{theme:<24}{figures(*counts)}")
    print(f"{'samen (micro)':<24}{figures(right, wrong, missed)}")
    without = [answer for p, answer in zip(labelled, answers, strict=True) if not p.themes]
    print(f"vals alarm: {sum(map(bool, without))} van {len(without)} passages zonder thema")


def figures(right: int, wrong: int, missed: int) -> str:
    precision = right / max(1, right + wrong)
    recall = right / max(1, right + missed)
    return f"{precision:>8.3f}{recall:>8.3f}{2 * right / max(1, 2 * right + wrong + missed):>7.3f}"


def errors(labelled: Sequence[Passage], answers: Sequence[set[str]]) -> None:
    for passage, answer in zip(labelled, answers, strict=True):
        if answer != passage.themes:
            print(f"\n{passage.id} ({passage.kind}) {passage.text}")
            print(f"  gemist: {sorted(passage.themes - answer)}")
            print(f"  te veel: {sorted(answer - passage.themes)}")


def speed(labelled: Sequence[Passage], terms: Sequence[Weighted]) -> None:
    text = "\n\n".join(passage.text for passage in labelled)
    text = (text * (PAGE * PAGES // len(text) + 1))[: PAGE * PAGES]
    detector = Detector(terms)
    begin = time.process_time()
    for start in range(0, len(text), PAGE):
        detector.detect(text[start : start + PAGE])
    seconds = time.process_time() - begin
    print(
        f"\nsnelheid: {PAGES / seconds:.0f} bladzijden van {PAGE} tekens per seconde, op één kern"
    )


def as_toml(terms: Sequence[Weighted]) -> str:
    lines = [HEADING]
    for theme in THEMES:
        own = sorted(
            (term for term in terms if term.theme == theme),
            key=lambda term: (-term.weight, term.text),
        )
        lines.append(f"[{theme}]")
        for comment, group in (
            ("Enough by itself", [t for t in own if t.weight >= LIMIT]),
            ("Worth a search of its own", [t for t in own if SEARCH_WEIGHT <= t.weight < LIMIT]),
            ("Only supports", [t for t in own if 0 < t.weight < SEARCH_WEIGHT]),
            ("Takes away", [t for t in own if t.weight < 0]),
        ):
            if group:
                lines += [f"# {comment}", *(f"{key(t.text)} = {t.weight}" for t in group)]
        lines.append("")
    return "\n".join(lines)


def key(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'


if __name__ == "__main__":
    main()
