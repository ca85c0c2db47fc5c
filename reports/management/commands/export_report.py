"""Write a report to a file: manage.py export_report --kind municipality --municipality enschede --term 2026 --format pdf --output FILE"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.content.literal import NotLiteral
from reports.content.made import Made
from reports.models import Edition, Format, Kind
from reports.rendering import render
from reports.subjects import REGION, subject_at

KINDS = {kind.name.lower(): kind for kind in Kind}


class Command(BaseCommand):
    help = "Schrijf een rapport naar een bestand."

    def add_arguments(self, parser):
        parser.add_argument("--kind", required=True, choices=KINDS, help="soort rapport")
        parser.add_argument("--term", required=True, type=int, help="beginjaar van de raadsperiode")
        parser.add_argument(
            "--municipality",
            action="append",
            default=[],
            help="gemeente; voor comparison meer keren",
        )
        parser.add_argument("--theme", default="", help="thema, voor theme, comparison en terms")
        parser.add_argument("--focus-point", default="", help="aandachtspunt, voor comparison")
        parser.add_argument("--before", type=int, help="beginjaar van toen, voor terms")
        parser.add_argument(
            "--edition",
            type=int,
            help="nummer van een vastgestelde editie, in plaats van de stand van nu",
        )
        parser.add_argument("--format", required=True, choices=Format.values)
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args, **options):
        kind = KINDS[options["kind"]]
        about = _about(kind, options)
        subject = subject_at(kind, options["term"], about)
        if subject is None:
            raise CommandError(
                f"Dit rapport is er niet: {kind.value} “{about}” in {options['term']}. "
                "Controleer de namen; zij zijn zoals in het adres van het portaal."
            )
        data = self._data(subject, options)
        try:
            options["output"].write_bytes(data)
        except OSError as problem:
            raise CommandError(
                f"{options['output']} is niet te schrijven: {problem.strerror}. Kies een ander bestand."
            ) from problem
        self.stdout.write(f"{subject.title}: {options['output']} ({len(data)} bytes)")

    def _data(self, subject, options):
        number = options["edition"]
        if number is None:
            try:
                document = subject.document(Made(timezone.now()))
            except NotLiteral as problem:
                raise CommandError(
                    "Een citaat staat niet letterlijk in zijn document. Daarom is er geen rapport gemaakt."
                ) from problem
            return render(document, options["format"])
        edition = Edition.objects.of(subject).filter(number=number).first()
        if edition is None:
            raise CommandError(f"Editie {number} van dit rapport is er niet.")
        return bytes(edition.files.get(format=options["format"]).data)


def _about(kind, options):
    """The words of the address that say the same."""
    places, theme = options["municipality"], options["theme"]
    if kind == Kind.MEMO:
        return REGION
    if kind == Kind.THEME:
        return theme
    if kind == Kind.COMPARISON:
        subject = f"{theme}.{options['focus_point']}" if options["focus_point"] else theme
        return "+".join([subject, *places])
    if kind == Kind.TERMS:
        return "+".join(str(each) for each in [*places[:1], options["before"], theme] if each)
    return places[0] if places else ""
