"""Traps in DOCX, ODT, HTML and plain text that reading once fell into."""

import time

import pytest

from agreements.intake.reader import read
from tests.agreements.intake import files
from tests.agreements.intake.refusals import refusal_of


def read_bytes(tmp_path, name, content):
    path = tmp_path / "a"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path, name)


def in_boxes(depth):
    """Word's text boxes in text boxes, each with its number before the box in it."""
    inner = in_boxes(depth - 1) if depth else "<w:p/>"
    return f"<w:p><w:r><w:t>{depth}</w:t><w:txbxContent>{inner}</w:txbxContent></w:r></w:p>"


def in_frames(depth):
    """OpenDocument's frames in frames, each with its number before the frame in it."""
    inner = in_frames(depth - 1) if depth else "<text:p/>"
    return (
        f"<text:p>{depth}<draw:frame><draw:text-box>{inner}</draw:text-box></draw:frame></text:p>"
    )


def test_a_text_box_in_a_text_box_is_read_once(tmp_path):
    assert read(files.docx(tmp_path / "a", in_boxes(2)), "a.docx").text == "2\n\n1\n\n0"
    assert read(files.odt(tmp_path / "b", in_frames(2)), "b.odt").text == "2\n\n1\n\n0"


@pytest.mark.parametrize(
    ("make", "body", "name"),
    [(files.docx, in_boxes(60), "a.docx"), (files.odt, in_frames(60), "a.odt")],
)
def test_many_boxes_in_boxes_take_no_time(tmp_path, make, body, name):
    path = make(tmp_path / "a", body)
    began = time.process_time()

    read(path, name)

    assert time.process_time() - began < 10  # each box twice would take for ever


def test_a_page_break_between_two_words_does_not_join_them(tmp_path):
    assert read_bytes(tmp_path, "a.txt", "een\ftwee").text == "een\ntwee"


@pytest.mark.parametrize("hidden", ["hidden", "style='display:none'", "aria-hidden=true"])
def test_a_hidden_cell_is_left_out(tmp_path, hidden):
    page = f"<html><table><tr><td>een<td {hidden}>weg<td>twee</table>"

    assert read_bytes(tmp_path, "a.html", page).text == "een | twee"


@pytest.mark.parametrize("markup", ["<table><tr><td>", "<ul><li>", "<blockquote><p>"])
def test_elements_in_elements_are_refused_without_end_and_read_at_an_ordinary_depth(
    tmp_path, markup
):
    endless, ordinary = f"<html>{markup * 600}x", f"<html>{markup * 20}x"

    assert refusal_of(lambda: read_bytes(tmp_path, "a.html", endless)) == "too-deep"
    assert read_bytes(tmp_path, "a.html", ordinary).text.endswith("x")


@pytest.mark.parametrize("charset", ["utf-16", "rot13", "zip", "base64", "utf-32", "idna"])
def test_a_charset_that_cannot_be_is_passed_over(tmp_path, charset):
    page = f"<html><meta charset='{charset}'><p>één wijk</p>"

    assert read_bytes(tmp_path, "a.html", page).text == "één wijk"
