"""Give the application's database role what it needs, and nothing with which to alter history."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from vrt_portal import database_roles


class Command(BaseCommand):
    help = (
        "Geef de databaserol van het portaal zijn rechten. Doe dit na elke migrate; het mag vaker."
    )

    def handle(self, *args, **options):
        role, owner = settings.DATABASE_APP_ROLE, database_roles.owner_of(connection)
        if role == connection.settings_dict["USER"]:
            self.stdout.write(
                "De geschiedenis is niet beschermd tegen het portaal zelf: DATABASE_OWNER_URL "
                "ontbreekt. Zie docs/beheer, Database."
            )
            return
        if not database_roles.exists(connection, role):
            raise CommandError(
                f"De databaserol {role} bestaat niet. Maak hem eerst: zie docs/beheer, Database."
            )
        database_roles.grant(connection, role)
        if found := database_roles.flaws(connection, role):
            raise CommandError(
                f"De rol {role} kan de geschiedenis nog wijzigen; de eigenaar is {owner}.\n"
                + "\n".join(found)
                + "\nZie docs/beheer, Database."
            )
