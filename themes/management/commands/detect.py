"""Detect the themes of passages from the command line, for use in other programs."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from themes.detection import Detector, Weighted
from themes.models import Term
from themes.shipped import shipped_terms


class Command(BaseCommand):
    help = "Noem de thema’s van passages: JSON-regels met id en text erin, met id en themes eruit."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--jsonl",
            required=True,
            metavar="FILE",
            help="bestand met een JSON-object per regel; - leest de invoer",
        )

    def handle(self, *args, jsonl, **options):
        # All lines are read before the first answer, so that a bad line gives no half an answer.
        rows = [
            _passage(line, number)
            for number, line in enumerate(self._lines(jsonl), start=1)
            if line.strip()
        ]
        detector = Detector(self._terms())
        for row in rows:
            answer = {"id": row["id"], "themes": detector.themes_of(row["text"])}
            self.stdout.write(json.dumps(answer))

    def _lines(self, jsonl):
        try:
            content = sys.stdin.buffer.read() if jsonl == "-" else Path(jsonl).read_bytes()
            # Only these end a line; str.splitlines would also cut at characters inside a text.
            return content.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
        except OSError as error:
            raise CommandError(
                f"Het bestand {jsonl} is niet te lezen: {error.strerror}."
            ) from error
        except UnicodeDecodeError as error:
            number = error.object.count(b"\n", 0, error.start) + 1
            raise CommandError(
                f"Regel {number} is geen UTF-8. Bewaar het bestand als UTF-8."
            ) from error

    def _terms(self):
        try:
            terms = [
                Weighted(term.theme.key, term.text, float(term.weight))
                for term in Term.objects.select_related("theme")
            ]
        except Error:
            return self._shipped("De database is niet te bereiken of nog leeg.")
        return terms or self._shipped("De database heeft geen termen.")

    def _shipped(self, reason):
        self.stderr.write(f"{reason} De termen die bij het portaal horen zijn gebruikt.")
        return shipped_terms()


def _passage(line, number):
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CommandError(f"Regel {number} is geen geldige JSON.") from error
    if not isinstance(row, dict) or "id" not in row or "text" not in row:
        raise CommandError(f"Regel {number} moet een object zijn met een id en een text.")
    if not isinstance(row["text"], str):
        raise CommandError(f"Regel {number}: text moet een tekst zijn, tussen aanhalingstekens.")
    return row
