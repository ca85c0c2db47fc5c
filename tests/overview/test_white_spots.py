"""White spots: per focus point who is silent, who works on it, and who could help."""

import pytest
from django.urls import reverse

from overview.treatment import Treatment
from overview.white_spots import white_spots, white_spots_of_region
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    FocusPointFactory,
    MeasureFactory,
    PassageFactory,
    ThemeFactory,
    VersionFactory,
    draft_of,
    published_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def point():
    return FocusPointFactory(name="Samen oefenen")


def coding_of(point, *, coalition=None, focus_point=True, strength=1, **measure):
    """A coding with the theme of a focus point, about that point or not, in a coalition of its own."""
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition or CoalitionFactory()))
    passage = PassageFactory(version=version)
    if measure:
        MeasureFactory(passage=passage, **measure)
    return CodingFactory(
        passage=passage,
        theme=point.theme,
        focus_point=point if focus_point else None,
        strength=strength,
    )


def coalition_of(coding):
    return coding.passage.version.agreement.coalition


def name_of(coding):
    return coalition_of(coding).municipality.name


def spot_of(point):
    term = point.regional_input.term
    return next(spot for spot in white_spots(term) if spot.point == point)


def names(places):
    return [place.name for place in places]


@pytest.mark.parametrize(
    ("made", "treatment"),
    [
        ({"focus_point": False}, Treatment.SILENT),
        ({}, Treatment.MENTIONED),
        ({"strength": 2}, Treatment.ELABORATED),
        ({"amount": None}, Treatment.CONCRETE),
        ({"amount": 5000}, Treatment.FUNDED),
    ],
)
def test_a_municipality_stands_under_what_it_does(point, made, treatment):
    coding = coding_of(point, **made)
    published_of(coding, level=2)

    spot = spot_of(point)

    assert {each: names(places) for each, places in spot.by_treatment.items() if places} == {
        treatment: [name_of(coding)]
    }


def test_who_is_not_judged_is_not_silent_and_does_not_count(point):
    published_of(coding_of(point, focus_point=False))
    draft = coding_of(point, strength=2)
    draft_of(draft)

    spot = spot_of(point)

    assert name_of(draft) in names(spot.unjudged)
    assert (len(spot.silent), spot.judged) == (1, 1)


def test_a_judgement_on_another_theme_does_not_count(point):
    other = FocusPointFactory(theme=ThemeFactory(key="brandweer"))
    published_of(coding_of(other))

    assert spot_of(point).judged == 0


def test_neighbours_who_work_on_it_come_first_as_allies(point):
    silent = coding_of(point, focus_point=False)
    beside, far = coding_of(point, strength=2), coding_of(point, amount=500)
    for coding in (silent, beside, far, coding_of(point)):
        published_of(coding, level=2)
    own = coalition_of(silent).municipality
    neighbours = {coalition_of(beside).municipality_id}

    allies = spot_of(point).allies_of(own.pk, neighbours)

    assert names(allies.neighbours) == [name_of(beside)]
    assert names(allies.others) == [name_of(far)]
    assert f"Buurgemeente {name_of(beside)} werkt eraan." in allies.sentence


def test_nobody_is_an_ally_of_itself(point):
    coding = coding_of(point, strength=2)
    published_of(coding)

    allies = spot_of(point).allies_of(coalition_of(coding).municipality_id)

    assert (allies.neighbours, allies.others) == ([], [])


def test_the_region_lacks_most_what_most_are_silent_about(point):
    had = FocusPointFactory(theme=point.theme, position=1)
    unknown = FocusPointFactory(theme=ThemeFactory(key="brandweer"))
    published_of(coding_of(had))
    published_of(coding_of(had))

    spots = white_spots_of_region(point.regional_input.term)

    assert [spot.point for spot in spots] == [point, had]
    assert unknown not in [spot.point for spot in spots]


def test_the_page_says_who_is_silent_and_who_has_money(client, sign_in, point):
    silent, funded = coding_of(point, focus_point=False), coding_of(point, amount=5000)
    published_of(silent)
    published_of(funded, level=2)
    sign_in("Burgemeester", municipality=coalition_of(silent).municipality)

    text = client.get(page_of(point)).text

    assert (
        "Eén van de twee beoordeelde gemeenten zwijgt over “Samen oefenen”; "
        f"{name_of(funded)} heeft er geld voor." in text
    )
    assert f'<strong class="own-name">{name_of(silent)}</strong>' in text
    assert f"Wat {name_of(silent)} niet of nauwelijks noemt" in text
    assert f"{name_of(funded)} werkt eraan." in text


def test_the_page_shows_one_theme_when_asked(client, sign_in, point):
    other = FocusPointFactory(theme=ThemeFactory(key="brandweer"), name="Dag en nacht")
    for each in (point, other):
        published_of(coding_of(each))
    sign_in("Burgemeester")

    text = client.get(page_of(point), {"thema": point.theme.slug}).text

    assert "Samen oefenen" in text
    assert "Dag en nacht" not in text
    assert "Dag en nacht" in client.get(page_of(point)).text


def test_the_page_shows_allies_of_the_municipality_that_is_asked_for(client, sign_in, point):
    silent, working = coding_of(point, focus_point=False), coding_of(point, strength=2)
    published_of(silent)
    published_of(working)
    own, other = (coalition_of(coding).municipality for coding in (silent, working))
    own.neighbours.add(other)
    sign_in("Adviseur")

    asked = client.get(page_of(point), {"gemeente": own.slug}).text

    assert f"Buurgemeente {other.name} werkt eraan." in asked
    assert "Buurgemeente" not in client.get(page_of(point)).text


def page_of(point):
    return reverse("overview:white-spots", args=[point.regional_input.term.start_year])
