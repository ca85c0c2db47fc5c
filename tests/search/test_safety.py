"""Whatever stands in a text or in a question: it is shown as text, and the page answers."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.question import MOST_TERMS, parse
from search.snippets import LENGTH, snippet
from tests.browser.payloads import PAYLOADS
from tests.search.conftest import published

ODD = [
    "\0", "a\0b", "'", '"', '""', "\\", "&", "|", "!", "<->", ":*", "-", "--", '-"', "()", "%", "_", "' OR 1=1 --",
    "a:b", "😀", "﷽", "\u202e", "ﬁ", "İstanbul", "x" * 5000, '"' * 300, "-a " * 100, "http://example.org/?a=b&c=d",
    "112", "3.500.000", "a@b.nl", "<script>", "{{ 7 }}", "\ud7ff", "e\u0301e\u0301n wijk", "de", "-de wijk",
]  # fmt: skip


@pytest.mark.parametrize("q", ODD)
def test_any_question_gets_an_answer(ask, db, q):
    assert ask(q).status_code == 200
    assert ask(q, headers={"HX-Request": "true"}).status_code in {200, 204}


@pytest.fixture
def asked(ask, db):
    published()
    return ask


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(q=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_whatever_is_typed_gets_an_answer(asked, q):
    assert asked(q).status_code == 200


@given(st.text(max_size=400))
def test_a_question_has_at_most_twenty_terms_with_something_in_them(text):
    terms = parse(text).terms

    assert len(terms) <= MOST_TERMS
    assert all(any(c.isalnum() for c in term.text) for term in terms)


@given(st.text(max_size=600), st.sets(st.text("abcdé ", min_size=1, max_size=3), max_size=4))
def test_a_snippet_is_the_text_to_the_letter(text, words):
    found = snippet(text, words)

    shown = "".join(piece.text for piece in found.pieces)
    assert shown in text
    assert len(shown) <= LENGTH


def test_a_payload_stays_text(ask, db):
    pages = [f"Het kenmerkwoord: {' '.join(payload.split())}" for payload in PAYLOADS[::2][:290]]
    published(text="\f".join(["Wij pakken ondermijning aan. .", *pages]), summary="Niets.")

    shown = 0
    for number in range(1, 16):
        text = ask("kenmerkwoord", bladzijde=number).text
        main = text.partition("<main")[2].partition("</main>")[0]
        shown += main.count("__xss()")
        for piece in ("<script", "<img", "<svg onload", "<iframe", "<base", "<body"):
            assert piece not in main

    assert shown >= 200


def test_the_question_comes_back_as_text(ask, db):
    text = ask('"><script>__xss()</script>').text

    assert "<script>__xss" not in text
    assert "&lt;script&gt;" in text


def test_any_words_can_be_lit_in_a_document(client, ask, db):
    assessment = published()
    version = assessment.codings.get().passage.version
    page = reverse(
        "overview:document",
        args=[
            assessment.coalition.term.start_year,
            assessment.coalition.municipality.slug,
            version.pk,
        ],
    )

    for words in (*ODD, "((((", "a b c " * 500):
        assert client.get(page, {"woorden": words}).status_code == 200
