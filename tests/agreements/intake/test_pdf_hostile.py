"""Hostile and broken PDFs are refused with a reason, or read; nothing hangs and nothing else is raised."""

import io
from dataclasses import replace

import pikepdf
import pytest

from agreements.intake.limits import MEGABYTE, Limits
from agreements.intake.refusal import Refused
from agreements.intake.sandbox import read_in_subprocess
from tests.agreements.intake.files import one_page, pdf_with_stream, raw_pdf, resaved, typst_pdf
from tests.agreements.intake.refusals import refusal_of

LIMITS = Limits(seconds=20)


def refused(path, limits=LIMITS):
    return refusal_of(lambda: read_in_subprocess(path, path.name, limits=limits))


def test_text_with_the_name_of_a_pdf(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_text("Dit is geen PDF.")

    assert refused(path) == "wrong-type"


def test_an_encrypted_pdf(tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", "Geheim")
    resaved(path, lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user="b"))

    assert refused(path) == "encrypted"


def test_reads_an_encrypted_pdf_that_opens_without_a_password(tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", "Openbaar")
    resaved(path, lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user=""))

    assert read_in_subprocess(path, "a.pdf").text == "Openbaar"


def test_reads_a_scan_as_pages_without_text(tmp_path):
    path = raw_pdf(tmp_path / "a.pdf", *one_page())

    document = read_in_subprocess(path, "a.pdf")

    assert len(document.pages) == 1
    assert not document.has_text


def test_reads_a_whole_file_and_refuses_or_repairs_a_part_of_it(tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", "= Kop\n#lorem(80)\n#pagebreak()\n#lorem(80)")
    resaved(path, lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = path.read_bytes()
    repaired, refusals = 0, 0

    for percent in range(2, 100, 2):
        path.write_bytes(whole[: len(whole) * percent // 100])
        try:
            assert read_in_subprocess(path, "a.pdf", limits=LIMITS).pages
            repaired += 1
        except Refused:
            refusals += 1

    assert repaired + refusals == 49
    assert refusals
    path.write_bytes(whole)
    assert len(read_in_subprocess(path, "a.pdf").pages) == 2


def test_a_page_tree_that_loops(tmp_path):
    path = raw_pdf(
        tmp_path / "a.pdf",
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 5>>",
        "<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 3>>",
    )

    assert refused(path) == "damaged-page"


def test_reads_past_an_outline_that_points_at_itself(tmp_path):
    path = raw_pdf(
        tmp_path / "a.pdf",
        "<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>",
        *one_page()[1:],
        "<</First 5 0 R/Last 5 0 R/Count 1>>",
        "<</Title(x)/Parent 4 0 R/Next 5 0 R/First 5 0 R/Dest[3 0 R/Fit]>>",
    )

    assert len(read_in_subprocess(path, "a.pdf", limits=LIMITS).pages) == 1


@pytest.mark.parametrize("kids", ["3 0 R", "3 0 R " * 100_000])
def test_a_hundred_thousand_pages_claimed_or_real(tmp_path, kids):
    path = raw_pdf(
        tmp_path / "a.pdf",
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count 100000>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )

    assert refused(path) == "too-many-pages"


def test_more_pages_are_read_when_the_limit_is_higher(tmp_path):
    path = typst_pdf(tmp_path / "a.pdf", "#pagebreak()\n" * 3)

    assert refused(path, replace(LIMITS, pages=3)) == "too-many-pages"
    assert len(read_in_subprocess(path, "a.pdf", limits=replace(LIMITS, pages=4)).pages) == 4


def test_a_page_of_a_kilometre(tmp_path):
    path = raw_pdf(tmp_path / "a.pdf", *one_page("0 0 3000000 3000000"))

    assert refused(path) == "page-too-large"


def test_a_page_that_is_not_there(tmp_path):
    path = raw_pdf(
        tmp_path / "a.pdf",
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
    )

    assert refused(path) == "damaged-page"


def test_a_small_file_that_unpacks_to_more_than_the_memory(tmp_path):
    path = pdf_with_stream(tmp_path / "a.pdf", b" " * (150 * MEGABYTE))
    assert path.stat().st_size < MEGABYTE

    assert refused(path, replace(LIMITS, memory_bytes=200 * MEGABYTE)) in ("crashed", "too-heavy")
    roomy = replace(LIMITS, memory_bytes=2000 * MEGABYTE)
    assert len(read_in_subprocess(path, "a.pdf", limits=roomy).pages) == 1


def test_a_page_with_millions_of_words(tmp_path):
    line = b"1 0 0 1 0 %d Tm (" + b"a b " * 600 + b") Tj "
    content = b"BT /F1 1 Tf " + b"".join(line % (at % 790) for at in range(1500)) + b"ET"
    path = pdf_with_stream(tmp_path / "a.pdf", content)

    assert refused(path, replace(LIMITS, seconds=10)) in ("crashed", "too-heavy", "too-slow")


def test_forms_that_call_each_other_without_end(tmp_path):
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    form = pdf.make_stream(b"BT ET")
    for _ in range(30):
        outer = pdf.make_stream(b"/X Do /X Do")
        for stream in (form, outer):
            stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            stream.BBox = pikepdf.Array([0, 0, 9, 9])
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        form = outer
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page.obj.Contents = pdf.make_stream(b"/X Do")
    path = tmp_path / "a.pdf"
    pdf.save(path)

    assert refused(path, replace(LIMITS, seconds=5)) in ("crashed", "too-heavy", "too-slow")


def test_noise_after_the_header(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + io.BytesIO(bytes(range(256)) * 50).read())

    assert refused(path) == "damaged"
