"""Load what comes with the portal: municipalities, terms, themes, regional inputs, roles."""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from municipalities import reference as places
from themes import reference as yardstick


class Command(BaseCommand):
    help = "Laad gemeenten, raadsperioden, thema’s, regionale inbreng en rollen. Mag vaker."

    @transaction.atomic
    def handle(self, *args, **options):
        places.load()
        yardstick.load()
        call_command("sync_roles")
