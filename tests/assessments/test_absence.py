"""Proof of absence: every hit of a theme's terms, and what was done with it."""

import pytest
from django.urls import reverse

from agreements.models import Suggestion
from assessments import actions
from assessments.absence import search
from assessments.models import Absence, Assessment
from tests.conftest import HTMX
from tests.factories import (
    CodingFactory,
    PassageFactory,
    TermFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
)

TEXT = "De leidingen ondermijnen de weg. Wij ondermijnen niets. Verder niets."


@pytest.fixture
def version(db):
    TermFactory(text="ondermijn", weight=1)
    return VersionFactory(text=TEXT)


@pytest.fixture
def theme(version):
    return ThemeFactory()


@pytest.fixture
def coalition(version):
    return version.agreement.coalition


def address(coalition, theme, name="assess"):
    slugs = [coalition.municipality.slug, coalition.term.start_year, theme.slug]
    return reverse(f"assessments:{name}", args=slugs)


def judge_hits(client, coalition, theme, *hits, **data):
    return client.post(address(coalition, theme, "judge-hits"), {"hit": hits} | data, headers=HTMX)


def conclude(client, coalition, theme):
    data = {"level": 0, "summary": "Staat er niet in.", "seen": 0}
    return client.post(address(coalition, theme), data)


def test_every_hit_is_listed_with_its_surroundings(client, sign_in, version, coalition, theme):
    sign_in("Adviseur")

    response = client.get(address(coalition, theme))

    assert "2 treffers, waarvan 2 nog te bekijken" in response.text
    assert "…De leidingen <strong>ondermijnen</strong> de weg." in response.text


def test_not_mentioned_waits_until_every_hit_is_dealt_with(
    client, sign_in, version, coalition, theme
):
    sign_in("Adviseur")
    judge_hits(client, coalition, theme, f"{version.pk}-13")

    response = conclude(client, coalition, theme)

    assert "Nog 1 treffer niet bekeken" in response.text
    assert "Staat er niet in." in response.text
    assert not Assessment.objects.exists()


def test_a_judged_hit_tells_by_whom(client, sign_in, version, coalition, theme):
    sign_in("Adviseur", first_name="Anouk", last_name="Wolters")

    response = judge_hits(client, coalition, theme, f"{version.pk}-13")

    assert "waarvan 1 nog te bekijken" in response.text
    assert "1 treffer gaat niet over" in response.text
    assert "Anouk Wolters" in response.text


def test_one_judgement_deals_with_the_whole_sentence(client, sign_in, coalition, theme):
    sign_in("Adviseur")
    version = VersionFactory(
        agreement__coalition=coalition, text="Ondermijnen is ondermijnen. Verder niets."
    )

    judge_hits(client, coalition, theme, f"{version.pk}-0")

    assert [hit.start for hit in search(coalition=coalition, theme=theme).judged] == [0, 15]


def test_a_hit_in_a_coded_passage_is_dealt_with(client, sign_in, version, coalition, theme):
    sign_in("Adviseur")
    CodingFactory(passage=PassageFactory(version=version, start=0, end=32), theme=theme)

    response = client.get(address(coalition, theme))

    assert "1 treffer staat in een gemarkeerde passage" in response.text
    assert "waarvan 1 nog te bekijken" in response.text


def test_a_rejected_suggestion_deals_with_its_hits(version, coalition, theme):
    Suggestion.objects.create(
        version=version, theme=theme, start=0, end=32, page=1, fingerprint="x", score=1, method="x"
    )
    open_hits = search(coalition=coalition, theme=theme).open
    assert len(open_hits) == 2

    actions.judge_hits(open_hits[:1], theme=theme, by=UserFactory())

    assert len(search(coalition=coalition, theme=theme).open) == 1
    assert Suggestion.objects.get().state == "afgewezen"


def test_a_judgement_can_be_taken_back(client, sign_in, version, coalition, theme):
    sign_in("Adviseur")
    judge_hits(client, coalition, theme, f"{version.pk}-13")

    response = judge_hits(client, coalition, theme, f"{version.pk}-13", undo="1")

    assert "waarvan 2 nog te bekijken" in response.text
    assert not Suggestion.objects.exists()


def test_without_a_tick_the_page_says_what_to_do(client, sign_in, version, coalition, theme):
    sign_in("Adviseur")

    response = judge_hits(client, coalition, theme)

    assert "Vink eerst een treffer aan." in response.text


def test_without_javascript_the_reader_comes_back_at_the_hits(
    client, sign_in, version, coalition, theme
):
    sign_in("Adviseur")

    response = client.post(address(coalition, theme, "judge-hits"), {"hit": [f"{version.pk}-13"]})

    assert response.url == f"{address(coalition, theme)}#absence"
    assert len(search(coalition=coalition, theme=theme).open) == 1


def test_the_conclusion_records_terms_versions_hits_person_and_time(
    client, sign_in, version, coalition, theme
):
    advisor = sign_in("Adviseur", first_name="Anouk", last_name="Wolters")
    judge_hits(client, coalition, theme, f"{version.pk}-13", f"{version.pk}-37")

    conclude(client, coalition, theme)

    proof = Absence.objects.get()
    assert proof.terms == ["ondermijn"]
    assert [row["sha256"] for row in proof.versions] == [version.sha256]
    assert [(hit["word"], hit["judged_by"]) for hit in proof.hits] == [
        ("ondermijnen", "Anouk Wolters")
    ] * 2
    assert proof.concluded_by == advisor
    assert proof.concluded_at


def test_words_that_only_support_are_no_search_terms(client, sign_in, version, coalition, theme):
    TermFactory(theme=theme, text="leidingen", weight="0.3")
    TermFactory(theme=theme, text="weg", weight=-1)

    found = search(coalition=coalition, theme=theme)

    assert found.terms == ["ondermijn"]


@pytest.mark.parametrize("change", ["term", "weight", "version"])
def test_the_proof_becomes_stale_by_itself(client, sign_in, version, coalition, theme, change):
    sign_in("Adviseur")
    absent(coalition, theme)
    assert "Het bewijs is verouderd" not in client.get(address(coalition, theme)).text

    if change == "term":
        TermFactory(theme=theme, text="drugs", weight=1)
    elif change == "weight":
        theme.terms.update(weight="0.2")
    else:
        VersionFactory(agreement=version.agreement, number=version.number + 1, text="Heel anders.")

    assert "Het bewijs is verouderd" in client.get(address(coalition, theme)).text


def test_an_open_hit_is_refused_also_past_the_form(version, coalition, theme):
    draft = Assessment(coalition=coalition, theme=theme, level=0, summary="x", edit_number=0)

    with pytest.raises(actions.NotProven):
        actions.save_draft(
            draft, by=UserFactory(), codings=[], absence=search(coalition=coalition, theme=theme)
        )


def test_who_only_reads_judges_nothing(client, sign_in, version, coalition, theme):
    sign_in("Eindredacteur")

    response = judge_hits(client, coalition, theme, f"{version.pk}-13")

    assert response.status_code == 404
    assert not Suggestion.objects.exists()
