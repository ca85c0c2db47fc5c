"""How far readers agree, the history, and what waits."""

import re

from django.urls import reverse

from assessments import actions
from tests.assessments.second_reading.readings import reviewing
from tests.factories import asked_again, read_again


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
