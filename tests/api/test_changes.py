"""What was published, revised and withdrawn since: in order, nothing missed, nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from api.models import Change
from assessments import actions
from assessments.models import Assessment
from tests.api.conftest import Program, token_of
from tests.factories import UserFactory, publish, ready
from tests.overview.published import coalition_of, draft_that_says, place, published_that_says

SAID = "Er komt een team."


def said(rows):
    return [(row["soort"], row["coalitie"], row["herziening"]) for row in rows]


@pytest.fixture
def published(db):
    return published_that_says(coalition_of(place("Enschede")), (SAID, None, 2, None))


def withdraw(assessment):
    editor = UserFactory(role="Eindredacteur")
    actions.withdraw(assessment, by=editor, seen=assessment.edit_number, why="Klopt niet.")


def revise(assessment):
    (coding,) = assessment.codings.all()
    return publish(_revision(assessment, coding, UserFactory(role="Adviseur")))


def _revision(assessment, coding, advisor):
    draft = Assessment(
        coalition=assessment.coalition, theme=assessment.theme, level=assessment.level,
        summary="Nieuwe woorden.", edit_number=0, revision=assessment.revision + 1,
    )  # fmt: skip
    actions.save_draft(draft, by=advisor, codings=[coding])
    return draft


def test_each_thing_that_readers_notice_is_a_change(program, published):
    revised = revise(published)
    withdraw(revised)

    rows = program.rows("wijzigingen")

    assert said(rows) == [
        ("gepubliceerd", "2026-enschede", 1),
        ("herzien", "2026-enschede", 2),
        ("ingetrokken", "2026-enschede", 2),
    ]
    assert [bool(row["beoordeling"]) for row in rows] == [True, True, False]


def test_after_a_withdrawal_it_is_published_anew(program, published):
    withdraw(published)

    revise(published)

    assert [row["soort"] for row in program.rows("wijzigingen")][1:] == ["ingetrokken", "gepubliceerd"]  # fmt: skip


def test_what_readers_do_not_notice_is_no_change(program, published):
    coalition = coalition_of(place("Losser"))
    ready(draft_that_says(coalition, (SAID, None, 2, None)))

    assert [row["coalitie"] for row in program.rows("wijzigingen")] == ["2026-enschede"]


def test_what_is_withdrawn_has_no_content(program, published):
    withdraw(published)

    text = program.get("wijzigingen").text

    assert published.summary not in text
    assert SAID not in text
    assert "Klopt niet" not in text


def test_who_follows_the_next_address_misses_nothing_and_sees_nothing_twice(program, db):
    for name in ("Almelo", "Borne", "Losser"):
        published_that_says(coalition_of(place(name)), (SAID, None, 2, None))
    address, seen = "/api/v1/wijzigingen?sinds=2020-01-01T00:00:00Z&aantal=2", []

    for _ in range(3):
        page = program.get(address).json()
        seen += [row["coalitie"] for row in page["resultaten"]]
        address = page["links"]["volgende"]
    published_that_says(coalition_of(place("Wierden")), (SAID, None, 2, None))
    later = program.get(address).json()["resultaten"]

    assert seen == ["2026-almelo", "2026-borne", "2026-losser"]
    assert [row["coalitie"] for row in later] == ["2026-wierden"]


def test_who_asks_before_there_is_anything_is_told_where_to_go_on(program, published):
    later = timezone.now() + timedelta(seconds=1)

    page = program.get("wijzigingen", {"sinds": later.isoformat()}).json()

    assert (page["resultaten"], page["isMeer"]) == ([], False)
    assert page["links"]["volgende"] == page["links"]["zelf"]


def test_since_a_moment(program, published):
    before = published.published_at - timedelta(seconds=1)
    after = timezone.now()

    assert len(program.rows("wijzigingen", sinds=before.isoformat())) == 1
    assert program.rows("wijzigingen", sinds=after.isoformat()) == []


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2026-03-01T09:00:00Z", 200),
        ("2026-03-01t09:00:00.123+01:00", 200),
        ("0001-01-01T00:00:00+23:59", 200),
        ("9999-12-31T23:59:59-23:59", 200),
        ("2026-03-01", 400),
        ("2026-03-01T09:00:00", 400),
        ("2026-02-30T09:00:00Z", 400),
        ("1772355600", 400),
        ("nu", 400),
    ],
)
def test_a_moment_is_written_as_rfc_3339(program, moment, status):
    assert program.get("wijzigingen", {"sinds": moment}).status_code == status


def test_a_change_stays_as_it_was(published):
    for change in (Change.objects.all().delete, lambda: Change.objects.update(revision=9)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_publications_at_the_same_moment_get_numbers_in_the_order_in_which_they_are_seen(committed):
    """Someone who reads all the time never finds a number before one that was there already."""
    editor = UserFactory(role="Eindredacteur")
    drafts = [
        ready(draft_that_says(coalition_of(place(f"Plaats {n}")), (SAID, None, 2, None)), by=editor)
        for n in range(12)
    ]
    _, secret = token_of(UserFactory(role="Burgemeester"))
    begin = Barrier(5)

    def in_turn(mine):
        begin.wait()
        for draft in mine:
            with transaction.atomic():
                actions.publish(draft, by=editor, seen=draft.edit_number)
        connection.close()

    def follow():
        begin.wait()
        address, seen = "/api/v1/wijzigingen?na=0&aantal=3", []
        while len(seen) < len(drafts):
            page = Program(secret).get(address).json()
            seen += [row["nummer"] for row in page["resultaten"]]
            address = page["links"]["volgende"]
        connection.close()
        return seen

    with ThreadPoolExecutor(5) as pool:
        followed = pool.submit(follow)
        for each in [pool.submit(in_turn, drafts[n::4]) for n in range(4)]:
            each.result(timeout=60)
        seen = followed.result(timeout=60)

    assert seen == list(Change.objects.values_list("pk", flat=True))
    assert datetime.now(UTC) >= Change.objects.last().at
