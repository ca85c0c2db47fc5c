"""The tables that readers take along, as somebody gets them and as other programs read them back."""

import csv
import io
from datetime import date

import odfdo
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.judgements import NOT_JUDGED
from tests.factories import (
    CodingFactory,
    PartnerFactory,
    PassageFactory,
    ThemeFactory,
    UserFactory,
    asked_again,
    draft_of,
    submitted,
)
from tests.overview.published import (
    coalition_of,
    draft_that_says,
    place,
    point,
    published_that_says,
)

AMOUNT = {"what": "een wijkagent", "amount": "1500.50", "first_year": 2026, "kind": "structureel", "who": "politie"}  # fmt: skip


@pytest.fixture
def reader(db, sign_in):
    return sign_in("Burgemeester")


def address(table, kind, *, work=False, **asked):
    name = "exchange:work-table-file" if work else "exchange:table-file"
    return reverse(name, args=[table, kind], query=asked or None)


def content(response):
    assert response.status_code == 200, response
    return b"".join(response.streaming_content)


def rows_of(client, table, **kwargs):
    """The rows of a CSV as dictionaries."""
    text = content(client.get(address(table, "csv", **kwargs))).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def enschede(db):
    return coalition_of(place("Enschede", cbs_code="GM0153"))


@pytest.fixture
def published(enschede):
    return published_that_says(enschede, ("Wij pakken drugs aan.", point("drugs"), 3, AMOUNT))


def test_a_quote_comes_with_all_that_is_known_of_it(client, reader, published):
    coding = published.codings.get()
    version = coding.passage.version
    PartnerFactory(name="Drugs")

    (row,) = rows_of(client, "citaten")

    path = reverse("overview:document", args=[2026, "enschede", version.pk])
    assert row == {
        "citaatnummer": str(coding.passage_id),
        "coderingsnummer": str(coding.pk),
        "gemeente": "Enschede",
        "CBS-code": "GM0153",
        "raadsperiode": "2026–2030",
        "akkoord": version.agreement.title,
        "soort": "Coalitieakkoord",
        "versie": str(version.number),
        "sha256": version.sha256,
        "van bladzijde": "1",
        "tot en met bladzijde": "1",
        "begin": "0",
        "einde": "21",
        "citaat": "Wij pakken drugs aan.",
        "thema": "Ondermijning",
        "aandachtspunt": "Drugs",
        "sterkte": "3",
        "sterkte in woorden": "concreet",
        "aantal maatregelen": "1",
        "maatregelen": "een wijkagent (€\u00a01.500,50, vanaf 2026, structureel, politie)",
        "partners": "Drugs",
        "gemarkeerd door": "onbekend",
        "adres": f"http://testserver{path}?passage={coding.passage_id}#passage-{coding.passage_id}",
        "fictie": "nee",
    }


def test_who_marked_is_told_by_role(client, reader, published, sign_in):
    passage = published.codings.get().passage
    advisor = sign_in("Adviseur", last_name="Geheim")
    type(passage).objects.filter(pk=passage.pk).update(created_by=advisor)

    (row,) = rows_of(client, "citaten")

    assert row["gemarkeerd door"] == "Adviseur"
    assert "Geheim" not in str(row)


def test_a_measure_stands_once_however_its_passage_is_coded(client, reader, enschede):
    theme = ThemeFactory()
    draft = draft_that_says(enschede, ("Er komt geld.", None, 2, AMOUNT), theme=theme)
    passage = draft.codings.get().passage
    CodingFactory(passage=passage, theme=ThemeFactory(key="brandweer"))
    from_work = rows_of(client_as_advisor(client), "maatregelen", work=True)

    (row,) = from_work
    assert row["thema’s"] == "Ondermijning; Brandweer"
    assert (row["bedrag in euro’s"], row["van jaar"], row["tot en met jaar"]) == (
        "1500.50",
        "2026",
        "",
    )


def client_as_advisor(client):
    from_factory = UserFactory(role="Adviseur")
    client.force_login(from_factory)
    return client


def test_a_judgement_comes_with_its_words_and_an_empty_level_where_there_is_none(
    client, reader, published, enschede
):
    ThemeFactory(key="zorg")

    judged, not_judged = sorted(rows_of(client, "beoordelingen"), key=lambda row: row["thema"])

    assert (judged["oordeel"], judged["oordeel in woorden"]) == ("2", "uitgewerkt")
    assert judged["samenvatting"] == "Samenvatting van Enschede."
    assert judged["gepubliceerd op"] == date.today().isoformat()
    assert (not_judged["oordeel"], not_judged["oordeel in woorden"]) == ("", NOT_JUDGED)


def test_only_what_is_published_comes_along(client, reader, enschede):
    draft_that_says(enschede, ("Dit is een concept.", None, 2, AMOUNT))

    assert rows_of(client, "citaten") == rows_of(client, "maatregelen") == []
    assert [row["oordeel"] for row in rows_of(client, "beoordelingen")] == [""]


def test_the_work_file_has_drafts_and_notes_and_marks_each_row(client, published, enschede):
    version = published.codings.get().passage.version
    draft = CodingFactory(
        passage=PassageFactory(version=version, start=0, end=3),
        theme=ThemeFactory(key="zorg"),
        note="Nog bespreken",
    )
    draft_of(draft, summary="Een concept.")
    client_as_advisor(client)

    quotes = rows_of(client, "citaten", work=True)
    judgements = rows_of(client, "beoordelingen", work=True)

    assert {(row["citaat"], row["stand"], row["notitie"]) for row in quotes} == {
        ("Wij pakken drugs aan.", "gepubliceerd", ""),
        ("Wij", "concept", "Nog bespreken"),
    }
    assert {(row["thema"], row["stand"], row["stap"]) for row in judgements} == {
        ("Ondermijning", "gepubliceerd", "Gepubliceerd"),
        ("Zorg", "concept", "Concept"),
    }


def test_who_reads_a_judgement_blind_does_not_find_it_in_the_work_file(client, enschede):
    coding = CodingFactory(passage__version__agreement__coalition=enschede)
    draft = submitted(draft_of(coding, summary="Het eerste oordeel."))
    reading = asked_again(draft)
    client.force_login(reading.reader)

    (row,) = rows_of(client, "beoordelingen", work=True)

    assert (row["oordeel"], row["oordeel in woorden"]) == ("", "u leest dit blind")
    assert "Het eerste oordeel." not in row.values()

    client_as_advisor(client)
    assert rows_of(client, "beoordelingen", work=True)[0]["samenvatting"] == "Het eerste oordeel."


@pytest.mark.parametrize(
    "asked", [{"raadsperiode": 2026}, {"gemeente": "enschede"}, {"thema": "ondermijning"}]
)
def test_a_choice_leaves_the_rest_out(client, reader, published, asked):
    other = coalition_of(place("Almelo"), 2022)
    published_that_says(
        other, ("Brand is gevaarlijk.", None, 2, None), theme=ThemeFactory(key="brandweer")
    )
    assert len(rows_of(client, "citaten")) == 2

    (row,) = rows_of(client, "citaten", **asked)

    assert row["gemeente"] == "Enschede"


def test_a_choice_that_is_not_there_is_told(client, reader):
    response = client.get(address("alles", "ods", gemeente="atlantis"))

    assert response.status_code == 400
    assert "Deze gemeente kennen wij niet." in response.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("gemeent=enschede", "‘gemeent’ kennen wij niet."),
        ("gemeente=enschede&gemeente=almelo", "‘gemeente’ staat er 2 keer."),
    ],
)
@pytest.mark.parametrize("name", ["tabellen/alles.ods", "tabellen/citaten.csv", "akkoorden.qdpx"])
def test_a_typing_error_does_not_give_everything(client, reader, enschede, query, said, name):
    place("Almelo")

    response = client.get(f"/gegevens/{name}?{query}")

    assert response.status_code == 400
    assert said in response.text


@pytest.mark.parametrize(
    "name", ["tabellen/alles.ods", "themas.qdc", "themas.csv", "akkoorden.qdpx", "open/"]
)
def test_a_program_may_ask_first_what_a_file_is(client, reader, published, name):
    asked, given = client.head(f"/gegevens/{name}"), client.get(f"/gegevens/{name}")

    assert (asked.status_code, given.status_code) == (200, 200)
    assert b"".join(asked) == b"" != b"".join(given)
    assert asked["Content-Type"] == given["Content-Type"]


def test_what_is_left_open_is_everything(client, reader, published):
    """The control of the test above."""
    assert len(rows_of(client, "citaten", gemeente="", thema="", raadsperiode="")) == 1


def test_a_table_that_is_not_there_is_not_found(client, reader):
    assert client.get(address("citaten", "ods")).status_code == 404


def test_xlsx_has_three_tables_and_an_explanation(client, reader, published):
    response = client.get(address("alles", "xlsx", raadsperiode=2026))

    book = openpyxl.load_workbook(io.BytesIO(content(response)))
    assert book.sheetnames == ["Citaten", "Beoordelingen", "Maatregelen", "Toelichting"]
    assert (
        response["Content-Disposition"]
        == 'attachment; filename="coalitieakkoorden-alles-2026.xlsx"'
    )
    quotes = book["Citaten"]
    assert (quotes.freeze_panes, quotes.auto_filter.ref) == ("A2", "A1:X2")
    measures = dict(zip(*list(book["Maatregelen"].values)[:2], strict=True))
    assert measures["bedrag in euro’s"] == 1500.5
    judged = dict(zip(*list(book["Beoordelingen"].values)[:2], strict=True))
    assert judged["gepubliceerd op"].date() == date.today()
    told = {row[1]: row[2] for row in book["Toelichting"].values}
    assert told["Keuze"].startswith("raadsperiode 2026–2030, alle gemeenten")
    assert told["Licentie"].startswith("Niet bepaald")


def test_ods_says_the_same_as_xlsx(client, reader, published):
    ods = odfdo.Document(io.BytesIO(content(client.get(address("alles", "ods")))))
    xlsx = openpyxl.load_workbook(io.BytesIO(content(client.get(address("alles", "xlsx")))))

    tables = {table.name: table for table in ods.body.tables}
    assert list(tables) == xlsx.sheetnames
    for name in ("Citaten", "Maatregelen"):
        ours = [[v or None for v in row] for row in tables[name].get_values()]
        assert ours == [[v or None for v in row] for row in xlsx[name].values]
    assert tables["Maatregelen"].get_value("I2") == 1500.5


def test_a_licence_that_was_chosen_is_named(client, reader, published, settings):
    settings.OPEN_DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"

    book = openpyxl.load_workbook(io.BytesIO(content(client.get(address("alles", "xlsx")))))

    assert {row[1]: row[2] for row in book["Toelichting"].values}["Licentie"].endswith("by/4.0/")


@pytest.mark.parametrize("work", [False, True])
@pytest.mark.parametrize("table", ["citaten", "beoordelingen", "maatregelen"])
def test_query_count_does_not_grow(client, enschede, table, work):
    """What is read row by row, with a cursor on the server, isn't among them; it is one query more."""
    client_as_advisor(client)
    published_that_says(enschede, ("Er komt geld.", None, 2, AMOUNT))
    rows_of(client, table, work=work)
    with CaptureQueriesContext(connection) as few:
        assert len(rows_of(client, table, work=work)) == 1

    for number in range(4):
        said = [(f"Nummer {n} krijgt geld.", None, 2, AMOUNT) for n in range(5)]
        published_that_says(coalition_of(place(f"Plaats {number}")), *said)

    with CaptureQueriesContext(connection) as many:
        assert len(rows_of(client, table, work=work)) == (5 if table == "beoordelingen" else 21)
    assert len(many) == len(few)


def test_the_page_offers_the_work_file_to_who_sees_work_alone(client, sign_in, db):
    sign_in("Burgemeester")
    assert "Werkbestand" not in client.get(reverse("exchange:data")).text

    sign_in("Adviseur")
    assert "Werkbestand" in client.get(reverse("exchange:data")).text


def test_ods_is_offered_first(client, reader):
    page = client.get(reverse("exchange:data")).text

    assert page.index("alles.ods") < page.index("alles.xlsx") < page.index("citaten.csv")
