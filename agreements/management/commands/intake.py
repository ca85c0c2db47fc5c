"""Take in many files at once from the command line."""

import json
from datetime import date
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from agreements import actions
from agreements.intake.refusal import Refused
from agreements.models import Agreement
from municipalities.models import Coalition


class Command(BaseCommand):
    help = "Lees akkoorden in. Geeft per bestand een regel, of met --json een JSON-object."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--municipality", required=True, help="bijvoorbeeld enschede")
        parser.add_argument("--term", required=True, type=int, help="beginjaar, bijvoorbeeld 2026")
        parser.add_argument("--title", help="titel; anders de naam van het bestand")
        parser.add_argument(
            "--kind", choices=Agreement.Kind.values, default=Agreement.Kind.COALITION
        )
        parser.add_argument("--adopted-on", type=date.fromisoformat, help="JJJJ-MM-DD")
        parser.add_argument("--source-url", default="")
        parser.add_argument("--fiction", action="store_true", help="label het als verzonnen")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args, files, municipality, term, as_json, **options):
        coalition = Coalition.objects.at(municipality=municipality, term=term).first()
        if coalition is None:
            raise CommandError(f"Er is geen coalitie van {municipality!r} in {term}.")
        refused = 0
        for path in files:
            answer = self._take_in(path, coalition, **options)
            refused += answer["state"] != "klaar"
            if as_json:
                line = json.dumps(answer, ensure_ascii=False)
            else:
                line = "{file}: {state}, {pages} bladzijden {reason}".format(**answer)
            self.stdout.write(line.rstrip())
        if refused:
            raise SystemExit(1)

    def _take_in(self, path, coalition, *, title, kind, adopted_on, source_url, fiction, **options):
        answer = {"file": str(path), "state": "geweigerd", "pages": 0, "sha256": "", "reason": ""}
        agreement = Agreement.objects.filter(
            coalition=coalition, title=title or path.stem
        ).first() or Agreement(
            coalition=coalition,
            title=title or path.stem,
            kind=kind,
            adopted_on=adopted_on,
            source_url=source_url,
            is_fiction=fiction,
        )
        try:
            with path.open("rb") as file:
                version = actions.upload(agreement, file=File(file, name=path.name), by=None)
        except Refused as refusal:
            return answer | {"reason": refusal.reason}
        except OSError as problem:
            return answer | {"reason": f"Dit bestand is niet te openen: {problem.strerror}."}
        version = actions.read(version)
        return answer | {
            "state": version.state,
            "pages": version.page_count,
            "sha256": version.sha256,
            "reason": version.reason,
        }
