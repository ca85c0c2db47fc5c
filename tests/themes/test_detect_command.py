"""Detecting the themes of passages from the command line."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections

from tests.factories import TermFactory, ThemeFactory

TEXT = "De brandweer en twee boa's."


@pytest.fixture
def detect(tmp_path, capsys):
    def detect(content, **options):
        file = tmp_path / "passages.jsonl"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        call_command("detect", jsonl=str(file), **options)
        out, err = capsys.readouterr()
        return [json.loads(line) for line in out.splitlines()], err

    return detect


@pytest.fixture
def term(db):
    return TermFactory(theme=ThemeFactory(key="brandweer"), text="brandweer", weight=1)


def test_prints_an_object_per_passage_in_order(term, detect):
    lines = [json.dumps({"id": 7, "text": TEXT}), json.dumps({"id": "é", "text": "Niets."})]

    answers, err = detect("\n".join(lines))

    assert answers == [{"id": 7, "themes": ["brandweer"]}, {"id": "é", "themes": []}]
    assert err == ""


def test_uses_the_weights_of_the_database(term, detect):
    term.weight = "0.90"
    term.save()

    assert detect(json.dumps({"id": 1, "text": TEXT}))[0] == [{"id": 1, "themes": []}]


def test_uses_the_shipped_terms_when_the_database_has_none(db, detect):
    answers, err = detect(json.dumps({"id": 1, "text": TEXT}))

    assert answers == [{"id": 1, "themes": ["toezicht_handhaving", "brandweer"]}]
    assert "heeft geen termen" in err


def test_uses_the_shipped_terms_when_the_database_cannot_be_reached(db, detect, monkeypatch):
    def fails(*args, **kwargs):
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(connections["default"], "cursor", fails)
        answers, err = detect(json.dumps({"id": 1, "text": TEXT}))

    assert answers == [{"id": 1, "themes": ["toezicht_handhaving", "brandweer"]}]
    assert "niet te bereiken" in err


def test_passes_over_empty_lines_and_a_byte_order_mark(term, detect):
    content = b"\xef\xbb\xbf\r\n" + json.dumps({"id": 1, "text": TEXT}).encode() + b"\r\n\r\n  \n"

    assert detect(content)[0] == [{"id": 1, "themes": ["brandweer"]}]


def test_a_line_end_of_another_kind_inside_a_text_ends_no_line(term, detect):
    content = '{"id": 1, "text": "Brand\u2028weer \u0085 brandweer"}'

    assert detect(content)[0] == [{"id": 1, "themes": ["brandweer"]}]


def test_reads_standard_input(term, capsys, monkeypatch):
    content = io.BytesIO(json.dumps({"id": 1, "text": TEXT}).encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(content))

    call_command("detect", jsonl="-")

    assert json.loads(capsys.readouterr().out) == {"id": 1, "themes": ["brandweer"]}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "Regel 3 is geen geldige JSON."),
        (b"[1]", "Regel 3 moet een object zijn"),
        (b'{"id": 1}', "Regel 3 moet een object zijn met een id en een text."),
        (b'{"text": "x"}', "Regel 3 moet een object zijn met een id en een text."),
        (b'{"id": 1, "text": null}', "Regel 3: text moet een tekst zijn"),
        (b'{"id": 1, "text": "\xff"}', "Regel 3 is geen UTF-8."),
        (b"[" * 100_000, "Regel 3 is geen geldige JSON."),
    ],
)
def test_names_the_line_that_is_wrong_and_answers_nothing(term, detect, capsys, line, says):
    with pytest.raises(CommandError, match=says) as refused:
        detect(b'{"id": 1, "text": "brandweer"}\n\n' + line + b"\n")

    assert refused.value.returncode == 1
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there_is_named(db):
    with pytest.raises(CommandError, match="/nergens/x.jsonl is niet te lezen"):
        call_command("detect", jsonl="/nergens/x.jsonl")


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800", "😀", "", "x" * 200_000])
def test_odd_texts_get_an_answer(term, detect, text):
    assert detect('{"id": "\\ud800", "text": "' + text + '"}')[0] == [
        {"id": "\ud800", "themes": []}
    ]
