"""A second reading: asked of some, given blind, settled, and publication waits for it."""

import re

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Assessment, Draw, SecondReading
from assessments.reliability import draw
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    MunicipalityFactory,
    PassageFactory,
    TermFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
    asked_again,
    draft_of,
    publish,
    published_of,
    read_again,
    ready,
    submitted,
)


def address(name, reading):
    return reverse(f"assessments:{name}", args=[reading.pk])


def coding(**kwargs):
    version = VersionFactory(
        agreement=AgreementFactory(
            coalition=CoalitionFactory(municipality=MunicipalityFactory(**kwargs))
        )
    )
    return CodingFactory(passage=PassageFactory(version=version))


def reviewing(*, by=None, **kwargs):
    """A judgement that lies before the editors."""
    return submitted(draft_of(coding(), by=by, **kwargs))


def lies_with_the_municipality(draft):
    editor = UserFactory(role="Eindredacteur")
    Assessment.objects.filter(pk=draft.pk).update(
        status="in_reply", reviewed_by=editor, reviewed_at=timezone.now()
    )


def ask(client, term, readers, **data):
    data = {"how": "draw", "share": 20, "readers": [r.pk for r in readers]} | data
    return client.post(
        reverse("assessments:ask-second-readings", args=[term.start_year]), data, follow=True
    )


@pytest.fixture
def author(db):
    return UserFactory(role="Adviseur")


@pytest.fixture
def reader(db):
    return UserFactory(role="Adviseur", first_name="Bram", last_name="Smit")


# Asking


def test_an_editor_asks_for_a_share(client, sign_in, author, reader):
    drafts = [reviewing(by=author) for _ in range(6)]
    editor = sign_in("Eindredacteur")

    response = ask(client, drafts[0].coalition.term, [author, reader])

    lot = Draw.objects.get()
    assert (lot.asked_by, lot.share, lot.pool) == (editor, 20, sorted(d.pk for d in drafts))
    readings = SecondReading.objects.all()
    assert {r.assessment_id for r in readings} == set(draw(lot.pool, share=20, seed=lot.seed))
    assert {r.reader for r in readings} == {reader}
    assert len(readings) == 2
    assert "2 tweede lezingen zijn gevraagd" in response.text


def test_the_page_says_how_many_a_share_is(client, sign_in, author, reader):
    drafts = [reviewing(by=author) for _ in range(6)]
    sign_in("Eindredacteur")

    response = client.get(
        reverse("assessments:second-readings", args=[drafts[0].coalition.term.start_year])
    )

    assert "6 beoordelingen om uit te kiezen" in response.text
    assert "20% is 2" in response.text


def test_an_editor_asks_for_chosen_ones(client, sign_in, author, reader):
    chosen, other = reviewing(by=author), reviewing(by=author)
    sign_in("Eindredacteur")

    ask(client, chosen.coalition.term, [reader], how="choose", chosen=[chosen.pk])

    reading = SecondReading.objects.get()
    assert (reading.assessment, reading.draw.share) == (chosen, None)
    assert not other.second_readings.exists()


def test_the_readers_get_a_mail_that_says_nothing_of_the_content(client, sign_in, author, reader):
    draft = reviewing(by=author)
    sign_in("Eindredacteur")

    ask(client, draft.coalition.term, [reader], share=100)

    (letter,) = mail.outbox
    assert letter.to == [reader.email]
    assert "tweede lezing" in letter.body
    assert "/tweede-lezing/" in letter.body
    for secret in (str(draft.coalition.municipality), str(draft.theme), draft.summary):
        assert secret not in letter.subject + letter.body


def test_readings_are_spread_over_the_readers(author, db):
    drafts = [reviewing(by=author) for _ in range(6)]
    readers = [UserFactory(role="Adviseur") for _ in range(3)]

    readings = actions.ask_second_readings(
        drafts[0].coalition.term,
        by=UserFactory(role="Eindredacteur"),
        readers=readers,
        share=100,
    )

    load = [sum(r.reader == reader for r in readings) for reader in readers]
    assert load == [2, 2, 2]


def test_nobody_gets_what_they_had_a_hand_in(author, reader):
    """Who wrote an earlier edit of the words knows the level too."""
    one = coding()
    draft = draft_of(one, by=reader)
    actions.save_draft(draft, by=author, codings=[one], seen=1)
    submitted(draft)

    with pytest.raises(actions.Refused, match="werkten zelf"):
        actions.ask_second_readings(
            draft.coalition.term,
            by=UserFactory(role="Eindredacteur"),
            readers=[author, reader],
            share=100,
        )


def test_only_what_was_never_public_and_lies_before_the_editors_is_drawn(author, reader):
    one = coding()
    published_of(one, by=author)
    submitted(draft_of(one, by=author))  # a correction: everyone knows the level
    draft_of(coding(), by=author)
    reviewed, replied, cleared = (draft_of(coding(), by=author) for _ in range(3))
    submitted(reviewed)
    lies_with_the_municipality(submitted(replied))
    ready(cleared)
    read_again(reviewing(by=author), level=2)

    candidates = SecondReading.objects.candidates(one.passage.version.agreement.coalition.term)

    assert set(candidates) == {reviewed, replied, cleared}


def test_asking_with_nothing_to_draw_from_says_so(client, sign_in, author, reader):
    draft = draft_of(coding(), by=author)
    sign_in("Eindredacteur")

    response = ask(client, draft.coalition.term, [reader])

    assert response.status_code == 409
    assert "Er is nu niets om te loten." in response.text


def test_asking_with_one_advisor_says_so(client, sign_in, author):
    draft = reviewing(by=author)
    sign_in("Eindredacteur")

    response = ask(client, draft.coalition.term, [author])

    assert response.status_code == 409
    assert "Er is maar één adviseur." in response.text


@pytest.mark.parametrize("share", ["", "0", "101", "veel"])
def test_an_odd_share_comes_back_with_what_was_typed(client, sign_in, author, reader, share):
    draft = reviewing(by=author)
    sign_in("Eindredacteur")

    response = ask(client, draft.coalition.term, [reader], share=share)

    assert response.status_code == 200
    assert 'id="id_share_error"' in response.text
    assert share in response.text
    assert f'value="{reader.pk}" id="id_readers_1" checked' in response.text
    assert not SecondReading.objects.exists()


def test_choosing_nothing_says_so(client, sign_in, author, reader):
    draft = reviewing(by=author)
    sign_in("Eindredacteur")

    response = ask(client, draft.coalition.term, [reader], how="choose")

    assert "Vink ten minste één beoordeling aan." in response.text


def test_a_chosen_one_that_no_reader_may_read_is_refused_whole(client, sign_in, author, reader):
    free, own = reviewing(by=author), reviewing(by=reader)
    sign_in("Eindredacteur")

    response = ask(client, free.coalition.term, [reader], how="choose", chosen=[free.pk, own.pk])

    assert response.status_code == 409
    assert "Voor 1 van de aangevinkte" in response.text
    assert not SecondReading.objects.exists()


def test_an_advisor_does_not_ask(client, sign_in, author):
    draft = reviewing(by=author)
    reader = sign_in("Adviseur")

    response = ask(client, draft.coalition.term, [reader])

    assert response.status_code == 404
    assert not SecondReading.objects.exists()


def test_the_database_refuses_a_reading_of_own_work(author):
    draft = reviewing(by=author)

    with pytest.raises(IntegrityError, match="someone else"):
        asked_again(draft, reader=author)


def test_the_database_keeps_how_the_lot_fell(author):
    reading = asked_again(reviewing(by=author))

    with pytest.raises(DatabaseError, match="a_draw_stays|Cannot update"):
        Draw.objects.filter(pk=reading.draw_id).update(seed=2)


# Giving


def test_the_second_reader_sees_the_passages_and_the_yardstick(client, author, reader):
    reading = asked_again(reviewing(by=author), reader=reader)
    client.force_login(reader)

    response = client.get(address("second-reading", reading))

    assert "Wij pakken ondermijning aan." in response.text
    assert "Wat de regio vraagt" in response.text
    for hidden in (
        "Het akkoord noemt een team.",
        author.get_full_name() or str(author),
        "strength",
    ):
        assert hidden not in response.text


def test_without_passages_the_second_reader_sees_the_hits(client, author, reader):
    theme = ThemeFactory()
    TermFactory(theme=theme, text="ondermijn")
    version = VersionFactory(text="De ondermijning van de dijk is hersteld.")
    draft = submitted(absent(version.agreement.coalition, theme, by=author))
    reading = asked_again(draft, reader=reader)
    client.force_login(reader)

    response = client.get(address("second-reading", reading))

    assert "van de dijk is hersteld" in response.text
    assert "gaat niet over" not in response.text
    assert str(author) not in response.text


def test_an_equal_reading_is_done(client, author, reader):
    draft = reviewing(by=author)
    reading = asked_again(draft, reader=reader)
    client.force_login(reader)

    response = client.post(
        address("give-second-reading", reading),
        {"level": 2, "reason": "Er is een aanpak."},
        follow=True,
    )

    reading.refresh_from_db()
    assert (reading.first_level, reading.level, reading.first_reader) == (2, 2, author)
    assert reading.standing == SecondReading.Standing.EQUAL
    assert "U gaf hetzelfde oordeel" in response.text


def test_both_readings_stand_side_by_side_when_they_differ(client, author, reader):
    draft = reviewing(by=author, summary="De eerste samenvatting.")
    reading = asked_again(draft, reader=reader)
    client.force_login(reader)

    response = client.post(
        address("give-second-reading", reading),
        {"level": 1, "reason": "Er staat geen aanpak."},
        follow=True,
    )

    for shown in ("De eerste samenvatting.", "Er staat geen aanpak.", "Consensus vastleggen"):
        assert shown in response.text


def test_the_first_reading_is_shown_as_it_was(client, sign_in, author):
    one = coding()
    draft = submitted(draft_of(one, by=author, summary="Zoals het was."))
    reading = read_again(draft, level=1)
    editor = sign_in("Eindredacteur")
    actions.send_back(draft, by=editor, seen=1, why="Bespreek het.")
    draft.refresh_from_db()
    draft.summary, draft.level = "Zoals het werd.", 1
    actions.save_draft(draft, by=author, codings=[one], seen=1)

    response = client.get(address("second-reading", reading))

    assert "Zoals het was." in response.text
    assert "Zoals het werd." not in response.text


@pytest.mark.parametrize("data", [{"level": 1}, {"reason": "Waarom"}, {"level": 7, "reason": "x"}])
def test_half_a_reading_is_not_taken(client, author, reader, data):
    reading = asked_again(reviewing(by=author), reader=reader)
    client.force_login(reader)

    response = client.post(address("give-second-reading", reading), data)

    reading.refresh_from_db()
    assert 'class="error"' in response.text
    assert reading.given_at is None
    assert data.get("reason", "") in response.text


def test_only_who_was_asked_gives_it(client, sign_in, author, reader):
    reading = asked_again(reviewing(by=author), reader=reader)
    sign_in("Adviseur")

    response = client.post(address("give-second-reading", reading), {"level": 1, "reason": "x"})

    reading.refresh_from_db()
    assert response.status_code == 409
    assert "aan een ander gevraagd" in response.text
    assert reading.given_at is None


def test_giving_twice_keeps_the_first_and_what_was_typed(client, author, reader):
    reading = read_again(reviewing(by=author), level=1, reader=reader)
    client.force_login(reader)

    response = client.post(
        address("give-second-reading", reading), {"level": 3, "reason": "Toch anders."}
    )

    reading.refresh_from_db()
    assert response.status_code == 409
    assert "Toch anders." in response.text
    assert reading.level == 1


def test_a_change_of_the_words_makes_it_outdated(client, author, reader):
    one = coding()
    draft = submitted(draft_of(one, by=author))
    reading = asked_again(draft, reader=reader)
    actions.take_back(draft, by=author, seen=1)
    draft.refresh_from_db()
    actions.save_draft(draft, by=author, codings=[one], seen=1)
    client.force_login(reader)

    response = client.post(
        address("give-second-reading", reading), {"level": 1, "reason": "Te laat."}
    )

    assert response.status_code == 409
    assert "vervallen" in response.text
    assert "Te laat." in response.text
    assert SecondReading.objects.get().given_at is None
    publish(draft)  # it no longer holds up anything


def test_a_new_text_can_be_asked_again(author, reader):
    one = coding()
    draft = submitted(draft_of(one, by=author))
    asked_again(draft, reader=reader)
    actions.take_back(draft, by=author, seen=1)
    draft.refresh_from_db()
    actions.save_draft(draft, by=author, codings=[one], seen=1)
    submitted(draft)
    editor = UserFactory(role="Eindredacteur")

    (reading,) = actions.ask_second_readings(
        draft.coalition.term, by=editor, readers=[reader], share=100
    )

    assert (reading.text_edit, reading.reader) == (2, reader)


@pytest.mark.parametrize(
    "change",
    [{"level": 3}, {"reason": "Anders."}, {"first_level": 0}, {"given_at": None}, {"text_edit": 9}],
)
def test_the_database_keeps_both_readings(author, change):
    reading = read_again(reviewing(by=author), level=1)

    with pytest.raises(DatabaseError), transaction.atomic():
        SecondReading.objects.filter(pk=reading.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        reading.delete()


def test_the_database_refuses_another_first_level_than_there_is(author, reader):
    reading = asked_again(reviewing(by=author), reader=reader)

    with pytest.raises(IntegrityError, match="keeps the first"):
        SecondReading.objects.filter(pk=reading.pk).update(
            level=1, reason="x", first_level=1, first_reader=author, given_at="2026-11-01T12:00Z"
        )


# Settling


@pytest.mark.parametrize("who", ["first", "second", "editor"])
def test_either_reader_or_an_editor_records_the_consensus(client, author, reader, who):
    reading = read_again(reviewing(by=author), level=1, reader=reader)
    person = {"first": author, "second": reader, "editor": UserFactory(role="Eindredacteur")}[who]
    client.force_login(person)

    client.post(
        address("settle-second-reading", reading),
        {"consensus_level": 2, "consensus_reason": "De aanpak staat op blz. 3."},
    )

    reading.refresh_from_db()
    assert (reading.consensus_level, reading.consensus_by) == (2, person)
    assert (reading.first_level, reading.level) == (2, 1)


def test_another_advisor_does_not_settle(client, sign_in, author):
    reading = read_again(reviewing(by=author), level=1)
    sign_in("Adviseur")

    response = client.post(
        address("settle-second-reading", reading),
        {"consensus_level": 2, "consensus_reason": "Ik vind van wel."},
    )

    reading.refresh_from_db()
    assert response.status_code == 409
    assert "Ik vind van wel." in response.text
    assert reading.consensus_at is None


def test_a_second_consensus_does_not_replace_the_first(client, author, reader):
    reading = read_again(reviewing(by=author), level=1, reader=reader)
    actions.settle_second_reading(reading, by=reader, level=2, reason="Zo is het.")
    client.force_login(author)

    response = client.post(
        address("settle-second-reading", reading),
        {"consensus_level": 1, "consensus_reason": "Of toch zo."},
    )

    reading.refresh_from_db()
    assert response.status_code == 409
    assert "Of toch zo." in response.text
    assert reading.consensus_level == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondReading.objects.filter(pk=reading.pk).update(consensus_level=1)


def test_an_equal_reading_needs_no_consensus(author):
    reading = read_again(reviewing(by=author), level=2)

    with pytest.raises(actions.Refused, match="verschillen niet"):
        actions.settle_second_reading(reading, by=author, level=2, reason="x")


# Cancelling


def test_an_editor_takes_back_what_was_asked_and_asks_another(client, sign_in, author, reader):
    draft = reviewing(by=author)
    reading = asked_again(draft, reader=reader)
    sign_in("Eindredacteur")

    client.post(address("cancel-second-reading", reading), {"why": "Bram is weg."})
    ask(client, draft.coalition.term, [UserFactory(role="Adviseur")], share=100)

    reading.refresh_from_db()
    assert reading.standing == SecondReading.Standing.CANCELLED
    assert SecondReading.objects.open().exclude(reader=reader).count() == 1


def test_a_given_reading_is_not_taken_back(client, sign_in, author):
    reading = read_again(reviewing(by=author), level=1)
    sign_in("Eindredacteur")

    response = client.post(address("cancel-second-reading", reading), {"why": "Liever niet."})

    assert response.status_code == 409
    assert "Liever niet." in response.text


# Publishing


def refused(draft):
    """Why publishing is refused, in the portal and, with that left out, in the database."""
    with pytest.raises(actions.Refused) as problem:
        actions.publish(draft, by=UserFactory(role="Eindredacteur"), seen=draft.edit_number)
    editor = UserFactory(role="Eindredacteur")
    with pytest.raises(IntegrityError, match="second reading"), transaction.atomic():
        Assessment.objects.filter(pk=draft.pk).update(
            status="published", published_by=editor, published_at="2026-11-01T12:00Z"
        )
    return str(problem.value)


def test_publication_waits_for_an_open_reading(author, reader):
    draft = ready(draft_of(coding(), by=author))
    asked_again(draft, reader=reader)

    assert "Bram Smit leest deze beoordeling nog" in refused(draft)


def test_publication_waits_for_a_consensus(author):
    draft = ready(draft_of(coding(), by=author))
    read_again(draft, level=1)

    assert "nog geen consensus" in refused(draft)


def test_publication_waits_until_the_level_is_the_consensus(author, reader):
    one = coding()
    draft = ready(draft_of(one, by=author))
    reading = read_again(draft, level=1, reader=reader)
    actions.settle_second_reading(reading, by=author, level=1, reason="Bram heeft gelijk.")
    editor = UserFactory(role="Eindredacteur")

    assert "De consensus na de tweede lezing is “genoemd”" in refused(draft)

    actions.send_back(draft, by=editor, seen=1, why="Neem de consensus over.")
    draft.refresh_from_db()
    draft.level = 1
    actions.save_draft(draft, by=author, codings=[one], seen=1)
    publish(draft)
    assert Assessment.objects.published().get().level == 1


def test_a_difference_is_not_escaped_by_a_change_of_the_words(author):
    one = coding()
    draft = ready(draft_of(one, by=author))
    read_again(draft, level=1)
    actions.send_back(draft, by=UserFactory(role="Eindredacteur"), seen=1, why="Een komma.")
    draft.refresh_from_db()
    draft.summary = "Met een komma."
    actions.save_draft(draft, by=author, codings=[one], seen=1)
    ready(draft)

    assert "nog geen consensus" in refused(draft)


@pytest.mark.parametrize("ends", ["equal", "consensus as it was", "cancelled"])
def test_publication_goes_on_when_the_reading_is_done(author, reader, ends):
    draft = ready(draft_of(coding(), by=author))
    reading = asked_again(draft, reader=reader)
    editor = UserFactory(role="Eindredacteur")
    if ends == "cancelled":
        actions.cancel_second_reading(reading, by=editor, why="Bram is weg.")
    else:
        level = 2 if ends == "equal" else 1
        actions.give_second_reading(reading, by=reader, level=level, reason="Zo lees ik het.")
    if level := ends == "consensus as it was" and 2:
        actions.settle_second_reading(reading, by=author, level=level, reason="Toch een aanpak.")

    actions.publish(draft, by=editor, seen=1)

    assert Assessment.objects.published().get() == draft


# Agreement and history


def test_the_page_tells_how_far_readers_agree(client, sign_in, author, reader):
    for second in [2] * 9 + [1]:
        reading = read_again(reviewing(by=author), level=second, reader=reader)
    asked_again(reviewing(by=author))  # not given: doesn't count
    actions.settle_second_reading(reading, by=author, level=2, reason="Consensus telt niet mee.")
    sign_in("Eindredacteur")

    response = client.get(
        reverse("assessments:second-readings", args=[reading.assessment.coalition.term.start_year])
    )

    rows = [" ".join(row.split()) for row in response.text.split("<tr>")]
    for label in ("Ondermijning", "Bram Smit", "Totaal"):
        (row,) = [row for row in rows if f'<th scope="row">{label}</th>' in row]
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
        assert cells == ["10", "9 van 10 (90%)", "0,00"]


def test_few_readings_show_their_number_and_no_kappa(client, sign_in, author):
    reading = read_again(reviewing(by=author), level=1)
    sign_in("Eindredacteur")

    response = client.get(
        reverse("assessments:second-readings", args=[reading.assessment.coalition.term.start_year])
    )

    assert "0 van 1 (0%)" in response.text
    assert "te weinig om iets te zeggen" in response.text


def test_a_kappa_without_variation_says_why(client, sign_in, author):
    for _ in range(10):
        reading = read_again(reviewing(by=author), level=2)
    sign_in("Eindredacteur")

    response = client.get(
        reverse("assessments:second-readings", args=[reading.assessment.coalition.term.start_year])
    )

    assert "niet te bepalen: alle oordelen zijn gelijk" in response.text


def test_the_history_tells_it_all(client, sign_in, author, reader):
    draft = reviewing(by=author)
    reading = read_again(draft, level=1, reader=reader)
    actions.settle_second_reading(reading, by=author, level=2, reason="De aanpak staat er.")
    sign_in("Eindredacteur")

    response = client.get(
        reverse(
            "assessments:assess",
            args=[draft.coalition.municipality.slug, 2026, draft.theme.slug],
        )
    )

    for told in (
        "Tweede lezing gevraagd aan Bram Smit",
        "Tweede lezing gegeven",
        "Consensus na tweede lezing: uitgewerkt",
        "De aanpak staat er.",
    ):
        assert told in response.text


def test_what_waits_stands_on_the_start_page(client, author, reader):
    asked_again(reviewing(by=author), reader=reader)
    client.force_login(reader)

    for page in ("/mijn-werk/", "/beoordelingen/"):
        assert "U hebt 1 tweede lezing<" in client.get(page).text
