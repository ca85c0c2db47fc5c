"""Write everything about one municipality to one archive, for a request under the Wet open overheid."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from archive.openness.writing import export_openness
from archive.sealed import Refused
from municipalities.models import CouncilTerm, Municipality


class Command(BaseCommand):
    help = "Bewaar alles over één gemeente in één archief, ook concepten; voor een Woo-verzoek."

    def add_arguments(self, parser):
        parser.add_argument("--municipality", required=True, help="bijvoorbeeld enschede")
        parser.add_argument("--term", type=int, help="beginjaar, bijvoorbeeld 2026; anders alles")
        parser.add_argument("--output", required=True, type=Path, metavar="BESTAND.zip")
        parser.add_argument("--force", action="store_true", help="vervang een archief dat er al is")

    def handle(self, *args, municipality, term, output, force, **options):
        place = Municipality.objects.filter(slug=municipality).first()
        if place is None:
            known = ", ".join(Municipality.objects.values_list("slug", flat=True))
            raise CommandError(f"Er is geen gemeente {municipality!r}. Kies uit: {known}.")
        if term is not None:
            term = CouncilTerm.objects.filter(start_year=term).first()
            if term is None:
                raise CommandError("Deze raadsperiode is er niet. Geef het beginjaar, zoals 2026.")
        try:
            export_openness(
                output, municipality=place, term=term, replace=force, say=self.stdout.write
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"Klaar: {output}, {output.stat().st_size} bytes.\n"
            "Kijk het archief na voordat u het openbaar maakt: in vrije tekst kan een naam staan."
        )
