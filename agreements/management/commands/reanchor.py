"""Compare passages that were marked before the portal re-anchored them (ADR 22)."""

from django.core.management.base import BaseCommand

from agreements import actions
from agreements.models import AgreementVersion, Passage


class Command(BaseCommand):
    help = "Vergelijk passages van oude versies met de nieuwste versie. Mag vaker."

    def handle(self, *args, **options):
        for version in AgreementVersion.objects.current().order_by("pk"):
            waiting = Passage.objects.to_anchor_in(version).count()
            if waiting:
                actions.reanchor(version)
                self.stdout.write(f"{version}: {waiting} passages vergeleken")
