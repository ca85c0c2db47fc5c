"""What the page of search shows, put together."""

import logging
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import OperationalError

from search.address import Address, Choices
from search.facets import facets_of
from search.hits import (
    LAST_PAGE,
    PER_PAGE,
    Found,
    count,
    find,
    in_time,
    seen_anywhere,
)
from search.meaning import folded_words, meaning_of, near_to, words_asked, words_of
from search.shown import hits_of

log = logging.getLogger(__name__)


class Way(NamedTuple):
    """Something to try where nothing was found."""

    words: str
    url: str
    number: int | None = None


@dataclass
class Results:
    """Everything under the search field."""

    address: Address
    found: Found = field(default_factory=Found)
    hits: list = field(default_factory=list)
    facets: list = field(default_factory=list)
    ways: list = field(default_factory=list)
    trouble: str = ""

    @property
    def is_asked(self):
        return bool(self.address.question.text)

    @property
    def sentence(self):
        """What was found, in one line; also said to who can't see the page change."""
        if self.trouble or not self.is_asked:
            return self.trouble
        total, municipalities = self.found.total, self.found.municipalities
        if not total:
            return "Niets gevonden."
        places = "1 plaats" if total == 1 else f"{total} plaatsen"
        if not municipalities:
            return f"{places}."
        return f"{places} in {municipalities} {'gemeente' if municipalities == 1 else 'gemeenten'}."

    @property
    def is_empty(self):
        return self.is_asked and not self.found.total

    @property
    def without_longer(self):
        return self.address.but(exact="1").url

    @property
    def with_longer(self):
        return self.address.but(exact="").url

    @property
    def first(self):
        """The number of the first hit on this page."""
        return PER_PAGE * (self.address.bladzijde - 1) + 1

    @property
    def pages(self):
        return min(-(-self.found.total // PER_PAGE), LAST_PAGE)

    @property
    def is_cut(self):
        return self.found.total > LAST_PAGE * PER_PAGE

    @property
    def earlier(self):
        here = self.address.bladzijde
        return self.address.but(bladzijde=here - 1).url if here > 1 else ""

    @property
    def later(self):
        here = self.address.bladzijde
        return self.address.but(bladzijde=here + 1).url if here < self.pages else ""


def search(address: Address, choices: Choices) -> Results:
    """Look for the question of an address. What takes too long is said, as trouble."""
    results = Results(address)
    question = address.question
    if not results.is_asked:
        return results
    if not question.wanted:
        results.trouble = (
            "Noem ook een woord dat er wél moet staan."
            if question.unwanted
            else "Hierin staat geen woord om op te zoeken. Typ een woord."
        )
        return results
    try:
        with in_time():
            _fill(results, choices)
    except OperationalError as problem:
        log.warning("a search was broken off: %s", problem)
        return Results(
            address, trouble="Deze vraag duurt te lang. Gebruik een ander woord of kies een filter."
        )
    return results


def _fill(results, choices):
    address = results.address
    meaning = meaning_of(address.question, is_exact=bool(address.exact))
    if meaning.is_empty:
        results.trouble = (
            "Deze woorden staan overal, zoals “de” en “het”. Kies een woord dat meer zegt."
        )
        return
    filters = address.filters(choices)
    results.found = find(meaning, filters, page=address.bladzijde)
    results.facets = facets_of(results.found, address, choices)
    if not results.found.total:
        results.ways = _ways(results.found, address, filters)
        return
    lit = words_of(meaning.stems) | folded_words(address.question)
    results.hits = hits_of(results.found.entries, lit, choices)


def _ways(found, address, filters):
    """What to try: each leads somewhere, and says how much is there where that is known."""
    question, ways = address.question, []
    if found.whole:
        ways.append(Way("Zoek zonder filter", address.without_filter.url, found.whole))
    if question.has_phrase:
        loose = address.but(q=question.text.translate(str.maketrans("", "", '"“”„«»')))
        ways.append(Way("Zoek zonder aanhalingstekens", loose.url))
    if address.exact:
        ways.append(Way("Zoek ook in langere woorden", address.but(exact="").url))
    ways += _other_spellings(address)
    if len(question.wanted) > 1:
        ways += _fewer_words(address, filters)
    return ways


def _other_spellings(address):
    """Words that readers can find and that look like one of the question that they can't."""
    asked = words_asked(address.question)
    known = seen_anywhere(asked, most=len(asked))
    for word in asked:
        if word in known:
            continue
        for near in seen_anywhere(near_to(word.word), most=3):
            terms = [
                near.word if term.part == word.word else _written(term)
                for term in address.question.terms
            ]
            yield Way(f"Bedoelt u “{near.word}”?", address.but(q=" ".join(terms)).url)


def _fewer_words(address, filters):
    """The same question without one of its words, where that gives something."""
    terms = address.question.terms
    for term in address.question.wanted[:4]:
        rest = " ".join(_written(other) for other in terms if other != term)
        fewer = address.but(q=rest)
        meaning = meaning_of(fewer.question, is_exact=bool(address.exact))
        number = 0 if meaning.is_empty else count(meaning.tsquery, filters)
        if number:
            yield Way(f"Zoek zonder “{term.text}”", fewer.url, number)


def _written(term):
    text = f'"{term.text}"' if term.is_phrase else term.text
    return f"-{text}" if term.is_minus else text
