"""Comparing: the literal words of agreements beside each other, in rows that match."""

from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.urls import reverse
from lxml import html

from tests.factories import ThemeFactory
from tests.overview.published import (
    coalition_of,
    draft_that_says,
    place,
    point,
    published_silence,
    published_that_says,
)

pytestmark = pytest.mark.django_db
COMPARE = reverse("overview:compare")
TWO = "raadsperiode=2026&thema=ondermijning&gemeente=enschede&gemeente=hengelo"


@pytest.fixture
def region():
    """Three municipalities of 2026 by their names: two that say something, one that has only a draft."""
    jeugd, partners = point("jeugd"), point("partners")
    enschede, hengelo, losser = (
        coalition_of(place(name)) for name in ("Enschede", "Hengelo", "Losser")
    )
    published_that_says(
        enschede,
        ("Wij praten met jeugd.", jeugd, 1, None),
        ("Wij werken met partners.", partners, 2, {"what": "een overleg"}),
        ("Wij doen ons best.", None, 1, None),
    )
    published_that_says(hengelo, ("Hengelo helpt de jeugd.", jeugd, 2, None))
    draft_that_says(losser, ("Losser heeft een geheim.", jeugd, 2, None))
    return {"Enschede": enschede, "Hengelo": hengelo, "Losser": losser}


@pytest.fixture
def mayor(sign_in):
    return sign_in("Burgemeester")


def cells(response):
    """Per row of the table its head, and per column what stands there."""
    page = html.fromstring(response.text)
    heads = [head.text_content().strip() for head in page.xpath("//thead//th")][1:]
    return {
        row.xpath("string(th)").strip(): dict(
            zip(
                heads,
                (" ".join(cell.text_content().split()) for cell in row.xpath("td")),
                strict=True,
            )
        )
        for row in page.xpath("//table[contains(@class, 'compare')]/tbody/tr[td]")
    }


def alerts(response):
    return " ".join(html.fromstring(response.text).xpath("string(//*[@role='alert'])").split())


def test_rows_of_focus_points_are_aligned(client, mayor, region):
    found = cells(client.get(f"{COMPARE}?{TWO}"))

    assert list(found) == ["Oordeel", "Samenvatting", "Jeugd", "Partners", "Zonder aandachtspunt"]
    assert "Wij praten met jeugd." in found["Jeugd"]["Enschede"]
    assert "Hengelo helpt de jeugd." in found["Jeugd"]["Hengelo"]
    assert "Wij werken met partners." in found["Partners"]["Enschede"]
    assert found["Partners"]["Hengelo"].endswith("zwijgt")
    assert "Wij doen ons best." in found["Zonder aandachtspunt"]["Enschede"]
    assert "Samenvatting van Hengelo." in found["Samenvatting"]["Hengelo"]


def test_a_quote_leads_to_its_place(client, mayor, region):
    text = client.get(f"{COMPARE}?{TWO}").text

    for name in ("Enschede", "Hengelo"):
        for coding in region[name].assessments.get().codings.all():
            assert f"?passage={coding.passage_id}#passage-{coding.passage_id}" in text


def test_what_is_not_published_is_not_judged_and_does_not_count_as_silence(client, mayor, region):
    response = client.get(f"{COMPARE}?{TWO}&gemeente=losser")

    assert "Losser heeft een geheim." not in response.text
    assert {row["Losser"] for row in cells(response).values()} == {"Losser nog niet beoordeeld"}
    assert "zwijgt" in cells(response)["Partners"]["Hengelo"]


def test_who_is_silent_on_the_theme_is_silent_on_every_point(client, mayor, region):
    published_silence(coalition_of(place("Borne")))

    found = cells(client.get(f"{COMPARE}?{TWO}&gemeente=borne"))

    assert "niet genoemd" in found["Oordeel"]["Borne"]
    assert "zwijgt" in found["Jeugd"]["Borne"]


def test_one_focus_point_has_one_row(client, mayor, region):
    query = TWO.replace("&gemeente", "&aandachtspunt=jeugd&gemeente", 1)

    found = cells(client.get(f"{COMPARE}?{query}"))

    assert list(found) == ["Oordeel", "Samenvatting", "Jeugd"]


def test_the_form_leads_to_an_address_that_holds_the_selection_and_nothing_else(
    client, mayor, region
):
    response = client.get(
        COMPARE,
        {
            "raadsperiode": 2026,
            "onderwerp": "ondermijning:jeugd",
            "gemeente": ["enschede", "hengelo"],
            "csrf": "x",
        },
    )

    query = TWO.replace("&gemeente", "&aandachtspunt=jeugd&gemeente", 1)
    assert response.headers["Location"] == f"{COMPARE}?{query}"
    assert client.get(response.headers["Location"]).status_code == 200


def test_the_mail_brings_someone_else_to_the_same_page(client, sign_in, region):
    sign_in("Burgemeester", municipality=region["Enschede"].municipality)
    # What one sees who chose nothing: the own municipality and its neighbours.
    region["Enschede"].municipality.neighbours.add(region["Hengelo"].municipality)
    seen = client.get(COMPARE)
    link = html.fromstring(seen.text).xpath("//a[starts-with(@href, 'mailto:')]/@href")[0]
    body = unquote(parse_qs(urlsplit(link).query)["body"][0])

    sign_in("Adviseur")
    address = next(word for word in body.split() if word.startswith("http"))
    received = client.get(address.removeprefix("http://testserver"))

    assert cells(received) == cells(seen)
    assert list(cells(seen)["Oordeel"]) == ["Enschede", "Hengelo"]


def test_who_belongs_nowhere_gets_suggestions_and_no_table(client, sign_in, region):
    sign_in("Adviseur")

    response = client.get(COMPARE)

    assert cells(response) == {}
    assert "Alle 3 gemeenten over Ondermijning" in response.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("thema=ondermijning&gemeente=enschede", "Enschede staat al aangevinkt."),
        ("thema=kermis&gemeente=enschede&gemeente=hengelo", "“kermis” kennen wij niet."),
        (f"{TWO}&gemeente=parijs", "“parijs” is geen gemeente die wij kennen."),
        (TWO.replace("2026", "1848"), "Raadsperiode “1848” kennen wij niet."),
        (f"{TWO}&aandachtspunt=%00", "is hier geen aandachtspunt."),
    ],
)
def test_what_is_wrong_with_an_address_is_said_and_the_rest_is_kept(
    client, mayor, region, query, said
):
    response = client.get(f"{COMPARE}?{query}")

    assert response.status_code == 200
    assert said in alerts(response)
    chosen = html.fromstring(response.text).xpath("//input[@name='gemeente'][@checked]/@value")
    assert "enschede" in chosen


def test_too_many_municipalities_show_the_first_fourteen(client, mayor, region):
    names = [f"Dorp {n}" for n in range(20)]
    for name in names:
        coalition_of(place(name))
    query = "".join(f"&gemeente={name.lower().replace(' ', '-')}" for name in names)

    response = client.get(f"{COMPARE}?thema=ondermijning{query}")

    assert list(cells(response)["Oordeel"]) == names[:14]
    assert "U koos 20 gemeenten." in alerts(response)


def test_suggestions_are_neighbours_like_size_and_most_different(client, mayor, region):
    places = {name: coalition.municipality for name, coalition in region.items()}
    for name, population in (("Enschede", 100), ("Hengelo", 90)):
        places[name].population, places[name].population_year = population, 2025
        places[name].save()
    places["Enschede"].neighbours.add(places["Losser"])
    brandweer = ThemeFactory(key="brandweer")
    for name, level in (("Enschede", 1), ("Hengelo", 2)):
        published_that_says(
            region[name], ("Wij blussen.", None, 2, None), theme=brandweer, level=level
        )

    text = unescape(client.get(f"{COMPARE}?{TWO}").text)

    assert "Enschede en de buurgemeenten: Losser" in text
    assert "Ongeveer even groot als Enschede: Hengelo" in text
    assert "(van 1 gemeente is het aantal inwoners niet bekend)" in text
    assert "Hengelo verschilt het meest van Enschede: op brandweer" in text


def test_an_unknown_population_is_said(client, mayor, region):
    text = client.get(f"{COMPARE}?{TWO}").text

    assert "Het aantal inwoners van Enschede is niet bekend." in text


def test_a_draft_makes_nobody_different(client, mayor, region):
    brandweer = ThemeFactory(key="brandweer")
    published_that_says(
        region["Enschede"], ("Wij blussen.", None, 2, None), theme=brandweer, level=1
    )
    draft_that_says(region["Hengelo"], ("Wij ook.", None, 2, None), theme=brandweer)

    assert "verschilt het meest" not in client.get(f"{COMPARE}?{TWO}").text


def test_more_quotes_cost_no_more_queries(client, mayor, region, django_assert_num_queries):
    jeugd = region["Enschede"].assessments.get().codings.first().focus_point
    for number in range(5):
        said = [(f"Zin {number} {n}.", jeugd, 1, None) for n in range(number + 1)]
        published_that_says(coalition_of(place(f"Dorp {number}")), *said)
    client.get(f"{COMPARE}?{TWO}")

    with django_assert_num_queries(17) as few:
        client.get(f"{COMPARE}?{TWO}")
    with django_assert_num_queries(len(few)):
        client.get(f"{COMPARE}?{TWO}" + "".join(f"&gemeente=dorp-{n}" for n in range(5)))


def test_two_terms_of_one_municipality_stand_beside_each_other(client, mayor, region):
    before = coalition_of(region["Enschede"].municipality, 2022)
    published_that_says(
        before,
        ("Toen praatten wij al.", point("jeugd", year=2022), 2, None),
        ("Toen deden wij dit.", point("oud", year=2022), 1, None),
    )

    response = client.get(reverse("overview:compare-terms"), {"gemeente": "enschede"}, follow=True)

    assert response.redirect_chain[0][0].endswith("?gemeente=enschede&toen=2022&nu=2026")
    found = cells(response)
    jeugd = next(found[head] for head in found if head.startswith("Jeugd"))
    assert "Toen praatten wij al." in jeugd["2022–2026"]
    assert "Wij praten met jeugd." in jeugd["2026–2030"]
    assert "Jeugd zwakker" in found
    oud = found["Oud nu geen aandachtspunt meer"]
    assert oud["2026–2030"].endswith("geen aandachtspunt in deze raadsperiode")


def test_two_terms_of_which_one_is_not_published_are_no_comparison(client, mayor, region):
    coalition_of(region["Enschede"].municipality, 2022)

    response = client.get(reverse("overview:compare-terms"), {"gemeente": "enschede"}, follow=True)

    assert "Jeugd nog niet te vergelijken" in cells(response)


def test_the_page_of_a_municipality_leads_to_its_neighbours(client, mayor, region):
    region["Enschede"].municipality.neighbours.add(region["Hengelo"].municipality)

    text = client.get(reverse("overview:municipality", args=[2026, "enschede"])).text

    assert f'href="{COMPARE}?{TWO.replace("&", "&amp;")}"' in text
