"""The sentence that opens a page: what a mayor would remember of it. No Django inside."""

import re
from collections.abc import Mapping, Sequence

# A full stop ends a sentence when a capital follows; so "o.a. de" and "€ 650.000" don't.
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý“‘\"'])")
NUMBERS = [
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
]


def in_words(number: int) -> str:
    """Write small numbers as words, as Dutch prose does."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def begin(sentence: str) -> str:
    """Begin a sentence with a capital; "één" loses the accent on it, as Dutch spelling has it."""
    if sentence.startswith("één"):
        return "Eén" + sentence[3:]
    return sentence[:1].upper() + sentence[1:]


def listing(words: Sequence[str]) -> str:
    """Join words as people do: "a, b en c"; with semicolons when one of them has a comma of its own."""
    *first, last = words
    if first and any("," in word for word in words):
        return "; ".join(words)
    return f"{', '.join(first)} en {last}" if first else last


def of_region(levels: Mapping[str, Sequence[int]]) -> str:
    """Say which theme most, and which fewest, of the judged municipalities have in their agreement.

    `levels` gives per theme the published levels (0 to 3). Empty when nothing is published.
    """
    judged = {theme: found for theme, found in levels.items() if found}
    if not judged:
        return "Er is voor deze raadsperiode nog niets gepubliceerd."
    share = {
        theme: sum(level > 0 for level in found) / len(found) for theme, found in judged.items()
    }
    most, least = max(share, key=lambda t: share[t]), min(share, key=lambda t: share[t])
    if share[most] == share[least]:
        return "De zes thema’s komen even vaak terug in de beoordeelde akkoorden."
    return f"{most} komt het vaakst terug, {least.lower()} het minst: {_count(judged[least])}."


def of_theme(levels: Sequence[int]) -> str:
    """Say how many of the judged municipalities have the theme, and how many are concrete."""
    if not levels:
        return "Voor dit thema is nog niets gepubliceerd."
    concrete = sum(level == 3 for level in levels)
    tail = f", {in_words(concrete)} daarvan concreet" if concrete else ""
    return f"{begin(_count(levels))}{tail}."


def of_focus_point(
    *, silent: int, judged: int, funded: Sequence[str], concrete: Sequence[str], about: str = ""
) -> str:
    """Say how many of the judged municipalities are silent, and who has a measure for it.

    `about` names the focus point where that isn't clear from its place on the page.
    """
    if not judged:
        return "Hierover is nog niets gepubliceerd."
    those = f"de {in_words(judged)} beoordeelde gemeenten"
    over = f" over “{about}”" if about else " hierover"
    if judged == 1:
        said = f"De enige beoordeelde gemeente {'zwijgt' if silent else 'zwijgt niet'}{over}"
    elif not silent:
        said = f"Geen van {those} zwijgt{over}"
    elif silent == judged:
        said = f"Alle {in_words(judged)} beoordeelde gemeenten zwijgen{over}"
    else:
        verb = "zwijgt" if silent == 1 else "zwijgen"
        said = f"{begin(in_words(silent))} van {those} {verb}{over}"
    for names, what in ((funded, "er geld voor"), (concrete, "er een maatregel voor")):
        if names:
            have = "heeft" if len(names) == 1 else "hebben"
            who = listing(names) if len(names) <= 3 else in_words(len(names))
            return f"{said}; {who} {have} {what}."
    return f"{said}."


def of_allies(neighbours: Sequence[str], others: Sequence[str]) -> str:
    """Say who else works on a focus point, neighbours first and named as such. Empty without any."""
    said = []
    if neighbours:
        beside = "Buurgemeente" if len(neighbours) == 1 else "Buurgemeenten"
        said.append(f"{beside} {listing(neighbours)} {_work(neighbours)} eraan.")
    if others:
        at_it = "er ook aan" if neighbours else "eraan"
        said.append(f"{begin(listing(others))} {_work(others)} {at_it}.")
    return " ".join(said)


def _work(names: Sequence[str]) -> str:
    return "werkt" if len(names) == 1 else "werken"


def of_change(then: str, now: str, names: Sequence[str], *, year: int) -> str:
    """Say of which municipalities a level was another in the term before, and what it is now."""
    return f"In {year} {then}, nu {now}: {listing(names)}."


def _count(levels: Sequence[int]) -> str:
    mentions = sum(level > 0 for level in levels)
    have = "heeft" if mentions == 1 else "hebben"
    return f"{in_words(mentions)} van de {in_words(len(levels))} beoordeelde gemeenten {have} het in het akkoord"


def of_municipality(levels: Mapping[str, int | None]) -> str:
    """Say how many themes the agreements hold, which are absent, and which aren't judged yet.

    `levels` gives the level per theme, or None where it isn't judged (and published) yet.
    """
    known = {theme: level for theme, level in levels.items() if level is not None}
    if not known:
        return "Er is nog geen beoordeling gepubliceerd."
    present = [theme for theme, level in known.items() if level]
    absent = [theme.lower() for theme, level in known.items() if level == 0]
    judged = "" if len(known) == len(levels) else "beoordeelde "
    whole = f"de {in_words(len(known))} {judged}thema’s"
    stand = "staat" if len(present) == 1 else "staan"
    if len(present) == len(known) > 1:
        sentence = f"Alle {whole.removeprefix('de ')} staan in het akkoord"
    else:
        sentence = f"{begin(in_words(len(present)))} van {whole} {stand} in het akkoord"
    if len(absent) == 1:
        sentence += f"; {absent[0]} ontbreekt"
    sentence += "."
    if len(absent) > 1:
        sentence += f" Niet in het akkoord: {listing(absent)}."
    waiting = len(levels) - len(known)
    if waiting:
        verb = "is" if waiting == 1 else "zijn"
        sentence += f" {begin(in_words(waiting))} {verb} nog niet beoordeeld."
    return sentence


def of_level_before(before: int | None, now: int | None, *, year: int, words: Sequence[str]) -> str:
    """Say what a theme's level was in the term that began in `year`, beside the level of now.

    `words` are the names of the levels. Empty when one of both isn't judged.
    """
    if before is None or now is None:
        return ""
    return f"Net als in {year}" if before == now else f"In {year}: {words[before]}"


def of_changes(levels: Mapping[str, tuple[int | None, int | None]], *, year: int) -> str:
    """Say which themes are in the agreements more, and which less strongly than in the term of `year`.

    `levels` gives per theme the level then and now. Empty when nothing can be compared.
    """
    pairs = {
        theme.lower(): (then, now)
        for theme, (then, now) in levels.items()
        if then is not None and now is not None
    }
    if not pairs:
        return ""
    stronger = [theme for theme, (then, now) in pairs.items() if now > then]
    weaker = [theme for theme, (then, now) in pairs.items() if now < then]
    if not stronger and not weaker:
        return f"De oordelen zijn gelijk aan die van {year}."
    said = []
    if stronger:
        said.append(f"Sterker dan in {year}: {listing(stronger)}.")
    if weaker:
        said.append(f"Zwakker dan in {year}: {listing(weaker)}.")
    return " ".join(said)


def first(text: str) -> str:
    """The first sentence of a text; all of it when it has no end that can be told."""
    return _END.split(text.strip(), maxsplit=1)[0]


def of_basis(editions: Sequence[tuple[str, int]]) -> str:
    """Say which versions a judgement rests on; `editions` are titles and numbers. Empty without any."""
    if not editions:
        return ""
    return f"Dit oordeel rust op {listing([_edition(*edition) for edition in editions])}."


def of_newer_versions(
    newer: Sequence[tuple[str, int]],
    added: Sequence[str] = (),
    *,
    quotes: int,
    touched: int,
    is_absence: bool,
) -> str:
    """Say what newer versions did to a published judgement: nothing of what they hold, only how many
    of its quotes are touched. `added` are titles of documents that weren't there at all. Empty when
    nothing is new.
    """
    said = []
    if len(newer) == 1:
        said.append(f"Er is een nieuwere versie van dit akkoord (versie {newer[0][1]}).")
    elif newer:
        said.append(f"Er zijn nieuwere versies: {listing([_edition(*each) for each in newer])}.")
    if added:
        said.append(f"Er is een nieuw document: {listing([f'“{title}”' for title in added])}.")
    if not said:
        return ""
    if is_absence:
        said.append("Daarin is nog niet op dit thema gezocht. VRT beoordeelt het opnieuw.")
    elif touched:
        are = "citaat is" if touched == 1 else "citaten zijn"
        said.append(f"{begin(in_words(touched))} {are} daarin gewijzigd of verdwenen.")
        said.append("VRT beoordeelt het opnieuw.")
    else:
        stand = "Het citaat staat" if quotes == 1 else "De citaten staan"
        said.append(f"{stand} er ongewijzigd in.")
    return " ".join(said)


def _edition(title: str, number: int) -> str:
    return f"versie {number} van “{title}”"
