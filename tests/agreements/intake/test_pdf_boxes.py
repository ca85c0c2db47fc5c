"""Each word's box lies over the word on the page as it is shown."""

import pikepdf
import pypdfium2 as pdfium
import pytest

from agreements.intake.limits import Limits
from agreements.intake.pdf import read
from tests.agreements.intake.files import resaved, typst_pdf

LEEWAY = 3.0  # points: boxes are as high as the font, ink is not


def ink(path):
    """The box of everything that is printed on the first page, in points."""
    with pdfium.PdfDocument(path) as pdf:
        picture = pdf[0].render(scale=2).to_pil().convert("L").point(lambda shade: 255 - shade)
    return [edge / 2 for edge in picture.getbbox()]


def upright(pdf):
    pass


def turned(pdf):
    pdf.pages[0].Rotate = 90


def upside_down(pdf):
    pdf.pages[0].Rotate = 180


def cropped(pdf):
    pdf.pages[0].CropBox = pikepdf.Array([40, 60, 380, 560])


def turned_and_cropped(pdf):
    cropped(pdf)
    pdf.pages[0].Rotate = 270


@pytest.mark.parametrize("change", [upright, turned, upside_down, cropped, turned_and_cropped])
def test_a_box_covers_its_word(tmp_path, change):
    path = typst_pdf(tmp_path / "a.pdf", "#v(3cm)#h(2cm)#text(20pt)[Hxgveiligheid]")
    resaved(path, change)

    page = read(path, Limits()).pages[0]

    (word,) = page.words
    box = (word.x0, word.y0, word.x1, word.y1)
    assert box == pytest.approx(ink(path), abs=LEEWAY)
    assert 0 <= word.x0 < word.x1 <= page.width
    assert 0 <= word.y0 < word.y1 <= page.height


def test_the_size_is_that_of_the_page_as_shown(tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", "Tekst")
    resaved(path, turned_and_cropped)

    page = read(path, Limits()).pages[0]

    assert (page.width, page.height) == (500, 340)


def test_a_page_reads_the_same_however_it_is_turned(tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", "= Kop\nEen zin over brandweer, auto-ongelukken en meer.")
    straight = read(path, Limits()).text
    resaved(path, upside_down)

    assert read(path, Limits()).text == straight


def test_words_outside_the_crop_box_are_not_text(tmp_path):
    path = typst_pdf(
        tmp_path / "a.pdf",
        "Zichtbaar #place(top, dx: 10cm)[Onzichtbaar]",
        "width: 20cm, height: 8cm",
    )
    shown_before = read(path, Limits()).text
    resaved(path, lambda pdf: setattr(pdf.pages[0], "CropBox", pikepdf.Array([0, 0, 250, 226])))

    assert "Onzichtbaar" in shown_before
    assert read(path, Limits()).text == "Zichtbaar"


def test_a_word_broken_over_two_lines_has_two_adjoining_boxes(tmp_path):
    path = typst_pdf(
        tmp_path / "a.pdf", "veiligheidsregio", "width: 3.6cm, height: auto, margin: 1cm"
    )

    document = read(path, Limits())

    first, *others = document.pages[0].words
    assert document.text == "veiligheidsregio"
    assert others
    for second in others:
        assert second.start == first.end
        assert second.y0 > first.y0
        first = second


def test_a_word_broken_over_two_pages_is_text_of_the_first(tmp_path):
    path = typst_pdf(
        tmp_path / "a.pdf", "veiligheidsregio blijft", "width: 3.6cm, height: 2.6cm, margin: 1cm"
    )

    document = read(path, Limits())

    first, second = document.pages[:2]
    assert document.text[first.start : first.end] == "veiligheidsregio"
    assert second.words[0].end <= first.end
    assert second.words[0].start > first.start


def test_every_word_of_the_text_has_a_box_with_just_its_letters(tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", "= Kop\n- Een punt\n- Nog een punt\n\n#lorem(200)")

    document = read(path, Limits())

    boxed = {
        at for page in document.pages for word in page.words for at in range(word.start, word.end)
    }
    assert boxed == {at for at, character in enumerate(document.text) if not character.isspace()}
