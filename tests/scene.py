"""The world with everyone in it, made once for many requests that leave no trace."""

import logging
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import connection, transaction

from tests.bodies import bodies, judging
from tests.conftest import act_as_the_application
from tests.factories import CodingFactory, MeasureFactory, PassageFactory, VersionFactory
from tests.states import (
    ARGUMENTS,
    OF_A_QUESTION,
    OF_A_READING,
    make_bundles,
    make_questions,
    make_readings,
    make_states,
    make_versions,
    withdrawn_edition,
)
from tests.sweep import Crowd, Place
from tests.world import World, make_world


@dataclass(frozen=True)
class Scene:
    world: World
    places: dict  # per name of an address where to go: once, or once in each state
    crowd: Crowd


@contextmanager
def scene_with(people, blocker):
    """For a fixture of a whole module; its tests are marked django_db, or pytest makes no database."""
    # Each refusal would be written down with its traceback; that takes longer than the refusal.
    logger = logging.getLogger("django.request")
    with blocker.unblock():
        with transaction.atomic():
            act_as_the_application()
            logger.setLevel(logging.CRITICAL)
            world = make_world()
            crowd = Crowd(people, world)
            yield Scene(world, _places(world, crowd.people), crowd)
            logger.setLevel(logging.NOTSET)
            transaction.set_rollback(True)
        # Beside a browser this is not the connection that the other tests close.
        connection.close()


def _places(world, people):
    body = bodies(world)
    judged = make_states(world.coalition)
    remarked = make_states(world.coalition, name="remarked", remark="Waarom?")
    places = {
        name: [Place(name, arguments, body=body.get(name, {}))]
        for name, arguments in world.arguments.items()
        if name not in ARGUMENTS
    }
    for name, arguments in ARGUMENTS.items():
        of = remarked if "-remark" in name else judged
        places[name] = [
            Place(name, arguments(assessment), state, judging(assessment).get(name, {}))
            for state, assessment in of.items()
            if arguments(assessment)
        ]
    readings = make_readings(world.coalition, reader=people["Adviseur"])
    for name in OF_A_READING:
        places[name] = [
            Place(name, [reading.pk], state, body.get(name, {}))
            for state, reading in readings.items()
        ]
    questions = make_questions(world.coalition.municipality)
    for name in OF_A_QUESTION:
        places[name] = [
            Place(name, [asked.pk], state, body.get(name, {}) | {"seen": asked.edit_number})
            for state, asked in questions.items()
        ]
    edition = withdrawn_edition(world.coalition)
    for name, state, of in (
        ("reports:edition", "withdrawn", edition),
        *(("reports:bundle", *each) for each in make_bundles(world.coalition.term).items()),
        *(("agreements:version", *each) for each in make_versions(world.coalition).items()),
    ):
        places[name].append(Place(name, [of.pk], state))
    # What carries a published judgement is locked; the world's own coding and measure do.
    passage = PassageFactory(version=VersionFactory(agreement__coalition=world.coalition))
    coding = CodingFactory(passage=passage, theme=world.theme)
    measure = MeasureFactory(passage=passage)
    for name in ("coding-change", "coding-delete", "measure-change", "measure-delete"):
        (place,) = places[f"agreements:{name}"]
        free = coding if "coding" in name else measure
        places[f"agreements:{name}"] = [replace(place, arguments=[free.pk])]
    return places


def put_file():
    """The file that the world's versions name; every test has a folder of its own."""
    file = settings.MEDIA_ROOT / "agreements/aa/aa"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"%PDF-1.7")
