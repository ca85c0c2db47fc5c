"""An agreement's own PDF with its passages as annotations (ADR 47)."""

import io
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.urls import reverse

from demo.manuscript import all_manuscripts
from demo.typesetting import typeset
from exchange.highlighting.quads import lines_of
from exchange.highlights import COLOURS, FICTION
from tests.agreements.intake.files import raw_pdf, typst_pdf
from tests.exchange.papers import coding_of, version_of
from tests.factories import AgreementFactory, ThemeFactory, VersionFactory, published_of

QUOTE = "Wij pakken ondermijning samen aan."
TEXT = f"Een begin. #v(2cm) {QUOTE} Dat is alles."


@pytest.fixture
def pdf(tmp_path):
    return typst_pdf(tmp_path / "akkoord.pdf", TEXT)


@pytest.fixture
def version(db, pdf):
    return version_of(pdf)


def for_reader(client, version):
    coalition = version.agreement.coalition
    place = (coalition.term.start_year, coalition.municipality.slug, version.pk)
    return client.get(reverse("exchange:highlights-file", args=place))


def for_work(client, version):
    return client.get(reverse("exchange:work-highlights-file", args=[version.pk]))


def notes_in(response):
    assert response["Content-Type"] == "application/pdf", response.text
    with pikepdf.open(io.BytesIO(response.content)) as made:
        return [
            {key: _plain(value) for key, value in note.items()} | {"page": number}
            for number, page in enumerate(made.pages, start=1)
            for note in page.obj.get("/Annots", [])
        ]


def _plain(value):
    """What stays when the file is closed."""
    if isinstance(value, pikepdf.Array):
        return [float(number) for number in value]
    return str(value) if isinstance(value, pikepdf.String | pikepdf.Name) else None


def test_a_reader_finds_the_published_passages_and_no_note(client, sign_in, version):
    sign_in("Burgemeester")
    published_of(coding_of(version, QUOTE, note="Geheim"))
    coding_of(version, "Dat is alles.", theme=ThemeFactory(key="zorg"))

    (note,) = notes_in(for_reader(client, version))

    assert note["/Subtype"] == "/Highlight"
    assert note["/Contents"] == "Thema: Ondermijning\nSterkte: uitgewerkt"
    assert (note["/Subj"], note["/T"]) == ("Ondermijning", "onbekend")


def test_who_sees_work_finds_every_passage_with_its_note(client, sign_in, version):
    advisor = sign_in("Adviseur", last_name="Geheim")
    coding_of(version, QUOTE, note="Nog bespreken")
    coding_of(version, "Dat is alles.", theme=ThemeFactory(key="zorg"))
    version.passages.update(created_by=advisor)

    first, second = notes_in(for_work(client, version))

    assert first["/Contents"].endswith("Notitie: Nog bespreken")
    assert (first["/T"], second["/Subj"]) == ("Adviseur", "Zorg")
    assert "Geheim" not in str([first, second])


def upright(pdf):
    pass


def turned(pdf):
    pdf.pages[0].Rotate = 90


def upside_down(pdf):
    pdf.pages[0].Rotate = 180


def cropped(pdf):
    pdf.pages[0].CropBox = pikepdf.Array([20, 60, 400, 580])


def turned_and_cropped(pdf):
    cropped(pdf)
    pdf.pages[0].Rotate = 270


def moved(pdf):
    pdf.pages[0].MediaBox = pikepdf.Array([-30, -40, 430, 620])


@pytest.mark.parametrize(
    "change", [upright, turned, upside_down, cropped, turned_and_cropped, moved]
)
def test_a_highlight_lies_over_its_words_as_the_page_is_shown(client, sign_in, db, pdf, change):
    with pikepdf.open(pdf, allow_overwriting_input=True) as changed:
        change(changed)
        changed.save(pdf)
    version = version_of(pdf)
    sign_in("Adviseur")
    before = coloured(pdf.read_bytes())
    coding_of(version, QUOTE)
    words = [w for w in version.pages.get().words if version.text.index(QUOTE) <= w[0] < version.text.index(" Dat")]  # fmt: skip
    box = [min(w[2] for w in words), min(w[3] for w in words), max(w[4] for w in words), max(w[5] for w in words)]  # fmt: skip

    seen = coloured(for_work(client, version).content)

    assert before is None
    assert seen == pytest.approx(box, abs=1.0)


def coloured(content):
    """The box of what isn't grey on the first page, in points from its upper left; None if all is."""
    with pdfium.PdfDocument(content) as pdf:
        picture = pdf[0].render(scale=2, may_draw_forms=True).to_pil().convert("HSV").split()[1]
    box = picture.point(lambda colour: 255 if colour > 20 else 0).getbbox()
    return box and [edge / 2 for edge in box]


def test_the_words_below_a_highlight_stay_as_dark_as_they_were(client, sign_in, version, pdf):
    sign_in("Adviseur")
    coding_of(version, QUOTE)

    made = for_work(client, version).content

    assert darkest(made) == darkest(pdf.read_bytes()) < 60


def darkest(content):
    with pdfium.PdfDocument(content) as pdf:
        return pdf[0].render(scale=3).to_pil().convert("L").getextrema()[0]


def test_in_two_columns_each_word_lies_in_the_box_of_its_own_line(client, sign_in, db, tmp_path):
    manuscript = next(m for m in all_manuscripts() if m.columns == 2)
    path = tmp_path / "a.pdf"
    path.write_bytes(typeset(manuscript))
    version = version_of(path)
    page = version.pages.get(number=5)
    words = [word for word in page.words if word[0] >= page.start]
    first, last = words[len(words) // 4], words[3 * len(words) // 4]
    sign_in("Adviseur")
    coding_of(version, version.text[first[0] : last[1]])

    (note,) = [note for note in notes_in(for_work(client, version)) if note["page"] == 5 and note["/Subtype"] == "/Highlight"]  # fmt: skip

    numbers = note["/QuadPoints"]
    boxes = [(numbers[at], page.height - numbers[at + 1], numbers[at + 2], page.height - numbers[at + 5]) for at in range(0, len(numbers), 8)]  # fmt: skip
    assert len(boxes) > 20
    assert all(x1 - x0 < page.width / 2 for x0, _, x1, _ in boxes)
    for start, end, x0, y0, x1, y1 in page.words:
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        around = [box for box in boxes if box[0] < x < box[2] and box[1] < y < box[3]]
        assert len(around) == (1 if start < last[1] and first[0] < end else 0)


def test_boxes_on_one_line_become_one():
    assert lines_of([(0, 0, 10, 10), (13, 1, 20, 11), (0, 14, 9, 24)]) == [
        (0, 0, 20, 11),
        (0, 14, 9, 24),
    ]


def test_a_passage_over_two_pages_has_a_highlight_on_each(client, sign_in, db, tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", "Wij pakken dit #pagebreak() samen op.")
    version = version_of(path)
    sign_in("Adviseur")
    coding_of(version, version.text)

    assert [note["page"] for note in notes_in(for_work(client, version))] == [1, 2]


def test_the_same_passage_has_the_same_name_each_time(client, sign_in, version):
    sign_in("Adviseur")
    coding_of(version, QUOTE)

    first, again = for_work(client, version).content, for_work(client, version).content

    assert first == again


def test_the_original_stays_as_it_is(client, sign_in, version):
    sign_in("Adviseur")
    coding_of(version, QUOTE)

    for_work(client, version)

    with version.file.open() as file:
        assert sha256(file.read()).hexdigest() == version.sha256


def test_a_made_up_agreement_says_so_on_its_first_page_and_in_each_note(client, sign_in, db, pdf):
    version = version_of(pdf, agreement=AgreementFactory(is_fiction=True))
    sign_in("Adviseur")
    coding_of(version, QUOTE)

    highlight, bar = notes_in(for_work(client, version))

    assert highlight["/Contents"].startswith(FICTION)
    assert (bar["/Subtype"], bar["/Contents"]) == ("/FreeText", FICTION)


def test_what_acts_by_itself_does_not_come_along(client, sign_in, db, pdf):
    with pikepdf.open(pdf, allow_overwriting_input=True) as hostile:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        hostile.Root.OpenAction = script
        hostile.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", hostile.make_indirect(script)]))
        )
        hostile.pages[0].AA = pikepdf.Dictionary(O=script)
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
        hostile.pages[0].Annots = pikepdf.Array(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch)]
        )  # fmt: skip
        hostile.save(pdf)
    assert acting(pdf.read_bytes()) == {b"JavaScript", b"Launch", b"OpenAction", b"AA", b"JS"}
    version = version_of(pdf)
    sign_in("Adviseur")
    coding_of(version, QUOTE)

    assert acting(for_work(client, version).content) == set()


def acting(content):
    """What could act, with every stream of objects written out."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    names = (b"JavaScript", b"Launch", b"OpenAction", b"AA", b"JS")
    return {name for name in names if b"/" + name in plain.getvalue()}


def test_a_document_that_is_no_pdf_says_so(client, sign_in, db):
    sign_in("Adviseur")

    response = for_work(client, VersionFactory(media_type="text/plain", file="aa"))

    assert "Dit document is geen PDF." in response.text


@pytest.mark.parametrize("encryption", [{"owner": "baas"}, {"owner": "baas", "user": "geheim"}])
def test_a_protected_pdf_says_so(client, sign_in, version, encryption):
    sign_in("Adviseur")
    path = version.file.path
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(**{"owner": "", "user": ""} | encryption))

    assert "Deze PDF is beveiligd" in for_work(client, version).text


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"geen pdf", b"%PDF-1.7\n" + b"\x00" * 5000])
def test_a_damaged_pdf_says_so(client, sign_in, version, content):
    sign_in("Adviseur")
    coding_of(version, QUOTE)
    with open(version.file.path, "wb") as file:
        file.write(content)

    assert "Deze PDF is beschadigd" in for_work(client, version).text


def test_a_pdf_without_a_page_tree_that_ends_says_so(client, sign_in, version):
    sign_in("Adviseur")
    coding_of(version, QUOTE)
    pages = "<</Type/Pages/Kids[2 0 R]/Count 1>>"
    raw_pdf(Path(version.file.path), "<</Type/Catalog/Pages 2 0 R>>", pages)

    assert "Geen PDF met markeringen" in for_work(client, version).text


def test_a_file_that_is_gone_says_so(client, sign_in, version):
    sign_in("Adviseur")
    version.file.storage.delete(version.file.name)

    assert "is er niet" in for_work(client, version).text


def test_black_words_keep_their_contrast_on_each_colour():
    def light(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    for red, green, blue in COLOURS.values():
        luminance = 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue)
        assert (luminance + 0.05) / 0.05 >= 12


def test_a_reader_gets_no_version_that_is_not_readable(client, sign_in, version):
    sign_in("Burgemeester")
    coding_of(version, QUOTE)

    assert for_reader(client, version).status_code == 404


@pytest.mark.parametrize("many", [1, 5])
def test_query_count_does_not_grow(client, sign_in, version, django_assert_num_queries, many):
    sign_in("Adviseur")
    for quote in QUOTE.split()[:many]:
        coding_of(version, quote)
    for_work(client, version)

    with django_assert_num_queries(6):
        for_work(client, version)
