"""Take away someone's second step from the command line, for when no administrator is left to do it."""

from django.core.management.base import BaseCommand, CommandError

from accounts import actions
from accounts.models import User


class Command(BaseCommand):
    help = "Haal de tweede stap van een account weg; bij het aanmelden volgt een nieuwe."

    def add_arguments(self, parser):
        parser.add_argument("username", help="de gebruikersnaam")

    def handle(self, *args, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Er is geen account met de gebruikersnaam {username!r}.")
        actions.reset_second_step(user)
        self.stdout.write(f"De tweede stap van {user} is weg.")
