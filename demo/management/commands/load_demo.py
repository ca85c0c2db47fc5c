"""Load the demo: invented agreements, worked out in every state, and the people to look with."""

from itertools import groupby

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import connection

from accounts.demo import PASSWORD, PEOPLE
from demo import besides, judging, loading
from demo.choosing import load_choices
from demo.manuscript import all_manuscripts, judgement_rows, newer_manuscripts, work_rows
from demo.second_reading import load_second_readings
from municipalities.models import Municipality


class Command(BaseCommand):
    help = "Laad de demo: verzonnen akkoorden en demo-accounts. Wat er al is, blijft zo."

    def handle(self, *args, **options):
        people = {person.username: self._account(person) for person in PEOPLE}
        manuscripts = all_manuscripts()
        coalitions = [
            list(group) for _, group in groupby(manuscripts, key=lambda m: (m.municipality, m.term))
        ]
        authors = [people["adviseur"], people["adviseur2"]]
        for number, group in enumerate(coalitions, start=1):
            is_new = loading.load_coalition(
                group, author=authors[number % 2], editor=people["redacteur"]
            )
            if is_new:
                name = f"{group[0].municipality} {group[0].term}"
                self.stdout.write(f"voorbeeldakkoord {number} van {len(coalitions)}: {name}")
                self.stdout.flush()
        loading.load_odd_files(manuscripts, by=people["adviseur"])
        loading.load_work(work_rows(), manuscripts, people=people)
        loading.load_revisions(author=people["adviseur"], editor=people["redacteur"])
        for manuscript in newer_manuscripts():
            if loading.load_newer_version(manuscript, by=people["adviseur2"]):
                self.stdout.write(f"nieuwere versie: {manuscript.municipality} {manuscript.term}")
        besides.load(people)
        if judging.load_judgements(judgement_rows(), people=people):
            self.stdout.write("beoordelingen onderweg")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what follows asks much of rows that nobody counted yet
        load_choices(2026, editor=people["redacteur"])
        load_second_readings(readers=authors, editor=people["redacteur"])

    def _account(self, person):
        User = get_user_model()
        user = User.objects.filter(username=person.username).first()
        if user is None:
            user = User.objects.create_user(
                person.username,
                password=PASSWORD,
                first_name=person.first_name,
                last_name=person.last_name,
                email=f"{person.username}@demo.invalid",
                municipality=Municipality.objects.filter(slug=person.municipality).first(),
            )
            user.groups.set([Group.objects.get(name=person.role)])
        return user
