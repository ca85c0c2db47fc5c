"""The page of a theme: what the region asks, what every municipality has, and how it was."""

import pytest
from django.urls import reverse

from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    FocusPointFactory,
    PassageFactory,
    ThemeFactory,
    VersionFactory,
    draft_of,
    publish,
    published_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return ThemeFactory()


def version_of(text="Wij zorgen voor veiligheid. ", *, coalition=None):
    return VersionFactory(
        text=text, agreement=AgreementFactory(coalition=coalition or CoalitionFactory())
    )


def coding_of(theme, quote="Wij zorgen voor veiligheid.", *, version=None, **kwargs):
    version = version or version_of(quote)
    start = version.text.index(quote)
    passage = PassageFactory(version=version, start=start, end=start + len(quote))
    return CodingFactory(passage=passage, theme=theme, **kwargs)


def coalition_of(coding):
    return coding.passage.version.agreement.coalition


def read(client, coding):
    year = coalition_of(coding).term.start_year
    return client.get(reverse("overview:theme", args=[year, coding.theme.slug])).text


def part(text, name):
    """What stands under a heading of the page."""
    return text.partition(f'id="{name}"')[2].partition("<h2")[0]


@pytest.fixture
def reader(sign_in):
    return sign_in("Burgemeester")


def test_a_draft_is_nowhere_on_the_page_until_it_is_published(client, reader, theme):
    published_of(coding_of(theme))
    point = FocusPointFactory(theme=theme)
    draft = coding_of(theme, "Dit is nog geheim", focus_point=point, strength=2)
    assessment = draft_of(draft, summary="Nog niet voor ieders ogen.")
    name = coalition_of(draft).municipality.name

    before = read(client, draft)
    publish(assessment)
    after = read(client, draft)

    hidden = ("Dit is nog geheim", "Nog niet voor ieders ogen.")
    assert not [words for words in hidden if words in before]
    assert [words for words in hidden if words in after] == list(hidden)
    row = part(before, "spots").partition("<tbody>")[2]
    assert f'data-label="nog niet beoordeeld"><b>1</b> <span>{name}' in row
    assert f'data-label="werkt het uit"><b>1</b> <span>{name}' in part(after, "spots")


def test_three_quotes_of_a_municipality_and_the_way_to_the_others(client, reader, theme):
    version = version_of("Eerst dit. Dan dat. En nog iets. Het vierde. ")
    quotes = ["Eerst dit.", "Dan dat.", "En nog iets.", "Het vierde."]
    codings = [
        coding_of(theme, quote, version=version, strength=strength)
        for quote, strength in zip(quotes, (1, 2, 3, 2), strict=True)
    ]
    assessment = draft_of(codings[0])
    assessment.codings.set(codings)
    publish(assessment)

    text = part(read(client, codings[0]), "each")

    assert "De 3 sterkste van 4 citaten" in text
    assert "Alle 4 citaten van" in text
    assert text.index("En nog iets.") < text.index("Dan dat.") < text.index("Het vierde.")
    assert "Eerst dit." not in text


def test_says_what_became_of_the_levels_of_the_term_before(client, reader, theme):
    coding = coding_of(theme)
    now = coalition_of(coding)
    published_of(coding, level=2)
    then = CoalitionFactory(
        municipality=now.municipality,
        term__start_year=now.term.start_year - 4,
        term__end_year=now.term.start_year,
    )
    published_of(coding_of(theme, version=version_of(coalition=then)), level=1)

    text = read(client, coding)

    sentence = f"In {then.term.start_year} genoemd, nu uitgewerkt: {now.municipality.name}."
    assert sentence in part(text, "then")
    assert f"In {then.term.start_year}: genoemd" in part(text, "each")


def test_without_a_term_before_nothing_is_compared(client, reader, theme):
    coding = coding_of(theme)
    published_of(coding)

    assert 'id="then"' not in read(client, coding)


def test_a_draft_of_the_term_before_is_not_compared(client, reader, theme):
    coding = coding_of(theme)
    now = coalition_of(coding)
    published_of(coding, level=2)
    then = CoalitionFactory(
        municipality=now.municipality,
        term__start_year=now.term.start_year - 4,
        term__end_year=now.term.start_year,
    )
    draft_of(coding_of(theme, version=version_of(coalition=then)), level=1)

    assert "nu uitgewerkt" not in read(client, coding)


def test_own_municipality_is_marked(client, sign_in, theme):
    coding, other = coding_of(theme), coding_of(theme)
    for each in (coding, other):
        published_of(each)
    sign_in("Burgemeester", municipality=coalition_of(coding).municipality)

    text = part(read(client, coding), "each")

    mine = text.partition(" mine")[2].partition("</section>")[0]
    assert text.count(" mine") == 1
    assert coalition_of(coding).municipality.name in mine


def test_the_page_leads_to_the_advice_for_one_municipality(client, reader, theme):
    coding = coding_of(theme)
    assessment = draft_of(coding)
    assessment.advice = "Oefen samen."
    assessment.save(update_fields=["advice"])
    publish(assessment)

    text = part(read(client, coding), "advice")

    assert f"#{theme.slug}" in text
    assert coalition_of(coding).municipality.name in text


@pytest.mark.parametrize("words", [(1903, "ondermijning"), (2026, "bestaat-niet")])
def test_another_theme_or_term_is_not_there(client, reader, theme, words):
    published_of(coding_of(theme))

    assert client.get(reverse("overview:theme", args=words)).status_code == 404
