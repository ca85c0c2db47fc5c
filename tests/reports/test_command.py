"""manage.py export_report writes what the portal hands out."""

import pytest
from django.core.management import CommandError, call_command

from municipalities.models import Coalition
from tests.kept_reports import FILE, kept_edition
from tests.reports.test_same_reports import region

KINDS = {
    "municipality": ["--municipality", "oost"],
    "brief": ["--municipality", "oost"],
    "theme": ["--theme", "ondermijning"],
    "memo": [],
    "comparison": ["--theme", "ondermijning", "--municipality", "oost", "--municipality", "west"],
    "terms": ["--municipality", "oost", "--before", "2022"],
}
BEGINS = {"pdf": b"%PDF-", "odt": b"PK", "docx": b"PK", "html": b"<!doctype html>"}


def export(tmp_path, kind, *words, format="pdf", file="rapport"):
    output = tmp_path / file
    call_command(
        "export_report", "--kind", kind, "--term", "2026", *words, "--format", format,
        "--output", str(output), verbosity=0,
    )  # fmt: skip
    return output.read_bytes()


@pytest.fixture
def two_places(db):
    region(quotes=2)


@pytest.mark.parametrize("kind", KINDS)
def test_writes_every_kind_of_report(two_places, tmp_path, capsys, kind):
    assert export(tmp_path, kind, *KINDS[kind]).startswith(b"%PDF-")


@pytest.mark.parametrize("format", BEGINS)
def test_writes_every_form(two_places, tmp_path, capsys, format):
    made = export(tmp_path, "municipality", "--municipality", "oost", format=format)

    assert made.lstrip().startswith(BEGINS[format])


def test_writes_a_frozen_edition_to_the_byte(two_places, tmp_path, capsys):
    kept_edition(Coalition.objects.at(municipality="oost", term=2026).get())

    made = export(tmp_path, "municipality", "--municipality", "oost", "--edition", "1")

    assert made == FILE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--municipality", "noord"], "Dit rapport is er niet"),
        (["--municipality", "oost", "--edition", "9"], "Editie 9 van dit rapport is er niet."),
    ],
)
def test_says_what_is_wrong(two_places, tmp_path, words, said):
    with pytest.raises(CommandError, match=said):
        export(tmp_path, "municipality", *words)


def test_says_that_a_file_cannot_be_written(two_places, tmp_path):
    with pytest.raises(CommandError, match="is niet te schrijven"):
        export(tmp_path, "municipality", "--municipality", "oost", file="geen/map")
