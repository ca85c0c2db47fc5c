"""An editor chooses which published quotes stand out on the page of a theme."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessments import actions
from assessments.models import ChosenQuote, QuoteChoice
from assessments.models.chosen_quote import MOST
from tests.factories import (
    CodingFactory,
    PassageFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    publish,
    published_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return ThemeFactory()


@pytest.fixture
def editor(sign_in):
    return sign_in("Eindredacteur")


def coding_of(theme, quote="Wij zorgen voor veiligheid"):
    version = VersionFactory(text=f"{quote}. En meer.")
    return CodingFactory(
        passage=PassageFactory(version=version, start=0, end=len(quote)), theme=theme
    )


def published(theme, *quotes):
    """Codings of published judgements on a theme, each of another municipality."""
    codings = [coding_of(theme, quote) for quote in quotes]
    for coding in codings:
        published_of(coding)
    return codings


def term_of(coding):
    return coding.passage.version.agreement.coalition.term


def address_of(coding, name="assessments:choose-quotes"):
    return reverse(name, args=[term_of(coding).start_year, coding.theme.slug])


def choose(client, codings, *, seen=0, places=(), at=None):
    """Send the form with these ticked, in these places."""
    return client.post(
        address_of(at or codings[0]),
        {
            "seen": seen,
            "quotes": [coding.pk for coding in codings],
            **{f"place-{c.pk}": place for c, place in zip(codings, places, strict=False)},
        },
    )


def chosen(coding):
    rows = ChosenQuote.objects.of(theme=coding.theme, term=term_of(coding))
    return list(rows.values_list("coding", flat=True))


def read(client, coding, *, role="Burgemeester"):
    client.force_login(UserFactory(role=role))
    return client.get(address_of(coding, "overview:theme")).text


def test_what_the_editor_chose_stands_out_in_that_order(client, editor, theme):
    first, second = published(theme, "Eerst dit", "Dan dat")

    choose(client, [first, second], places=[2, 1])

    text = read(client, first).partition('id="strongest"')[2].partition('id="each"')[0]
    assert 0 < text.index("Dan dat") < text.index("Eerst dit")


def test_without_a_choice_nothing_stands_out(client, theme):
    (coding,) = published(theme, "Eerst dit")

    text = read(client, coding)

    assert 'id="strongest"' not in text
    assert "Eerst dit" in text


def test_a_quote_without_a_place_comes_last(client, editor, theme):
    first, second = published(theme, "Eerst dit", "Dan dat")

    choose(client, [first, second], places=["", 3])

    assert chosen(first) == [second.pk, first.pk]


@pytest.mark.parametrize("role", ["Adviseur", "Beheerder", "Burgemeester"])
def test_only_an_editor_chooses(client, sign_in, theme, role):
    sign_in(role)
    (coding,) = published(theme, "Eerst dit")

    response = choose(client, [coding])

    assert response.status_code == 404
    assert chosen(coding) == []


def test_a_quote_of_a_draft_is_not_offered_and_not_taken(client, editor, theme):
    (coding,) = published(theme, "Eerst dit")
    draft = coding_of(theme, "Nog geheim")
    draft_of(draft)

    page = client.get(address_of(coding)).text
    response = choose(client, [draft], at=coding)

    assert "Eerst dit" in page
    assert "Nog geheim" not in page
    assert "niet meer gepubliceerd" in response.text
    assert chosen(coding) == []


def test_the_action_refuses_a_quote_of_a_draft(theme):
    draft = coding_of(theme)
    draft_of(draft)

    with pytest.raises(actions.Refused):
        actions.choose_quotes([draft], theme=theme, term=term_of(draft), by=UserFactory(), seen=0)

    assert not QuoteChoice.objects.exists()


def test_the_database_refuses_a_quote_that_carries_nothing_published(theme):
    (coding,), draft = published(theme, "Eerst dit"), coding_of(theme)
    draft_of(draft)
    choice = actions.choose_quotes(
        [coding], theme=theme, term=term_of(coding), by=UserFactory(), seen=0
    )

    with pytest.raises(IntegrityError, match="no published judgement"), transaction.atomic():
        ChosenQuote.objects.create(choice=choice, coding=draft, position=2)


def test_a_quote_of_what_is_withdrawn_is_gone_for_readers_and_the_editor_is_told(
    client, editor, theme
):
    stays, goes = coding_of(theme, "Dit blijft"), coding_of(theme, "Dit gaat")
    published_of(stays)
    withdrawn = published_of(goes)
    choose(client, [stays, goes])

    actions.withdraw(withdrawn, by=editor, seen=withdrawn.edit_number, why="Het klopt niet.")

    page = client.get(address_of(stays)).text
    assert "Niet meer gepubliceerd" in page
    assert "Dit gaat" in page
    text = read(client, stays)
    assert "Dit blijft" in text
    assert "Dit gaat" not in text


def test_a_revision_with_the_same_quote_keeps_it_chosen(client, editor, theme):
    (coding,) = published(theme, "Eerst dit")
    choose(client, [coding])

    publish(draft_of(coding))

    assert "Eerst dit" in read(client, coding).partition('id="strongest"')[2]
    assert chosen(coding) == [coding.pk]


def test_no_more_than_six_are_chosen(client, editor, theme):
    codings = published(theme, *(f"Citaat nummer {n}" for n in range(MOST + 1)))

    response = choose(client, codings)

    assert "U koos 7 citaten. Kies er ten hoogste 6." in response.text
    assert response.text.count(" checked") == MOST + 1
    assert chosen(codings[0]) == []
    choose(client, codings[:MOST])
    assert len(chosen(codings[0])) == MOST


def test_the_database_holds_no_seventh(theme):
    codings = published(theme, "Eerst dit", "Dan dat")
    choice = actions.choose_quotes(
        codings[:1], theme=theme, term=term_of(codings[0]), by=UserFactory(), seen=0
    )

    with pytest.raises(IntegrityError, match="a_few_quotes"), transaction.atomic():
        ChosenQuote.objects.create(choice=choice, coding=codings[1], position=MOST + 1)


def test_two_change_places(client, editor, theme):
    first, second = published(theme, "Eerst dit", "Dan dat")
    choose(client, [first, second], places=[1, 2])

    choose(client, [first, second], seen=1, places=[2, 1])

    assert chosen(first) == [second.pk, first.pk]


def test_who_comes_second_sees_both_choices_and_loses_nothing(client, editor, theme):
    first, second = published(theme, "Eerst dit", "Dan dat")
    other = UserFactory(role="Eindredacteur", first_name="Rika", last_name="Snel")
    actions.choose_quotes([first], theme=theme, term=term_of(first), by=other, seen=0)

    response = choose(client, [second])

    assert response.status_code == 409
    assert "Rika Snel heeft intussen ook gekozen" in response.text
    conflict = response.text.partition('id="conflict"')[2].partition("<form")[0]
    assert "Eerst dit" in conflict
    assert "Dan dat" in conflict
    assert f'value="{second.pk}" checked' in response.text
    assert 'name="seen" value="1"' in response.text
    assert chosen(first) == [first.pk]
    assert choose(client, [second], seen=1).status_code == 302
    assert chosen(first) == [second.pk]


def test_an_edit_that_never_was_is_a_conflict_and_no_error(client, editor, theme):
    (coding,) = published(theme, "Wij beginnen")

    response = choose(client, [coding], seen=99)

    assert response.status_code == 409
    assert "Iemand anders heeft intussen ook gekozen" in response.text
    assert 'name="seen" value="0"' in response.text
    assert chosen(coding) == []


def test_a_place_that_is_no_number_is_refused_with_the_choice_kept(client, editor, theme):
    (coding,) = published(theme, "Eerst dit")

    response = choose(client, [coding], places=["vooraan"])

    assert "Vul als plaats een getal in" in response.text
    assert " checked" in response.text
    assert chosen(coding) == []


def test_the_choice_of_one_theme_is_not_that_of_another(client, editor, theme):
    (coding,) = published(theme, "Eerst dit")
    (other,) = published(ThemeFactory(key="brandweer"), "Heel anders")

    choose(client, [coding])

    assert chosen(other) == []
    assert 'id="strongest"' not in read(client, other)


def test_the_history_says_who_chose_and_took_away(committed, client, sign_in):
    editor, theme = sign_in("Eindredacteur"), ThemeFactory()
    first, second = published(theme, "Eerst dit", "Dan dat")
    choose(client, [first])
    choose(client, [second], seen=1)

    history = client.get(address_of(first)).text.partition('id="history"')[2]

    assert history.count("Gekozen") == 2
    assert f"<strong>{editor}</strong>" in history
    assert "<ins>1. Dan dat</ins>" in history
    assert "<del>1. Eerst dit</del>" in history


def test_a_reader_is_not_offered_to_choose(client, editor, theme):
    (coding,) = published(theme, "Eerst dit")

    assert "Kies de sterkste citaten" in client.get(address_of(coding, "overview:theme")).text
    assert "Kies de sterkste citaten" not in read(client, coding)
