"""Marks lie on their words, also on odd paper. The measure is pdf.js's own reading of the file, not ours."""

import pikepdf
import pytest

from tests.agreements.intake.files import resaved, typst_pdf
from tests.browser.pdf_version import mark_each_word, version_of
from tests.factories import UserFactory

LEEWAY = 2.0  # points
ABOVE = 4.0  # a font of 14 points says in three ways how high its letters reach
BODY = """#set text(size: 14pt)
#place(dx: 1cm, dy: 2cm)[Brandweer] #place(dx: 7cm, dy: 2cm)[toezicht]
#place(dx: 2cm, dy: 5cm)[Ondermijning] #place(dx: 6cm, dy: 9cm)[crisisbeheersing]
#place(dx: 1cm, dy: 12cm)[zorg] #place(dx: 8cm, dy: 15cm)[wijkagenten]"""
SECOND = """
#set page(width: 25cm, height: 12cm)
#place(dx: 15cm, dy: 1cm)[breed] #place(dx: 3cm, dy: 7cm)[liggend]"""


def upright(page):
    pass


def turned_right(page):
    page.Rotate = 90


def upside_down(page):
    page.Rotate = 180


def turned_left(page):
    page.Rotate = 270


def cropped(page):
    page.CropBox = pikepdf.Array([20, 30, 400, 560])


def turned_and_cropped(page):
    cropped(page)
    page.Rotate = 90


def larger_units(page):
    page.obj.UserUnit = 2


def off_origin(page):
    left, bottom, right, top = (float(edge) for edge in page.MediaBox)
    page.MediaBox = pikepdf.Array([left - 100, bottom - 50, right, top])


CHANGES = [
    upright,
    turned_right,
    upside_down,
    turned_left,
    cropped,
    turned_and_cropped,
    larger_units,
    off_origin,
]
# Per page: the box of each word by pdf.js, and which of its sides is above the letters; and the marks there.
# All in points of the paper as shown, counted from the top left of the page on the screen.
MEASURE = """async ({ library, worker, file }) => {
    const pdfjs = await import(library);
    pdfjs.GlobalWorkerOptions.workerSrc = worker;
    const pdf = await pdfjs.getDocument({ url: file, useWasm: false }).promise;
    const found = [];
    for (const sheet of document.querySelectorAll(".pv-sheet")) {
        const page = await pdf.getPage(found.length + 1);
        const plain = page.getViewport({ scale: 1 });
        const { items, styles } = await page.getTextContent();
        const words = items.filter(({ str }) => str.trim()).map(({ str, transform, width, fontName }) => {
            const [a, b, c, d, e, f] = transform;
            const { ascent, descent } = styles[fontName];
            const along = Math.hypot(a, b);
            const corner = (far, up) => plain.convertToViewportPoint(
                e + (a / along) * far + c * up, f + (b / along) * far + d * up);
            const corners = [corner(0, descent), corner(width, ascent)];
            const [xs, ys] = [0, 1].map((n) => corners.map((one) => one[n] / page.userUnit));
            const [[x0, y0], [x1, y1]] = [corner(0, 0), corner(0, 1)];
            const up = Math.abs(x1 - x0) > 0.5 ? (x1 > x0 ? 2 : 0) : (y1 > y0 ? 3 : 1);
            return { str, up, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
        });
        const paper = sheet.getBoundingClientRect();
        const scale = plain.width / page.userUnit / paper.width;
        const marks = [...sheet.querySelectorAll(".pv-mark")].map((mark) => {
            const { left, top, right, bottom } = mark.getBoundingClientRect();
            return [(left - paper.left) * scale, (top - paper.top) * scale,
                (right - paper.left) * scale, (bottom - paper.top) * scale];
        });
        found.push({ words, marks });
    }
    return found;
}"""


@pytest.fixture
def measure(page, live_server, enter, reference, tmp_path):
    """Open a PDF in the page view with every word marked, and measure words and marks."""

    def measure(change, shift=0):
        path = typst_pdf(
            tmp_path / "a.pdf", BODY + SECOND, "width: 15cm, height: 21cm, margin: 0cm"
        )
        resaved(path, lambda pdf: [change(page) for page in pdf.pages[:1]])
        version = version_of(path, shift=shift)
        mark_each_word(version)
        enter(UserFactory(role="Adviseur"))
        page.goto(f"{live_server.url}{version.get_absolute_url()}")
        page.get_by_role("button", name="Bladzijden").click()
        page.locator(".pv-sheet.drawn .pv-mark").first.wait_for()
        page.get_by_role("spinbutton", name="Bladzijde").fill("2")
        page.keyboard.press("Enter")
        page.locator(".pv-sheet.drawn .pv-mark").nth(7).wait_for()
        data = page.locator("#page-view").evaluate("(view) => ({ ...view.dataset })")
        return page.evaluate(MEASURE, data)

    return measure


def distances(found):
    """How far the sides of each mark are from where pdf.js says that the word is: the worst of the three
    sides that a font leaves no choice in, and the side above the letters.
    """
    for page in found:
        assert len(page["words"]) == len(page["marks"])
        for word in page["words"]:
            off = min(
                (
                    [abs(a - b) for a, b in zip(mark, word["box"], strict=True)]
                    for mark in page["marks"]
                ),
                key=sum,
            )
            above = off.pop(word["up"])
            yield word["str"], max(off), above


@pytest.mark.parametrize("change", CHANGES)
def test_marks_lie_on_the_words_as_pdfjs_places_them(measure, change):
    found = list(distances(measure(change)))

    assert len(found) == 8
    assert [one for one in found if one[1] > LEEWAY or one[2] > ABOVE] == []


def test_the_measure_notices_boxes_that_are_off(measure):
    found = list(distances(measure(turned_right, shift=4)))

    assert all(far > LEEWAY for _, far, _ in found)
