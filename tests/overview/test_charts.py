"""Charts: the drawing says what its table says, and goes along as a file that needs nothing else."""

from decimal import Decimal

import pytest
from django.urls import reverse
from lxml import etree, html

from overview import charts
from overview.change import Change
from overview.totals import Promise, totals
from tests.factories import ThemeFactory
from tests.overview.published import (
    coalition_of,
    draft_that_says,
    place,
    published_silence,
    published_that_says,
)

SVG = {"s": "http://www.w3.org/2000/svg"}
LEVELS = [(0, "niet genoemd"), (1, "genoemd"), (2, "uitgewerkt"), (3, "concreet")]
WORDS = [word for _, word in LEVELS]


def of(chart, kind, tag):
    return [shape for shape in chart.shapes if (shape.kind, shape.tag) == (kind, tag)]


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (1, 3, 4, 6), (14, 0, 0, 0), (30, 40, 50, 60)])
def test_the_spread_draws_a_square_for_each_municipality(counts):
    levels = [(level, word, count) for (level, word), count in zip(LEVELS, counts, strict=True)]

    chart = charts.spread("Ondermijning", "2026–2030", levels, not_judged=2)

    drawn = [len(of(chart, f"level-{level}", "rect")) for level, _ in LEVELS]
    assert drawn == list(counts)
    assert [row[1] for row in chart.table] == [*map(str, counts), "2"]
    assert len(of(chart, "level-none", "rect")) == 2
    assert all(shape.x + shape.width <= chart.width for shape in chart.shapes)


@pytest.mark.parametrize("then", [None, 0, 1, 2, 3])
@pytest.mark.parametrize("now", [None, 0, 1, 2, 3])
def test_then_and_now_draws_what_is_known_and_nothing_more(then, now):
    move = charts.Move("Brandweer", then, now, Change.KEPT)

    chart = charts.then_and_now("Enschede", "2022–2026", "2026–2030", WORDS, [move])

    # One of each stands in the explanation below.
    assert len(of(chart, "then", "circle")) - 1 == (then is not None)
    assert len(of(chart, "now", "circle")) - 1 == (now is not None)
    assert bool(of(chart, "line", "path")) == (None not in (then, now) and then != now)
    said = ["nog niet beoordeeld" if level is None else WORDS[level] for level in (then, now)]
    assert list(chart.table[0][1:3]) == said


def test_the_bars_of_a_year_are_as_long_as_its_money():
    found = totals(
        [
            Promise(Decimal(300), 2026, 2026, "eenmalig"),
            Promise(Decimal(100), 2026, 2027, "structureel"),
        ],
        term_end=2030,
    )

    chart = charts.per_year("Enschede", found)

    once, _ = of(chart, "once", "rect")  # the second stands in the explanation
    first, second, _ = of(chart, "structural", "rect")
    assert once.width == pytest.approx(3 * first.width, abs=0.05)
    assert first.width == second.width
    assert chart.heads == ["Jaar", "Eenmalig", "Structureel", "Totaal"]
    assert [row[-1] for row in chart.table] == ["€\xa0400", "€\xa0100"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [("1250000", "€\xa01.250.000"), ("0", "€\xa00"), ("1500.50", "€\xa01.500,50")],
)
def test_money_is_written_as_in_dutch(amount, words):
    assert charts.euros(Decimal(amount)) == words


@pytest.fixture
def enschede():
    return place("Enschede & co <b>")


@pytest.fixture
def files(client, sign_in, enschede):
    """The files of the charts, by the name of their address."""
    sign_in("Burgemeester")

    def files():
        slug = enschede.slug = "enschede"
        enschede.save()
        return {
            "chart-spread": client.get(
                reverse("overview:chart-spread", args=[2026, "ondermijning"])
            ),
            "chart-levels": client.get(reverse("overview:chart-levels", args=[2026, slug])),
            "chart-measures": client.get(reverse("overview:chart-measures", args=[2026, slug])),
        }

    return files


@pytest.mark.django_db
def test_a_file_is_whole_and_brings_its_own_inks(files, enschede):
    money = {"amount": 5000, "first_year": 2026, "last_year": 2026}
    published_that_says(coalition_of(enschede), ("Wij betalen.", None, 2, money))

    for name, response in files().items():
        drawing = etree.fromstring(response.content)
        assert drawing.xpath("//s:svg//s:title", namespaces=SVG), name
        assert drawing.xpath("//s:svg//s:desc", namespaces=SVG), name
        assert not drawing.xpath("//*[@style] | //s:style | //s:script | //s:image", namespaces=SVG)
        assert all(
            shape.get("fill")
            for shape in drawing.xpath(
                "//s:rect | //s:circle | //s:path | //s:text", namespaces=SVG
            )
        )
        assert "Bron: Veiligheidsregio Twente, " in response.text


@pytest.mark.django_db
def test_a_file_is_sent_as_a_download_with_the_headers_of_every_page(files, enschede):
    ThemeFactory()
    coalition_of(enschede)

    for response in files().values():
        assert response.headers["Content-Type"] == "image/svg+xml"
        assert response.headers["Content-Disposition"].startswith('attachment; filename="')
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("is_fiction", [True, False])
def test_a_file_says_when_it_rests_on_invented_agreements(files, enschede, is_fiction):
    published_that_says(
        coalition_of(enschede), ("Wij praten.", None, 2, None), is_fiction=is_fiction
    )

    assert {"Verzonnen voorbeeld" in file.text for file in files().values()} == {is_fiction}


@pytest.mark.django_db
def test_the_spread_counts_only_what_is_published(files, enschede):
    published_silence(coalition_of(enschede))
    draft_that_says(coalition_of(place("Hengelo")), ("Wij praten.", None, 2, None))

    description = etree.fromstring(files()["chart-spread"].content).xpath(
        "string(//s:desc)", namespaces=SVG
    )

    assert description == (
        "1 niet genoemd, 0 genoemd, 0 uitgewerkt en 0 concreet. Nog niet beoordeeld: 1."
    )


@pytest.mark.django_db
def test_on_a_page_the_drawing_has_a_name_and_a_table_beside_it(client, sign_in):
    sign_in("Burgemeester")
    enschede = place("Enschede")
    theme = ThemeFactory()
    published_that_says(coalition_of(enschede, 2022), ("Toen.", None, 1, None), level=1)
    published_that_says(coalition_of(enschede), ("Wij praten.", None, 2, None))

    page = html.fromstring(
        client.get(reverse("overview:municipality", args=[2026, "enschede"])).text
    )

    (figure,) = page.xpath("//figure")
    named = figure.xpath(".//svg/@aria-labelledby")[0].split()
    assert all(figure.xpath(f".//*[@id='{name}']") for name in named)
    row = figure.xpath(f".//tr[th[normalize-space()='{theme}']]/td")
    assert [cell.text for cell in row] == ["genoemd", "uitgewerkt", "sterker"]
