"""The worker: what was left behind first, then whatever comes."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from agreements.tasks import resume_reading, update_suggestions


class Command(BaseCommand):
    help = "Verwerk bestanden, tot Ctrl-C."

    def handle(self, *args, **options):
        resume_reading.defer()
        update_suggestions.defer()
        call_command("procrastinate", "worker")
