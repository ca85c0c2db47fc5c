import pytest

from agreements.intake.document import ParsedDocument, ParsedPage, Section, Word


def document(**changes):
    parts = {
        "media_type": "application/pdf",
        "text": "Eerste blad.\n\nTweede blad.",
        "pages": (
            ParsedPage(1, 0, 12, 595.0, 842.0, (Word(0, 6, 1.0, 2.0, 3.0, 4.0),)),
            ParsedPage(2, 14, 26, 595.0, 842.0),
        ),
        "sections": (Section("Tweede blad.", 1, 14, 2),),
    }
    return ParsedDocument(**parts | changes)


def test_crosses_the_process_border_unchanged():
    assert ParsedDocument.from_json(document().to_json()) == document()


@pytest.mark.parametrize(
    "changes",
    [
        {"pages": (ParsedPage(1, 0, 5, None, None), ParsedPage(2, 14, 26, None, None))},
        {"pages": (ParsedPage(1, 0, 12, None, None),)},
        {"pages": (ParsedPage(2, 0, 26, None, None),)},
        {"pages": (ParsedPage(1, 0, 99, None, None),)},
        {"pages": (ParsedPage(1, 0, 26, 1.0, 1.0, (Word(20, 27, 0.0, 0.0, 1.0, 1.0),)),)},
        {"pages": (ParsedPage(1, 0, 26, 1.0, 1.0, (Word(2, 7, 5.0, 0.0, 1.0, 1.0),)),)},
        {"sections": (Section("Kop", 1, 26, 1),)},
        {"sections": (Section("Kop", 7, 0, 1),)},
        {"sections": (Section("Kop", 1, 0, 3),)},
    ],
)
def test_refuses_pages_words_and_sections_that_do_not_fit_the_text(changes):
    with pytest.raises(ValueError, match="page|word|section|text"):
        document(**changes)


@pytest.mark.parametrize(
    "written", ["", "{}", "[]", "nul", '{"media_type":1,"text":"","pages":[1]}']
)
def test_refuses_json_that_is_no_document(written):
    with pytest.raises(ValueError):  # noqa: PT011
        ParsedDocument.from_json(written)


def test_a_scan_has_no_text():
    scan = ParsedDocument("application/pdf", "", (ParsedPage(1, 0, 0, 595.0, 842.0),))

    assert not scan.has_text
    assert document().has_text
