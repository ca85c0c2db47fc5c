"""What waits for whom, the longest on top."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import AgreementVersion, Anchoring, PageReading, Suggestion
from tests.factories import (
    PASSWORD,
    AgreementFactory,
    AssignmentFactory,
    CoalitionFactory,
    CodingFactory,
    CouncilTermFactory,
    PageReadingFactory,
    PassageFactory,
    SuggestionFactory,
    TermFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
    draft_of,
    published_of,
)

WORK = "/mijn-werk/"


def days_ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def advisor(db, sign_in):
    return sign_in("Adviseur")


def document(name="Losser", pages=1, ready=300, year=2026, **kwargs):
    """An agreement of this municipality with one version, ready so many days ago."""
    coalition = CoalitionFactory(municipality__name=name, term__start_year=year)
    version = VersionFactory(
        agreement=AgreementFactory(coalition=coalition),
        text="\f".join(["Wij pakken ondermijning aan."] * pages),
        read_at=days_ago(ready),
        **kwargs,
    )
    return version


def give(version, reader, *, days=1, **kwargs):
    return AssignmentFactory(
        agreement=version.agreement, reader=reader, assigned_at=days_ago(days), **kwargs
    )


def read_all(version, reader, *, days=1):
    for number in range(1, version.page_count + 1):
        PageReadingFactory(version=version, reader=reader, number=number)
    PageReading.objects.filter(version=version).update(read_at=days_ago(days))


def work(client, query=""):
    return client.get(WORK + query)


def names(response):
    return [row.municipality.name for row in response.context["work"].rows]


def steps(response):
    (row,) = response.context["work"].rows
    return [step.words for step in row.steps]


def test_signing_in_brings_an_advisor_to_their_work(client, db):
    CouncilTermFactory()
    advisor = UserFactory(role="Adviseur")

    response = client.post(
        "/aanmelden/", {"username": advisor.username, "password": PASSWORD}, follow=True
    )

    assert response.request["PATH_INFO"] == WORK


def test_a_mayor_still_begins_at_the_overview(client, sign_in, db):
    CouncilTermFactory()
    sign_in("Burgemeester")

    assert "Twente, raadsperiode" in client.get("/").text


def test_the_menu_shows_work_first_to_who_sees_it(client, sign_in, db):
    CouncilTermFactory()
    sign_in("Eindredacteur")
    assert "Mijn werk" in client.get("/overzicht/").text

    sign_in("Burgemeester")
    assert "Mijn werk" not in client.get("/overzicht/").text


def test_what_waits_longest_stands_on_top(client, advisor):
    for name, days in (("Almelo", 3), ("Borne", 30), ("Wierden", 12)):
        give(document(name), advisor, days=days)

    response = work(client)

    assert names(response) == ["Borne", "Wierden", "Almelo"]
    assert "3 akkoorden wachten op u; Borne het langst" in response.text


def test_the_oldest_thing_to_do_says_since_when_it_waits(client, advisor):
    version = document(pages=2)
    give(version, advisor, days=30)
    PageReadingFactory(version=version, reader=advisor)
    SuggestionFactory(version=version)
    Suggestion.objects.update(created_at=days_ago(20))

    (row,) = work(client).context["work"].rows

    assert [step.words for step in row.steps] == ["Bekijk 1 voorstel", "Lees verder op blz. 2"]
    assert row.since.date() == days_ago(20).date()


def test_the_step_to_the_suggestions_opens_the_queue_of_the_theme(client, advisor):
    version = document()
    theme = give(version, advisor).theme
    read_all(version, advisor)
    draft_of(CodingFactory(passage=PassageFactory(version=version)))
    suggestion = SuggestionFactory(version=version, theme=theme)

    (row,) = work(client).context["work"].rows

    queue = client.get(row.steps[0].address)
    assert queue.url.endswith(
        f"?voorstel={suggestion.pk}&thema={theme.slug}#voorstel-{suggestion.pk}"
    )


def test_nothing_waits_before_it_is_someones(client, advisor):
    version = document(ready=300)
    give(version, advisor, days=5)

    (row,) = work(client).context["work"].rows

    assert row.since.date() == days_ago(5).date()


def test_a_day_is_told_in_words(client, advisor):
    give(document(), advisor, days=0)
    assert "wacht sinds vandaag" in work(client).text

    version = document("Borne", ready=4000)
    assignment = give(version, advisor)
    moment = datetime(2025, 11, 3, 12, tzinfo=UTC)
    type(assignment).objects.filter(pk=assignment.pk).update(assigned_at=moment)
    assert "wacht sinds 3 november 2025" in work(client).text


def test_what_another_assigns_to_me_shows(client, sign_in, db):
    other, advisor = UserFactory(role="Adviseur"), sign_in("Adviseur")
    version = document()
    client.force_login(other)
    client.post(
        reverse("agreements:assign", args=[version.agreement_id]),
        {"reader": advisor.pk, "themes": [ThemeFactory().pk]},
    )
    assert names(work(client)) == []

    client.force_login(advisor)

    assert names(work(client)) == ["Losser"]


def test_only_own_pages_count(client, advisor):
    version = document(pages=3)
    give(version, advisor)
    PageReadingFactory(version=version, number=1)
    PageReadingFactory(version=version, number=2, reader=advisor)

    response = work(client)

    assert "1 van 3 bladzijden gelezen" in response.text
    assert steps(response) == ["Lees verder op blz. 1"]


def test_suggestions_of_other_themes_do_not_wait_for_me(client, advisor):
    version = document()
    give(version, advisor)
    read_all(version, advisor)
    draft_of(CodingFactory(passage=PassageFactory(version=version)))
    SuggestionFactory(version=version, theme=ThemeFactory(key="brandweer"))

    response = work(client)

    assert steps(response) == []


def test_a_theme_waits_for_a_judgement_once_all_is_read(client, advisor):
    version = document()
    give(version, advisor)
    assert steps(work(client)) == ["Begin met lezen"]

    read_all(version, advisor)

    assert steps(work(client)) == ["Beoordeel Ondermijning"]


def test_what_is_read_decided_and_judged_is_done(client, advisor):
    version = document()
    give(version, advisor)
    read_all(version, advisor)
    published_of(CodingFactory(passage=PassageFactory(version=version)))

    response = work(client)

    assert "Klaar" in response.text
    assert "Er wacht niets op u." in response.text


def test_a_newer_version_waits_to_be_read(client, advisor):
    version = document()
    give(version, advisor, days=40)
    read_all(version, advisor)
    newer = VersionFactory(
        agreement=version.agreement, number=version.number + 1, read_at=days_ago(2)
    )

    (row,) = work(client).context["work"].rows

    assert row.version == newer
    assert row.steps[0].words == f"Lees de nieuwe versie {newer.number}"
    assert row.since.date() == days_ago(2).date()


def test_passages_of_an_older_version_wait_for_a_decision(client, advisor):
    version = document()
    theme = give(version, advisor).theme
    coding = CodingFactory(passage=PassageFactory(version=version), theme=theme)
    newer = VersionFactory(
        agreement=version.agreement, number=version.number + 1, read_at=days_ago(2)
    )
    read_all(newer, advisor)
    draft_of(coding)
    Anchoring.objects.create(passage=coding.passage, version=newer, outcome="weg")

    assert steps(work(client)) == ["Beslis over 1 passage uit de vorige versie"]


def test_a_proof_of_absence_that_became_stale_waits(client, advisor):
    version = document()
    theme = ThemeFactory(key="brandweer")
    give(version, advisor, theme=theme)
    read_all(version, advisor)
    absent(version.agreement.coalition, theme)
    assert steps(work(client)) == []

    TermFactory(theme=theme, text="blussen")

    response = work(client)
    assert steps(response) == ["Zoek opnieuw: het bewijs bij Brandweer is verouderd"]
    assert "verouderd" in response.text


def test_a_document_that_can_not_be_read_yet_is_not_waiting(client, advisor):
    version = document()
    AgreementVersion.objects.filter(pk=version.pk).delete()
    give(version, advisor)
    give(document("Borne"), advisor)

    response = work(client)

    assert names(response) == ["Borne", "Losser"]
    assert "1 akkoord wacht op u" in response.text
    assert "Er is nog geen bestand dat te lezen is." in response.text


def test_the_level_of_each_theme_is_told(client, advisor):
    version = document()
    give(version, advisor)
    assert "nog niet" in work(client).text

    coding = CodingFactory(passage=PassageFactory(version=version))
    published_of(coding)
    draft_of(coding, level=1)

    response = work(client)
    (theme,) = response.context["work"].rows[0].themes
    assert (theme.published.level, theme.draft.level) == (2, 1)
    assert "concept: genoemd" in response.text


def test_what_nobody_reads_is_offered(client, advisor):
    version = document()
    theme = ThemeFactory()

    response = work(client)

    assert "Nog niemand leest dit" in response.text
    client.post(
        reverse("agreements:assign", args=[version.agreement_id]),
        {"reader": advisor.pk, "themes": [theme.pk], "next": WORK},
    )
    assert "Nog niemand leest dit" not in work(client).text


def test_what_is_read_for_one_theme_is_offered_for_the_others(client, advisor):
    version = document()
    give(version, advisor)
    free = ThemeFactory(key="brandweer")

    (row,) = work(client).context["work"].unread

    assert row.themes == [free]


def test_another_term_has_its_own_work(client, advisor):
    give(document(year=2022), advisor)
    CouncilTermFactory(start_year=2026)

    assert names(work(client)) == []
    assert names(client.get(f"{WORK}2022/")) == ["Losser"]


def test_an_advisor_switches_to_the_whole_team(client, advisor):
    other = UserFactory(role="Adviseur", first_name="Joost", last_name="Nijhuis")
    give(document(), other)

    assert "Joost Nijhuis" not in work(client).text
    assert "Joost Nijhuis" in work(client, "?wie=team").text


def test_an_editor_sees_the_whole_team(client, sign_in, db):
    sign_in("Eindredacteur")
    version = document(pages=2)
    one, two = UserFactory(first_name="Anouk"), UserFactory(first_name="Joost")
    give(version, one)
    give(version, two)
    PageReadingFactory(version=version, reader=two)

    response = work(client)

    assert {(row.reader, row.read) for row in response.context["work"].rows} == {(one, 0), (two, 1)}
    assert "Ik lees dit" not in response.text


def test_an_editor_hears_how_many_drafts_wait(client, sign_in, db):
    sign_in("Eindredacteur")
    draft_of(CodingFactory())

    assert "1 concept wacht" in work(client).text
