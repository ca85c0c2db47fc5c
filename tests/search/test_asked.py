"""What is asked is counted, and who asks it isn't."""

from datetime import timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from search import actions
from search.models import Asked
from tests.conftest import HTMX
from tests.search.conftest import published


def test_counts_a_question_per_day(ask, db):
    published(summary="Er komt een wijkagent.")
    for _ in range(3):
        ask("Wijkagent ")
    ask("zwembad")

    assert sorted(Asked.objects.values_list("question", "times", "found")) == [
        ("wijkagent", 3, 1), ("zwembad", 1, 0),
    ]  # fmt: skip


def test_keeps_nothing_of_the_person(db):
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "search_asked")

    assert {column.name for column in columns} == {"id", "day", "question", "times", "found"}


def test_typing_filters_and_further_pages_are_not_counted(ask, db):
    ask("wijkagent", headers=HTMX)
    ask("wijkagent", soort="citaat")
    ask("wijkagent", bladzijde=2)
    ask("wijkagent", headers={"Sec-Purpose": "prefetch"})

    assert not Asked.objects.exists()


def test_what_could_be_about_someone_is_not_kept(ask, db):
    for q in (
        "0612345678",
        "jan@voorbeeld.nl",
        "7511 AB",
        "een heel lang verhaal over mijn buurman hier",
    ):
        ask(q)

    assert not Asked.objects.exists()


def test_a_log_that_fails_breaks_no_search(ask, db, monkeypatch):
    published(summary="Er komt een wijkagent.")
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE search_asked RENAME TO gone")
        response = ask("wijkagent")
        cursor.execute("ROLLBACK TO before")

    assert response.status_code == 200
    assert "1 plaats" in response.text


def test_an_editor_sees_what_is_asked_and_what_gives_nothing(client, sign_in, db):
    for question, times, found in (("wijkagent", 5, 2), ("zwembad", 4, 0), ("jansen", 2, 0)):
        Asked.objects.create(day=timezone.localdate(), question=question, times=times, found=found)
    sign_in("Eindredacteur")

    text = client.get(reverse("search:asked")).text

    assert "wijkagent" in text.partition("Niets gevonden")[0]
    assert "zwembad" in text.partition("Niets gevonden")[2]
    assert "jansen" not in text
    assert "1 andere vraag werd minder dan 3 keer gesteld." in text


def test_forgets_what_is_old_and_sooner_what_is_rare(db):
    for days, question, times in (
        (91, "oud", 9),
        (31, "zeldzaam", 1),
        (31, "vaak", 3),
        (1, "nieuw", 1),
    ):
        day = timezone.localdate() - timedelta(days=days)
        Asked.objects.create(day=day, question=question, times=times, found=1)

    actions.clear()

    assert set(Asked.objects.values_list("question", flat=True)) == {"vaak", "nieuw"}
