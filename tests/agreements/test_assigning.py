"""Who reads which agreement for which themes."""

import pytest
from django.urls import reverse

from agreements.models import Assignment
from tests.factories import AgreementFactory, AssignmentFactory, ThemeFactory, UserFactory


@pytest.fixture
def agreement(db):
    return AgreementFactory()


@pytest.fixture
def themes(db):
    return [ThemeFactory(key=key) for key in ("zorg", "ondermijning", "brandweer")]


def assign(client, agreement, reader, themes, **data):
    address = reverse("agreements:assign", args=[agreement.pk])
    data |= {"reader": reader.pk, "themes": [theme.pk for theme in themes]}
    return client.post(address, data)


def unassign(client, agreement, reader, **data):
    address = reverse("agreements:unassign", args=[agreement.pk])
    return client.post(address, {"reader": reader.pk} | data)


def test_an_advisor_has_another_read_for_some_themes(client, sign_in, agreement, themes):
    advisor, other = sign_in("Adviseur"), UserFactory(role="Adviseur")

    assign(client, agreement, other, themes[:2])

    assigned = Assignment.objects.filter(agreement=agreement, reader=other, assigned_by=advisor)
    assert {assignment.theme for assignment in assigned} == set(themes[:2])


def test_the_page_offers_all_themes_ticked(client, sign_in, agreement, themes):
    sign_in("Adviseur")

    page = client.get(agreement.get_absolute_url()).text

    assert page.count("checked") == len(themes)


def test_who_reads_nothing_of_it_takes_it_with_one_button(client, sign_in, agreement, themes):
    advisor = sign_in("Adviseur")
    assert "Ik lees dit" in client.get(agreement.get_absolute_url()).text

    assign(client, agreement, advisor, themes)

    page = client.get(agreement.get_absolute_url()).text
    assert "Ik lees dit" not in page
    assert Assignment.objects.filter(reader=advisor).count() == 3


def test_assigning_twice_changes_nothing(client, sign_in, agreement, themes):
    advisor = sign_in("Adviseur")

    assign(client, agreement, advisor, themes)
    assign(client, agreement, advisor, themes)

    assert Assignment.objects.count() == 3


def test_who_is_no_advisor_can_not_be_assigned(client, sign_in, agreement, themes):
    sign_in("Adviseur")
    editor = UserFactory(role="Eindredacteur")

    response = assign(client, agreement, editor, themes)

    assert "Kies een adviseur" in response.text
    assert not Assignment.objects.exists()


def test_someone_without_themes_is_refused_with_a_reason(client, sign_in, agreement):
    advisor = sign_in("Adviseur")

    response = assign(client, agreement, advisor, [])

    assert "Vink ten minste één thema aan." in response.text


def test_one_theme_is_taken_away(client, sign_in, agreement, themes):
    advisor = sign_in("Adviseur")
    assign(client, agreement, advisor, themes)

    unassign(client, agreement, advisor, themes=[themes[0].pk])

    left = Assignment.objects.filter(reader=advisor)
    assert {assignment.theme for assignment in left} == set(themes[1:])


def test_all_themes_are_taken_away_at_once(client, sign_in, agreement, themes):
    advisor = sign_in("Adviseur")
    assign(client, agreement, advisor, themes)
    other = AssignmentFactory(agreement=agreement, theme=themes[0])

    unassign(client, agreement, advisor)

    assert list(Assignment.objects.all()) == [other]


def test_one_who_left_is_still_taken_away(client, sign_in, agreement):
    sign_in("Adviseur")
    left = AssignmentFactory(agreement=agreement, reader__is_active=False).reader

    unassign(client, agreement, left)

    assert not Assignment.objects.exists()


def test_the_answer_goes_back_to_the_page_that_asked(client, sign_in, agreement, themes):
    advisor = sign_in("Adviseur")

    assert assign(client, agreement, advisor, themes, next="/mijn-werk/").url == "/mijn-werk/"


def test_the_answer_never_goes_to_another_site(client, sign_in, agreement, themes):
    advisor = sign_in("Adviseur")

    response = assign(client, agreement, advisor, themes, next="https://elders.example/")

    assert response.url == f"{agreement.get_absolute_url()}#assignments"


def test_an_editor_sees_who_reads_and_changes_nothing(client, sign_in, agreement):
    sign_in("Eindredacteur")
    AssignmentFactory(agreement=agreement, reader__first_name="Anouk")

    page = client.get(agreement.get_absolute_url()).text

    assert "Anouk" in page
    assert "Toewijzen" not in page
    assert "Haal weg" not in page
