"""The hits of one page of results: what each is about, its words, and the way to its place."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from agreements.models import pages_in_words
from search.models import Entry
from search.snippets import Snippet, snippet
from search.statement import Statement

MOST_WORDS_LIT = 12  # of a document that is opened
LABELS = {
    **dict(Entry.Kind.choices),
    Entry.Kind.PAGE: "akkoord",
}


class At(NamedTuple):
    """What a hit is about, by the words and numbers of addresses; None where it is about no such thing."""

    passage: int | None
    agreement: int | None
    version: int | None  # its number in the agreement
    year: int
    municipality: str | None
    theme: str | None


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
    at: At


_ABOUT = """
    SELECT e.id, e.kind, e.passage_id, v.id, coalesce(e.page, p.first_page), p.last_page,
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
        END,
        g.id, v.number
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
    WHERE e.id = ANY(%(keys)s)
"""


class _Row(NamedTuple):
    id: int
    kind: str
    passage: int | None
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
    agreement_id: int | None
    number: int | None

    @property
    def term(self):
        return f"{self.start_year}–{self.end_year}"

    @property
    def pages(self):
        return pages_in_words(self.page, self.last_page or self.page)


def hits_of(entries, lit, choices):
    """The Hit of each of these entries (key and judgements, as in Found), in their order, in one query.

    `lit` are the words, folded, that are shown as found.
    """
    found = Statement(keys=[key for key, _ in entries]).rows(_ABOUT)
    rows = {row[0]: _Row(*row) for row in found}
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
                at=_at(row),
            )
        )
    return hits


def _at(row):
    is_advice = row.advice is not None
    return At(
        passage=row.passage,
        agreement=row.agreement_id,
        version=row.number,
        year=row.start_year,
        municipality=None if is_advice else row.slug,
        theme=row.theme_slug,
    )


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
