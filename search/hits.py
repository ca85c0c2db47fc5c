"""What a reader finds: one statement that looks, leaves out what isn't published, counts and ranks.

Visibility is not in the index. It comes from the gates of the rooms below, each time anew (ADR 4, ADR 35).
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from django.db import connection, transaction

from assessments.models import Assessment, PublishedAdvice
from overview.content import public_replies, readable_versions
from search.meaning import quoted
from search.statement import Statement

PER_PAGE = 20
LAST_PAGE = 15
MOST_LONGER = 9  # words shown, the last one as "and more"
MOST_LONGER_TRIED = 16  # of which is looked whether they stand in what was found
MOST_RANKED = 300  # of more places than this, ranking would cost more than it tells
SECONDS = 2

# Per kind in the address the kinds of entry.
KINDS = {
    "document": ("page",),
    "citaat": ("quote",),
    "samenvatting": ("summary",),
    "reactie": ("reply", "answer"),
    "advies": ("advice", "public"),
}


@dataclass(frozen=True)
class Filters:
    """What the reader narrows the search to, by keys; None and empty: everything."""

    municipality: int | None = None
    term: int | None = None
    theme: int | None = None
    level: int | None = None
    kind: str = ""


@dataclass(frozen=True)
class Found:
    """How much was found, by what it can be narrowed to, and the entries of one page."""

    total: int = 0
    municipalities: int = 0  # how many of them hold something
    whole: int = 0  # without any filter
    by_municipality: dict = field(default_factory=dict)
    by_term: dict = field(default_factory=dict)
    by_theme: dict = field(default_factory=dict)
    by_level: dict = field(default_factory=dict)
    by_kind: dict = field(default_factory=dict)
    longer: list = field(
        default_factory=list
    )  # words that hold a word of the question, and stand in a hit
    entries: list = field(default_factory=list)  # [(key, [ten times a theme, and its level])]


@cache
def _shown():
    """Common table expressions up to `shown`: what a reader may see, found by the question and the filters.

    `keys` holds of each judgement that an entry belongs to: ten times the theme, and the level; 9: no level.
    Gives the SQL and the parameters of the gates in it, which are always the same.
    """
    gates = Statement()
    published = gates.gate(
        Assessment.objects.published(), "pk", "coalition_id", "theme_id", "level"
    )
    readable = gates.gate(readable_versions(), "pk", "agreement__coalition_id")
    replies = gates.gate(public_replies(), "pk", "assessment_id")
    public = gates.gate(
        PublishedAdvice.objects.public(),
        "pk", "theme_id", "term_id", "names_municipality", "answer__request__municipality_id",
    )  # fmt: skip
    sql = f"""
        match AS MATERIALIZED (
            SELECT * FROM search_match(%(query)s::tsquery)
        ),
        readable (id, coalition_id) AS MATERIALIZED (
            SELECT * FROM ({readable}) v (id, coalition_id)
            WHERE id IN (SELECT version_id FROM match WHERE kind = 'page')
        ),
        published (id, coalition_id, theme_id, level) AS MATERIALIZED ({published}),
        visible (id, kind, coalition_id, keys, municipality_id, term_id) AS (
            SELECT m.id, m.kind, r.coalition_id, NULL::bigint[], NULL::bigint, NULL::bigint
            FROM match m JOIN readable r ON r.id = m.version_id WHERE m.kind = 'page'
            UNION ALL
            SELECT m.id, m.kind, min(p.coalition_id), array_agg(DISTINCT p.theme_id * 10 + p.level), NULL, NULL
            FROM match m
            JOIN agreements_coding c ON c.passage_id = m.passage_id
            JOIN assessments_evidence e ON e.coding_id = c.id
            JOIN published p ON p.id = e.assessment_id
            WHERE m.kind = 'quote' GROUP BY m.id, m.kind
            UNION ALL
            SELECT m.id, m.kind, p.coalition_id, ARRAY[p.theme_id * 10 + p.level], NULL, NULL
            FROM match m JOIN published p ON p.id = m.assessment_id WHERE m.kind IN ('summary', 'advice')
            UNION ALL
            SELECT m.id, m.kind, p.coalition_id, ARRAY[p.theme_id * 10 + p.level], NULL, NULL
            FROM match m JOIN ({replies}) r (id, assessment_id) ON r.id = m.reply_id
            JOIN published p ON p.id = r.assessment_id WHERE m.kind IN ('reply', 'answer')
            UNION ALL
            SELECT m.id, m.kind, NULL, ARRAY[a.theme_id * 10 + 9],
                CASE WHEN a.names THEN a.municipality_id END, a.term_id
            FROM match m JOIN ({public}) a (id, theme_id, term_id, names, municipality_id) ON a.id = m.advice_id
            WHERE m.kind = 'public'
        ),
        judged AS MATERIALIZED (
            SELECT v.id, v.kind, v.keys, place.municipality_id, place.term_id,
                coalesce(place.municipality_id = %(municipality)s::bigint, %(municipality)s::bigint IS NULL) AS in_municipality,
                coalesce(place.term_id = %(term)s::bigint, %(term)s::bigint IS NULL) AS in_term,
                %(kinds)s::text[] IS NULL OR kind = ANY (%(kinds)s::text[]) AS in_kind,
                %(theme)s::bigint IS NULL AND %(level)s::integer IS NULL OR EXISTS (
                    SELECT FROM unnest(keys) key
                    WHERE (%(theme)s::bigint IS NULL OR key / 10 = %(theme)s::bigint)
                    AND (%(level)s::integer IS NULL OR key %% 10 = %(level)s::integer)
                ) AS in_key
            FROM visible v LEFT JOIN municipalities_coalition c ON c.id = v.coalition_id,
            LATERAL (SELECT
                coalesce(v.municipality_id, c.municipality_id) AS municipality_id,
                coalesce(v.term_id, c.term_id) AS term_id
            ) place
        ),
        shown AS MATERIALIZED (
            SELECT id, kind, keys, municipality_id FROM judged WHERE in_municipality AND in_term AND in_kind AND in_key
        )
    """
    return sql, gates.about


# Each count leaves out its own filter: it says what choosing another would give.
_ANSWER = """
    SELECT
        (SELECT count(*) FROM shown), (SELECT count(DISTINCT municipality_id) FROM shown),
        (SELECT count(*) FROM judged),
        (SELECT json_object_agg(municipality_id, n) FROM (
            SELECT municipality_id, count(*) n FROM judged
            WHERE in_term AND in_kind AND in_key AND municipality_id IS NOT NULL GROUP BY 1) x),
        (SELECT json_object_agg(term_id, n) FROM (
            SELECT term_id, count(*) n FROM judged
            WHERE in_municipality AND in_kind AND in_key AND term_id IS NOT NULL GROUP BY 1) x),
        (SELECT json_object_agg(theme_id, n) FROM (
            SELECT key / 10 theme_id, count(*) n FROM judged, unnest(keys) key
            WHERE in_municipality AND in_term AND in_kind AND key IS NOT NULL
            AND (%(level)s::integer IS NULL OR key %% 10 = %(level)s::integer) GROUP BY 1) x),
        (SELECT json_object_agg(level, n) FROM (
            SELECT key %% 10 AS level, count(DISTINCT id) n FROM judged, unnest(keys) key
            WHERE in_municipality AND in_term AND in_kind AND key %% 10 < 9
            AND (%(theme)s::bigint IS NULL OR key / 10 = %(theme)s::bigint) GROUP BY 1) x),
        (SELECT json_object_agg(kind, n) FROM (
            SELECT kind, count(*) n FROM judged
            WHERE in_municipality AND in_term AND in_key GROUP BY 1) x),
        (SELECT json_agg(json_build_array(id, keys)) FROM (
            SELECT id, keys FROM (
                SELECT s.id, s.keys, (
                    SELECT ts_rank(words, %(query)s::tsquery, 1) FROM search_entry e WHERE e.id = s.id
                ) * CASE s.kind WHEN 'page' THEN 1 WHEN 'quote' THEN 1.5 ELSE 1.3 END AS rank
                FROM (SELECT * FROM shown ORDER BY kind = 'page', id DESC LIMIT %(ranked)s) s
            ) ranked ORDER BY rank DESC, id LIMIT %(limit)s OFFSET %(offset)s) x),
        (SELECT json_agg(number) FROM (
            SELECT DISTINCT number
            FROM unnest(%(stems)s::text[]) WITH ORDINALITY longer(stem, number),
            search_match(longer.stem::tsquery) held
            JOIN shown ON shown.id = held.id
            ORDER BY number LIMIT %(most)s) x)
"""


def find(meaning, filters, *, page=1):
    """Everything about this question, in one statement."""
    shown, gates = _shown()
    statement = Statement(
        **gates,
        **_asked(meaning.tsquery, filters),
        stems=[quoted(word.stem) for word in meaning.longer[:MOST_LONGER_TRIED]],
        most=MOST_LONGER,
        ranked=MOST_RANKED,
        limit=PER_PAGE,
        offset=PER_PAGE * (page - 1),
    )
    *totals, municipalities, terms, themes, levels, kinds, entries, longer = statement.row(
        f"WITH {shown} {_ANSWER}"
    )
    return Found(
        *totals,
        by_municipality=_by_key(municipalities),
        by_term=_by_key(terms),
        by_theme=_by_key(themes),
        by_level=_by_key(levels),
        by_kind=kinds or {},
        entries=entries or [],
        longer=[meaning.longer[number - 1] for number in longer or ()],
    )


def _asked(tsquery, filters):
    kinds = list(KINDS[filters.kind]) if filters.kind else None
    return {"query": tsquery, **vars(filters), "kinds": kinds}


def _by_key(counts):
    return {int(key): number for key, number in (counts or {}).items()}


def count(tsquery, filters):
    """How much would be found."""
    shown, gates = _shown()
    statement = Statement(**gates, **_asked(tsquery, filters))
    (number,) = statement.row(f"WITH {shown} SELECT count(*) FROM shown")
    return number


# When what was found became public for the first time.
_NEW = """
    SELECT count(*) FROM shown JOIN search_entry e ON e.id = shown.id WHERE %(since)s < CASE e.kind
        WHEN 'page' THEN coalesce(
            (SELECT min(a.published_at) FROM agreements_passage p
                JOIN agreements_coding c ON c.passage_id = p.id
                JOIN assessments_evidence x ON x.coding_id = c.id
                JOIN assessments_assessment a ON a.id = x.assessment_id
                WHERE p.version_id = e.version_id AND a.published_at IS NOT NULL),
            (SELECT greatest(min(a.published_at), v.read_at) FROM agreements_agreementversion v
                JOIN agreements_agreement g ON g.id = v.agreement_id
                JOIN assessments_assessment a ON a.coalition_id = g.coalition_id
                WHERE v.id = e.version_id AND a.published_at IS NOT NULL GROUP BY v.read_at))
        WHEN 'quote' THEN
            (SELECT min(a.published_at) FROM agreements_coding c
                JOIN assessments_evidence x ON x.coding_id = c.id
                JOIN assessments_assessment a ON a.id = x.assessment_id
                WHERE c.passage_id = e.passage_id AND a.published_at IS NOT NULL)
        WHEN 'public' THEN
            (SELECT published_at FROM assessments_publishedadvice a WHERE a.id = e.advice_id)
        ELSE coalesce(
            (SELECT published_at FROM assessments_assessment a WHERE a.id = e.assessment_id),
            (SELECT a.published_at FROM assessments_reply r
                JOIN assessments_assessment a ON a.id = r.assessment_id WHERE r.id = e.reply_id))
        END
"""


def count_new(tsquery, filters, *, since):
    """How much of what the question finds became public after this moment."""
    shown, gates = _shown()
    statement = Statement(**gates, **_asked(tsquery, filters), since=since)
    (number,) = statement.row(f"WITH {shown} {_NEW}")
    return number


def seen_anywhere(words, *, most):
    """Of these words the ones that stand in something a reader may see."""
    if not words:
        return []
    statement = Statement(stems=[quoted(word.stem) for word in words], most=most)
    published = statement.gate(Assessment.objects.published(), "pk")
    readable = statement.gate(readable_versions(), "pk")
    replies = statement.gate(public_replies(), "pk")
    public = statement.gate(PublishedAdvice.objects.public(), "pk")
    rows = statement.rows(f"""
        WITH readable (id) AS MATERIALIZED ({readable}), published (id) AS MATERIALIZED ({published})
        SELECT number FROM unnest(%(stems)s::text[]) WITH ORDINALITY given(stem, number)
        WHERE EXISTS (
            SELECT FROM search_match(given.stem::tsquery) e WHERE CASE e.kind
                WHEN 'page' THEN e.version_id IN (SELECT id FROM readable)
                WHEN 'quote' THEN EXISTS (
                    SELECT FROM agreements_coding c JOIN assessments_evidence x ON x.coding_id = c.id
                    WHERE c.passage_id = e.passage_id AND x.assessment_id IN (SELECT id FROM published))
                WHEN 'public' THEN e.advice_id IN ({public})
                WHEN 'summary' THEN e.assessment_id IN (SELECT id FROM published)
                WHEN 'advice' THEN e.assessment_id IN (SELECT id FROM published)
                ELSE e.reply_id IN ({replies})
            END
        )
        ORDER BY number LIMIT %(most)s
    """)
    return [words[number - 1] for (number,) in rows]


@contextmanager
def in_time():
    """Break off, by OperationalError, each question inside that takes longer than two seconds."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
        yield
