"""What the page of search shows, put together."""

import logging
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import OperationalError, connection
from django.urls import reverse

from search.address import KIND_NAMES, Address, Choices
from search.hits import (
    KINDS,
    LAST_PAGE,
    PER_PAGE,
    Found,
    count,
    find,
    in_time,
    seen_anywhere,
)
from search.meaning import folded_words, meaning_of, near_to, words_asked, words_of
from search.models import Entry
from search.snippets import Snippet, snippet

MOST_CHOICES = 40  # of one filter; Twente has fourteen municipalities
MOST_WORDS_LIT = 12  # of a document that is opened
LABELS = {
    **dict(Entry.Kind.choices),
    Entry.Kind.PAGE: "akkoord",
}

log = logging.getLogger(__name__)


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


class Way(NamedTuple):
    """Something to try where nothing was found."""

    words: str
    url: str
    number: int | None = None


class Hit(NamedTuple):
    """One place that was found."""

    kind: str
    title: str
    about: str
    url: str
    judgements: list  # [(theme, level or None), ...]
    snippet: Snippet
    is_agreement: bool  # the words of an agreement, and not VRT's or a municipality's
    is_fiction: bool


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
    results.facets = _facets(results.found, address, choices)
    if not results.found.total:
        results.ways = _ways(results.found, address, filters)
        return
    lit = words_of(meaning.stems) | folded_words(address.question)
    results.hits = _hits(results.found.entries, lit, choices)


# --- the hits of one page ---

_ABOUT = """
    SELECT e.id, e.kind, e.passage_id, e.version_id IS NULL, v.id, coalesce(e.page, p.first_page), p.last_page,
        g.title, g.is_fiction OR d.is_fiction, place.slug, place.name, t.start_year, t.end_year,
        th.slug, th.name, d.id, d.title,
        CASE e.kind
            WHEN 'page' THEN substr(v.text, pg.start + 1, pg."end" - pg.start)
            WHEN 'quote' THEN p.quote
            WHEN 'summary' THEN a.summary
            WHEN 'advice' THEN a.advice
            WHEN 'reply' THEN r.text
            WHEN 'answer' THEN r.answer
            ELSE d.text
        END
    FROM search_entry e
    LEFT JOIN agreements_passage p ON p.id = e.passage_id
    LEFT JOIN agreements_agreementversion v ON v.id = coalesce(e.version_id, p.version_id)
    LEFT JOIN agreements_page pg ON pg.version_id = e.version_id AND pg.number = e.page
    LEFT JOIN agreements_agreement g ON g.id = v.agreement_id
    LEFT JOIN assessments_reply r ON r.id = e.reply_id
    LEFT JOIN assessments_assessment a ON a.id = coalesce(e.assessment_id, r.assessment_id)
    LEFT JOIN assessments_publishedadvice d ON d.id = e.advice_id
    LEFT JOIN assessments_advicemessage w ON w.id = d.answer_id AND d.names_municipality
    LEFT JOIN assessments_advicerequest q ON q.id = w.request_id
    LEFT JOIN municipalities_coalition c ON c.id = coalesce(g.coalition_id, a.coalition_id)
    LEFT JOIN municipalities_municipality place ON place.id = coalesce(c.municipality_id, q.municipality_id)
    LEFT JOIN municipalities_councilterm t ON t.id = coalesce(c.term_id, d.term_id)
    LEFT JOIN themes_theme th ON th.id = coalesce(a.theme_id, d.theme_id)
    WHERE e.id = ANY(%s)
"""


class _Row(NamedTuple):
    id: int
    kind: str
    passage: int | None
    is_elsewhere: bool
    version: int | None
    page: int | None
    last_page: int | None
    agreement: str | None
    is_fiction: bool | None
    slug: str | None
    municipality: str | None
    start_year: int
    end_year: int
    theme_slug: str | None
    theme: str | None
    advice: int | None
    title: str | None
    text: str

    @property
    def term(self):
        return f"{self.start_year}–{self.end_year}"

    @property
    def pages(self):
        more = self.last_page and self.last_page != self.page
        return f"blz. {self.page}–{self.last_page}" if more else f"blz. {self.page}"


def _hits(entries, lit, choices):
    with connection.cursor() as cursor:
        # As it is written, each table is one look-up by key; planning another order takes longer than that.
        cursor.execute("SET LOCAL join_collapse_limit = 1")
        cursor.execute(_ABOUT, [[key for key, _ in entries]])
        rows = {row[0]: _Row(*row) for row in cursor.fetchall()}
    themes = {theme.pk: theme for theme in choices.themes.values()}
    levels = choices.levels
    hits = []
    for key, keys in entries:
        row = rows[key]
        cut = snippet(row.text, lit)
        judgements = [
            (themes.get(key // 10), levels.get(str(key % 10))) for key in keys or () if key
        ]
        hits.append(
            Hit(
                kind=LABELS[row.kind],
                title=_title(row),
                about=row.agreement or "",
                url=_url(row, cut.words),
                judgements=judgements,
                snippet=cut,
                is_agreement=row.kind in {Entry.Kind.PAGE, Entry.Kind.QUOTE},
                is_fiction=bool(row.is_fiction),
            )
        )
    return hits


def _title(row):
    where = f"{row.municipality} {row.term}" if row.municipality else row.term
    if row.advice:
        return f"{row.title} ({where})"
    if row.version:
        return f"{where}, {row.pages}"
    return f"{where}: {row.theme}"


def _url(row, words):
    """Where it stands, lit: the place itself, not the top of the page."""
    if row.advice:
        return reverse("assessments:advice", args=[row.advice])
    if not row.version:
        page = reverse("overview:municipality", args=[row.start_year, row.slug])
        return f"{page}#{row.theme_slug}"
    page = reverse("overview:document", args=[row.start_year, row.slug, row.version])
    about = {"woorden": " ".join(words[:MOST_WORDS_LIT])}
    if row.passage:
        return f"{page}?{urlencode(about | {'passage': row.passage})}#passage-{row.passage}"
    return f"{page}?{urlencode(about)}#{f'gevonden-{row.page}' if words else f'blz-{row.page}'}"


# --- narrowing ---


def _facets(found, address, choices):
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
    return Facet(
        title,
        [
            Choice(
                words,
                str(number),
                address.but(**{name: "" if word == chosen else word}).url,
                word == chosen,
                *theme,
            )
            for word, words, number, *theme in values
            if number or word == chosen
        ],
    )


# --- where nothing was found ---


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
