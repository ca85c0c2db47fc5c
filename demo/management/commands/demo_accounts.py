"""Print the demo accounts, a line each."""

from django.core.management.base import BaseCommand

from accounts.demo import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Noem de demo-accounts."

    def handle(self, *args, **options):
        for person in PEOPLE:
            place = f" ({person.municipality})" if person.municipality else ""
            self.stdout.write(f"{person.username:<14}{person.role}{place}: {person.does}")
        self.stdout.write(f"Wachtwoord van alle demo-accounts: {PASSWORD}")
