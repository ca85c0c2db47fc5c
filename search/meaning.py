"""What a question means to the database: stems to look for, and longer words that hold a word of it."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from agreements.finding import fold
from search.question import Question
from search.statement import Statement

MOST_LONGER = 40  # words that one word may stand in

_LONGER = """
    SELECT needle.number, longer.word, longer.folded, longer.stem
    FROM unnest(%(parts)s::text[]) WITH ORDINALITY needle(part, number),
    LATERAL (
        SELECT word, folded, stem FROM search_word
        WHERE grams @> search_grams(needle.part) AND strpos(folded, needle.part) > 0
        AND stem <> ALL (ts_lexize('pg_catalog.dutch_stem', needle.part))
        ORDER BY length(folded), folded LIMIT %(most)s
    ) longer
    WHERE cardinality(ts_lexize('pg_catalog.dutch_stem', needle.part)) > 0
"""
_READ = """
    SELECT numnode({wanted}), ({wanted} {unwanted})::text,
        tsvector_to_array(to_tsvector('pg_catalog.dutch', search_fold(%(words)s)))
"""
_TERM = "phraseto_tsquery('pg_catalog.dutch', search_fold(%({name})s))"


@dataclass(frozen=True)
class Longer:
    """A word that holds a word of the question."""

    word: str
    stem: str


@dataclass(frozen=True)
class Meaning:
    """A question as the database understands it."""

    tsquery: str  # empty: there is nothing to look for
    stems: tuple[str, ...]  # of what is found, to be lit
    longer: tuple[Longer, ...]

    @property
    def is_empty(self):
        return not self.tsquery


def meaning_of(question: Question, *, is_exact=False):
    """Look up the stems of a question, and unless it is exact the longer words. In two queries."""
    longer = {} if is_exact else _longer([term.part for term in question.wanted])
    about = {"words": " ".join(term.text for term in question.wanted)}
    wanted, unwanted = [], []
    for number, term in enumerate(question.wanted):
        about[f"term{number}"] = term.text
        words = longer.get(term.part, ())
        about[f"longer{number}"] = " | ".join(sorted({quoted(word.stem) for word in words}))
        wanted.append(f"({_TERM.format(name=f'term{number}')} || %(longer{number})s::tsquery)")
    for number, term in enumerate(question.unwanted):
        about[f"not{number}"] = term.text
        unwanted.append(f"&& !!{_TERM.format(name=f'not{number}')}")
    if not wanted:
        return Meaning("", (), ())
    size, tsquery, stems = Statement(**about).row(
        _READ.format(wanted=" && ".join(wanted), unwanted=" ".join(unwanted))
    )
    found = dict.fromkeys(word for words in longer.values() for word in words)
    return Meaning(
        tsquery if size else "", tuple({*stems, *(word.stem for word in found)}), tuple(found)
    )


def _longer(parts):
    """Per part the words that hold it."""
    parts = [part for part in dict.fromkeys(parts) if part]
    if not parts:
        return {}
    found = {}
    for number, word, _, stem in Statement(parts=parts, most=MOST_LONGER).rows(_LONGER):
        found.setdefault(parts[number - 1], []).append(Longer(word, stem))
    return found


def quoted(stem):
    """A stem as it is written in a tsquery."""
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def words_of(stems):
    """Every word, folded, that has one of these stems: what is lit."""
    found = Statement(stems=list(stems)).rows(
        "SELECT DISTINCT folded FROM search_word WHERE stem = ANY(%(stems)s)"
    )
    return {word for (word,) in found}


_OWN = """
    SELECT part, stem FROM unnest(%(parts)s::text[]) part,
    LATERAL unnest(ts_lexize('pg_catalog.dutch_stem', part)) stem
"""
_NEAR = """
    SELECT word, folded, stem FROM search_word
    WHERE grams && search_grams(%(part)s) AND abs(length(folded) - length(%(part)s)) <= 3
    ORDER BY cardinality(ARRAY(SELECT unnest(grams) INTERSECT SELECT unnest(search_grams(%(part)s)))) DESC,
        folded
    LIMIT 40
"""


def words_asked(question: Question):
    """The first words of a question by themselves, of which another spelling could be meant."""
    parts = [part for term in question.wanted if (part := term.part)][:3]
    return [Longer(part, stem) for part, stem in Statement(parts=parts).rows(_OWN)]


def near_to(part):
    """Words that look like this one; whether a reader may know of them isn't asked here."""
    near = [
        (Levenshtein.distance(part, folded), Longer(word, stem))
        for word, folded, stem in Statement(part=part).rows(_NEAR)
    ]
    close = [pair for pair in near if pair[0] <= max(2, len(part) // 4)]
    return [word for _, word in sorted(close, key=lambda pair: pair[0])[:8]]


def folded_words(question: Question):
    """The words of a question as they are lit where no stem is known of them."""
    return {word for term in question.wanted for word in re.findall(r"[^\W_]+", fold(term.text))}
