"""Write the whole portal to one archive."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from archive.exporting import export_all
from archive.sealed import Refused


class Command(BaseCommand):
    help = "Bewaar alles in één archief: alle rijen, met hun geschiedenis, en alle bestanden."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--output", required=True, type=Path, metavar="BESTAND.zip")
        parser.add_argument("--force", action="store_true", help="vervang een archief dat er al is")

    def handle(self, *args, output, force, **options):
        try:
            about = export_all(output, replace=force, say=self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"Klaar: {output}, {output.stat().st_size} bytes, van {about.made_at}.\n"
            "LET OP: dit archief is geheim. Er staan concepten, namen en gegevens voor het aanmelden in.\n"
            "Bewaar het versleuteld. Bewaar SECRET_KEY apart; die staat er niet in."
        )
