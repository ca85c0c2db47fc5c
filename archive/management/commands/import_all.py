"""Read a whole portal from an archive into an empty one."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from archive.actions import import_all
from archive.sealed import Refused


class Command(BaseCommand):
    help = "Lees een archief van export_all in een leeg portaal in: helemaal, of helemaal niet."

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path, metavar="BESTAND.zip")

    def handle(self, *args, archive, **options):
        try:
            about = import_all(archive, say=self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"Klaar: dit is het portaal van {about.made_at}. Iedereen meldt zich opnieuw aan.\n"
            "De tweede stap werkt alleen met dezelfde SECRET_KEY."
        )
