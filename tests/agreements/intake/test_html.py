import codecs

import pytest

from agreements.intake.reader import read
from tests.agreements.intake.refusals import refusal_of


def read_html(tmp_path, page):
    path = tmp_path / "a"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return read(path, "a.html")


def test_reads_headings_paragraphs_items_and_tables(tmp_path):
    page = """<!doctype html><title>T</title><h1>Akkoord</h1><p>Een <b>vet</b>
    woord.<ul><li>Punt<li><p>Alinea in punt</ul><h2>Geld</h2>
    <table><tr><th>Wat<th>Bedrag<tr><td>Camera's<td>€ 5</table>"""

    document = read_html(tmp_path, page)

    assert document.text.split("\n\n") == [
        "Akkoord",
        "Een vet woord.",
        "• Punt",
        "• Alinea in punt",
        "Geld",
        "Wat | Bedrag",
        "Camera's | € 5",
    ]
    assert [(section.title, section.level) for section in document.sections] == [
        ("Akkoord", 1),
        ("Geld", 2),
    ]


@pytest.mark.parametrize(
    "clutter",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<nav>Menu</nav>",
        "<header>Logo</header>",
        "<footer>Contact</footer>",
        "<div role=navigation>Menu</div>",
        "<p hidden>Weg</p>",
        "<p style='display: none'>Weg</p>",
        "<div aria-hidden=true>Weg</div>",
        "<svg><text>Weg</text></svg>",
        "<!-- opmerking -->",
        "<template><p>Weg</p></template>",
        "<iframe src='https://example.org'>Weg</iframe>",
    ],
)
def test_leaves_out_what_is_no_text_of_the_page(tmp_path, clutter):
    page = f"<!doctype html><body>{clutter}<p>Brandweer</p>{clutter}"

    assert read_html(tmp_path, page).text == "Brandweer"


def test_reads_only_the_main_part_if_there_is_one(tmp_path):
    page = (
        "<!doctype html><div>Cookies?</div><main><header><h1>Akkoord</h1></header><p>Tekst</main>"
    )

    assert read_html(tmp_path, page).text == "Akkoord\n\nTekst"


def test_reads_the_text_of_a_form(tmp_path):
    page = "<!doctype html><form><p>Brandweer</p><button>Verstuur</button></form>"

    assert read_html(tmp_path, page).text == "Brandweer"


def test_an_empty_line_is_a_new_paragraph_and_a_line_end_is_not(tmp_path):
    page = "<!doctype html><p>Een<br>twee<br><br>drie"

    assert read_html(tmp_path, page).text == "Een twee\n\ndrie"


@pytest.mark.parametrize(
    "page",
    [
        codecs.BOM_UTF8 + "<html><p>reëel €".encode(),
        "<html><meta charset=iso-8859-1><p>reëel €".encode("windows-1252"),
        "<html><meta charset='windows-1252'><p>reëel €".encode("windows-1252"),
        "<html><p>reëel €".encode(),
        "<html><p>reëel €".encode("windows-1252"),
        "<html><meta charset=onzin><p>reëel €".encode(),
        "<html><meta charset=utf-8><p>reëel €".encode("windows-1252"),
        codecs.BOM_UTF16_LE + "<html><p>reëel €".encode("utf-16-le"),
    ],
)
def test_finds_the_encoding(tmp_path, page):
    assert read_html(tmp_path, page).text == "reëel €"


def test_elements_in_elements_without_end(tmp_path):
    assert refusal_of(lambda: read_html(tmp_path, "<html>" + "<div>" * 5000)) == "too-deep"
