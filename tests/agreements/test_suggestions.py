"""Suggestions: proposed by the detection, decided by a person, remembered."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from agreements import actions
from agreements.models import Coding, Passage, Suggestion
from tests.conftest import HTMX
from tests.factories import (
    AgreementFactory,
    CodingFactory,
    PassageFactory,
    SuggestionFactory,
    TermFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
)

TEXT = "Wij pakken ondermijning aan. Er komt een zwembad. Ondermijning krijgt geen kans."
FIRST, LAST = (0, 28), (50, 80)


@pytest.fixture
def theme(db):
    return TermFactory(text="ondermijning", weight=1).theme


@pytest.fixture
def version(theme):
    version = VersionFactory(text=TEXT)
    actions.propose(version)
    return version


def places(suggestions):
    return sorted(suggestions.values_list("start", "end"))


def post(client, name, suggestion, **data):
    return client.post(
        reverse(f"agreements:suggestion-{name}", args=[suggestion.pk]), data, headers=HTMX
    )


def test_every_sentence_with_enough_weight_is_proposed(version):
    assert places(version.suggestions) == [FIRST, LAST]


def test_a_suggestion_says_which_terms_made_it_so(client, sign_in, version):
    sign_in("Adviseur")

    response = client.get(version.get_absolute_url())

    assert "Omdat: <strong>ondermijning</strong> (1)" in response.text


def test_accepting_makes_a_passage_that_remembers_its_origin(client, sign_in, version):
    advisor = sign_in("Adviseur")
    suggestion = version.suggestions.first()

    post(client, "accept", suggestion)

    suggestion.refresh_from_db()
    coding = Coding.objects.get()
    assert coding.passage.quote == "Wij pakken ondermijning aan."
    assert coding.suggestion == suggestion
    assert (suggestion.state, suggestion.decided_by) == ("aangenomen", advisor)


def test_the_answer_brings_the_next_suggestion(client, sign_in, version):
    sign_in("Adviseur")

    response = post(client, "accept", version.suggestions.first())

    assert "Voorstel 1 van 1" in response.text
    assert "Ondermijning krijgt geen kans." in response.text
    assert 'id="blz-1"' in response.text


def test_a_rejection_may_have_a_reason(client, sign_in, version):
    advisor = sign_in("Adviseur")
    suggestion = version.suggestions.first()

    post(client, "reject", suggestion, reason="Gaat over vertrouwen")

    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.reason) == ("afgewezen", "Gaat over vertrouwen")
    assert suggestion.decided_by == advisor
    assert not Passage.objects.exists()


def test_a_reason_that_is_too_long_is_kept_and_explained(client, sign_in, version):
    sign_in("Adviseur")
    suggestion = version.suggestions.first()

    response = post(client, "reject", suggestion, reason="woord " * 50)

    suggestion.refresh_from_db()
    assert suggestion.is_open
    assert "woord woord" in response.text
    assert "niet meer dan 200 tekens" in response.text


def test_what_was_rejected_is_not_proposed_again(version):
    actions.reject(version.suggestions.first(), by=UserFactory())

    actions.propose(version)

    assert places(version.suggestions.open()) == [LAST]


def test_what_was_rejected_is_not_proposed_again_in_a_new_version(version):
    person = UserFactory()
    actions.reject(version.suggestions.first(), by=person, reason="Niet dit")
    newer = VersionFactory(agreement=version.agreement, number=9, text=f"Vooraf.\n\n{TEXT}")

    actions.propose(newer)

    assert places(newer.suggestions.open()) == [(59, 89)]
    carried = newer.suggestions.rejected().get()
    assert (carried.decided_by, carried.reason) == (person, "Niet dit")


def test_a_rejection_in_another_agreement_says_nothing_here(version):
    actions.reject(version.suggestions.first(), by=UserFactory())
    other = VersionFactory(agreement=AgreementFactory(), text=TEXT)

    actions.propose(other)

    assert places(other.suggestions.open()) == [FIRST, LAST]


def test_what_is_coded_already_is_not_proposed(theme):
    version = VersionFactory(text=TEXT)
    CodingFactory(passage=PassageFactory(version=version), theme=theme)

    actions.propose(version)

    assert places(version.suggestions) == [LAST]


def test_marking_by_hand_settles_the_suggestion_there(client, sign_in, version, theme):
    sign_in("Adviseur")

    client.post(
        reverse("agreements:passage-create", args=[version.pk]),
        {"theme": theme.pk, "start": 11, "end": 28, "quote": "ondermijning aan."},
        headers=HTMX,
    )

    assert places(version.suggestions.open()) == [LAST]
    assert Coding.objects.get().suggestion.start == 0


def test_an_adapted_suggestion_remembers_its_origin(client, sign_in, version, theme):
    sign_in("Adviseur")
    suggestion = version.suggestions.first()

    client.post(
        reverse("agreements:passage-create", args=[version.pk]),
        {
            "theme": theme.pk,
            "start": 0,
            "end": 49,
            "quote": TEXT[0:49],
            "suggestion": suggestion.pk,
        },
        headers=HTMX,
    )

    assert Coding.objects.get().suggestion == suggestion
    assert Passage.objects.get().quote == TEXT[0:49]


def test_new_terms_change_only_what_is_open(version, theme):
    actions.reject(version.suggestions.get(start=0), by=UserFactory())
    theme.terms.update(text="zwembad")

    actions.propose(version)

    assert places(version.suggestions.open()) == [(29, 49)]
    assert places(version.suggestions.rejected()) == [FIRST]


def test_removing_the_coding_opens_the_suggestion_again(client, sign_in, version):
    sign_in("Adviseur")
    post(client, "accept", version.suggestions.first())

    client.post(reverse("agreements:coding-delete", args=[Coding.objects.get().pk]), headers=HTMX)

    assert places(version.suggestions.open()) == [FIRST, LAST]


def test_who_comes_second_hears_what_the_first_decided(client, sign_in, version):
    first = UserFactory(role="Adviseur", first_name="Joost", last_name="Nijhuis")
    suggestion = version.suggestions.first()
    actions.reject(suggestion, by=first)
    sign_in("Adviseur")

    response = post(client, "accept", suggestion)

    assert "Joost Nijhuis heeft dit voorstel al afgewezen" in response.text
    assert not Passage.objects.exists()


def test_accepting_what_someone_marked_meanwhile_makes_no_second_coding(version, theme):
    suggestion = version.suggestions.first()
    CodingFactory(passage=PassageFactory(version=version), theme=theme)

    actions.accept(suggestion, by=UserFactory())

    assert Coding.objects.count() == 1


def test_the_queue_can_be_of_one_theme(client, sign_in, version):
    sign_in("Adviseur")
    SuggestionFactory(version=version, theme=ThemeFactory(key="brandweer"), start=29, end=49)

    response = client.get(
        reverse("agreements:suggestions", args=[version.pk]), {"thema": "brandweer"}, headers=HTMX
    )

    assert "Voorstel 1 van 1" in response.text
    assert "Er komt een zwembad." in response.text


def test_the_queue_goes_round(client, sign_in, version):
    sign_in("Adviseur")
    last = version.suggestions.get(start=LAST[0])

    response = client.get(reverse("agreements:suggestion", args=[last.pk]), headers=HTMX)

    assert "Voorstel 2 van 2" in response.text
    first = reverse("agreements:suggestion", args=[version.suggestions.get(start=0).pk])
    assert f'data-key="j" href="{first}"' in response.text


def test_without_javascript_the_next_suggestion_is_lit(client, sign_in, version):
    sign_in("Adviseur")
    first, last = version.suggestions.in_reading_order()

    response = client.post(reverse("agreements:suggestion-accept", args=[first.pk]), follow=True)

    assert response.redirect_chain[-1][0].endswith(f"?voorstel={last.pk}#voorstel-{last.pk}")
    assert "Ondermijning krijgt geen kans." in response.text


def test_the_database_wants_to_know_who_decided(version):
    with pytest.raises(IntegrityError, match="decided_by_and_at_belong_together"):
        version.suggestions.update(state=Suggestion.State.REJECTED)
