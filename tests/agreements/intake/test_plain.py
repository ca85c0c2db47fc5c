import codecs

import pytest

from agreements.intake.reader import read
from tests.agreements.intake.refusals import refusal_of


def read_plain(tmp_path, content):
    path = tmp_path / "a"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path, "a.txt")


def test_empty_lines_separate_paragraphs_and_a_dash_begins_an_item(tmp_path):
    document = read_plain(
        tmp_path, "Een zin die\r\ndoorloopt.\r\n\r\nMaatregelen:\n- een\n- twee\n"
    )

    assert document.text.split("\n\n") == [
        "Een zin die doorloopt.",
        "Maatregelen:",
        "• een",
        "• twee",
    ]


def test_long_lines_are_paragraphs(tmp_path):
    document = read_plain(tmp_path, "Lang " * 40 + "een.\nTwee.")

    assert document.text.split("\n\n")[1] == "Twee."


def test_a_form_feed_is_a_page_break(tmp_path):
    document = read_plain(tmp_path, "Een.\n\n\fTwee.\n\n\f")

    assert [document.text[page.start : page.end] for page in document.pages] == ["Een.", "Twee."]


@pytest.mark.parametrize(
    "content",
    [codecs.BOM_UTF8 + "reëel €".encode(), "reëel €".encode(), "reëel €".encode("windows-1252")],
)
def test_finds_the_encoding(tmp_path, content):
    assert read_plain(tmp_path, content).text == "reëel €"


@pytest.mark.parametrize("content", [b"tekst\0" * 20, bytes(range(1, 32)) * 20, b"\x81\x8d" * 20])
def test_refuses_what_is_no_text(tmp_path, content):
    assert refusal_of(lambda: read_plain(tmp_path, content)) == "binary"
