"""Everyone begins at what is theirs; a mayor sees the own municipality, the neighbours, and what is new."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import clearing
from accounts.models import Session
from assessments.models import Assessment
from municipalities.models import FormationState
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    CouncilTermFactory,
    FocusPointFactory,
    FormationFactory,
    MunicipalityFactory,
    PassageFactory,
    RegionalInputFactory,
    ThemeFactory,
    VersionFactory,
    published_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    return CouncilTermFactory(start_year=2026, end_year=2030)


@pytest.fixture
def almelo(term):
    return CoalitionFactory(
        municipality=MunicipalityFactory(name="Almelo", slug="almelo"), term=term
    )


def publish(coalition, *, level=2, summary="Er komt een team. Dat begint in mei.", **coding):
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition))
    passage = PassageFactory(version=version)
    return published_of(
        CodingFactory(passage=passage, **{"theme": ThemeFactory()} | coding),
        level=level,
        summary=summary,
    )


def home(client):
    response = client.get(reverse("overview:home"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("Adviseur", "assessments:my-work"),
        ("Eindredacteur", "assessments:list"),
    ],
)
def test_everyone_begins_at_what_is_theirs(client, sign_in, term, role, name):
    sign_in(role)

    response = client.get(reverse("overview:home"))

    assert response.status_code == 302
    assert response.url == reverse(name)


@pytest.mark.parametrize("role", ["Beheerder", "Burgemeester"])
def test_who_belongs_to_no_municipality_begins_at_the_region(client, sign_in, almelo, role):
    sign_in(role)

    assert "Twente, raadsperiode 2026–2030" in home(client)


def test_a_mayor_reads_one_sentence_per_theme(client, sign_in, almelo):
    sign_in("Burgemeester", municipality=almelo.municipality)
    publish(almelo)

    page = home(client)

    assert "Er komt een team." in page
    assert "Dat begint in mei." not in page


def test_a_mayor_sees_what_a_level_was_in_the_term_before(client, sign_in, almelo):
    sign_in("Burgemeester", municipality=almelo.municipality)
    before = CouncilTermFactory(start_year=2022, end_year=2026)
    publish(almelo)
    publish(CoalitionFactory(municipality=almelo.municipality, term=before), level=1)

    page = home(client)

    assert "In 2022: genoemd" in page
    assert "Sterker dan in 2022: ondermijning." in page


def test_only_neighbours_stand_below_the_own_municipality(client, sign_in, almelo, term):
    sign_in("Burgemeester", municipality=almelo.municipality)
    borne, losser = (
        CoalitionFactory(municipality=MunicipalityFactory(name=name), term=term).municipality
        for name in ("Borne", "Losser")
    )
    almelo.municipality.neighbours.add(borne)
    publish(almelo)

    table = home(client).split("<tbody>")[1].split("</tbody>")[0]

    assert table.index("Almelo") < table.index("Borne")
    assert losser.name not in table


def test_what_the_region_lacks_says_what_the_own_agreement_does(client, sign_in, almelo, term):
    sign_in("Burgemeester", municipality=almelo.municipality)
    theme = ThemeFactory()
    FocusPointFactory(
        regional_input=RegionalInputFactory(term=term), theme=theme, name="Zorgfraude"
    )
    publish(almelo, theme=theme)

    lacks = home(client).split("Wat de regio mist")[1]

    assert "Zorgfraude" in lacks or "zorgfraude" in lacks
    assert "Almelo zwijgt." in lacks


def test_new_is_what_was_published_since_the_visit_before(client, sign_in, almelo, term):
    person = sign_in("Burgemeester", municipality=almelo.municipality)
    borne, losser = (
        CoalitionFactory(municipality=MunicipalityFactory(name=name), term=term)
        for name in ("Borne", "Losser")
    )
    publish(borne)
    visit_of(person, timezone.now())
    publish(losser)

    news = home(client).split('id="news"')[1]

    assert "Nieuw sinds uw vorige bezoek" in news
    assert "Losser, ondermijning" in news
    assert "Borne, ondermijning" not in news


def visit_of(person, at):
    """An earlier sign-in of this person, last used at this moment."""
    return Session.objects.create(
        session_key=f"vroeger{at.timestamp()}"[:40],
        session_data="",
        expire_date=at,
        user=person,
        last_used_at=at,
        address="127.0.0.1",
        device="een browser",
    )


def test_when_nothing_is_new_it_says_since_when(client, sign_in, almelo):
    person = sign_in("Burgemeester", municipality=almelo.municipality)
    publish(almelo)
    visit_of(person, timezone.now())

    assert "Er is niets nieuws sinds" in home(client)


def test_at_a_first_visit_the_newest_is_shown(client, sign_in, almelo):
    sign_in("Burgemeester", municipality=almelo.municipality)
    publish(almelo)

    page = home(client)

    assert "Het nieuwste" in page
    assert "Almelo, ondermijning" in page


def test_the_visit_before_stays_known_when_its_session_is_cleared(client, sign_in, almelo):
    person = sign_in("Burgemeester", municipality=almelo.municipality)
    publish(almelo)
    long_ago = timezone.now() - timedelta(days=9)
    visit_of(person, long_ago)

    clearing.clear()

    assert not Session.objects.filter(last_used_at=long_ago).exists()
    person.refresh_from_db()
    assert (
        person.previous_visit(None if not client.session else client.session.session_key)
        == long_ago
    )
    assert "Nieuw sinds uw vorige bezoek" in home(client)


def test_a_draft_is_never_new(client, sign_in, almelo):
    person = sign_in("Burgemeester", municipality=almelo.municipality)
    visit_of(person, timezone.now() - timedelta(days=1))
    published = publish(almelo)
    Assessment.objects.filter(pk=published.pk).update(
        status=Assessment.Status.WITHDRAWN, status_since=timezone.now()
    )

    assert "Er is niets nieuws sinds" in home(client)


def test_while_the_own_agreement_is_negotiated_the_input_can_be_taken_along(
    client, sign_in, almelo
):
    sign_in("Burgemeester", municipality=almelo.municipality)
    FormationFactory(coalition=almelo, state=FormationState.NEGOTIATION)

    page = home(client)

    assert "Het akkoord van Almelo: onderhandeling" in page
    assert reverse("reports:regional-input", args=[2026, "pdf"]) in page


def test_with_an_adopted_agreement_only_who_is_not_done_is_named(client, sign_in, almelo, term):
    sign_in("Burgemeester", municipality=almelo.municipality)
    FormationFactory(coalition=almelo, state=FormationState.ADOPTED)
    borne = CoalitionFactory(municipality=MunicipalityFactory(name="Borne"), term=term)
    FormationFactory(coalition=borne, state=FormationState.EXPLORATION)

    page = home(client)

    assert "Nog zonder vastgesteld akkoord: Borne (verkenning)." in page
    assert "Het akkoord van Almelo" not in page


def test_when_all_are_adopted_nothing_is_said_of_the_formation(client, sign_in, almelo):
    sign_in("Burgemeester", municipality=almelo.municipality)
    FormationFactory(coalition=almelo, state=FormationState.ADOPTED)

    assert "vastgesteld akkoord" not in home(client)
