"""Taking in many files from the command line."""

import json

import pytest
from django.core.management import CommandError, call_command

from agreements.models import Agreement
from tests.factories import CoalitionFactory, MunicipalityFactory


@pytest.fixture
def coalition(db):
    return CoalitionFactory(municipality=MunicipalityFactory(slug="enschede"))


def intake(capsys, *files, **options):
    with pytest.raises(SystemExit) if options.pop("fails", False) else _nothing():
        call_command(
            "intake", *map(str, files), municipality="enschede", term=2026, as_json=True, **options
        )
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


class _nothing:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False


def test_prints_an_object_per_file(coalition, tmp_path, capsys):
    files = [tmp_path / "een.txt", tmp_path / "twee.txt"]
    for file in files:
        file.write_text(f"Dit is {file.stem}.")

    answers = intake(capsys, *files)

    assert [(a["state"], a["pages"], len(a["sha256"]), a["reason"]) for a in answers] == [
        ("klaar", 1, 64, "")
    ] * 2
    assert {agreement.title for agreement in Agreement.objects.all()} == {"een", "twee"}


def test_a_bad_file_gets_its_reason_and_the_others_go_on(coalition, tmp_path, capsys):
    bad, good = tmp_path / "nep.pdf", tmp_path / "goed.txt"
    bad.write_text("Dit is geen PDF.")
    good.write_text("Dit is tekst.")

    first, second, third = intake(capsys, bad, tmp_path / "weg.pdf", good, fails=True)

    assert (first["state"], second["state"], third["state"]) == ("geweigerd", "geweigerd", "klaar")
    assert first["reason"]
    assert "niet te openen" in second["reason"]


def test_the_same_file_again_says_where_it_is(coalition, tmp_path, capsys):
    file = tmp_path / "akkoord.txt"
    file.write_text("Dit is tekst.")
    intake(capsys, file)

    (answer,) = intake(capsys, file, fails=True)

    assert "staat er al" in answer["reason"]


def test_an_unknown_municipality_is_said(coalition):
    with pytest.raises(CommandError, match="geen coalitie"):
        call_command("intake", "x.txt", municipality="nergens", term=2026)
